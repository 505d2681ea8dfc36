"""From a checkpoint to the folder that ships: an int8 ONNX encoder and the heads' weights."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from backend.training.network import Encoder, Network


def export(network: Network, pretrained: Path, folder: Path, *, name: str, version: str) -> None:
    """Write ``network`` to ``folder`` as ``backend.pipeline.model`` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(pretrained / "tokenizer.json", folder / "tokenizer.json")
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "encoder.onnx"
        _export_encoder(network, pretrained, full)
        quantize_dynamic(
            full,
            folder / "encoder.onnx",
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
            weight_type=QuantType.QInt8,
        )
    heads = {
        key.removeprefix("heads."): value.numpy().astype(np.float16)
        for key, value in network.state_dict().items()
        if key.startswith(("heads.", "parser.", "spans."))
    }
    np.savez_compressed(folder / "heads.npz", **heads)
    meta = {"name": name, "version": version, "labels": network.labels}
    (folder / "meta.json").write_text(
        json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _export_encoder(network: Network, pretrained: Path, path: Path) -> None:
    encoder = Encoder(pretrained, attention="eager")
    encoder.load_state_dict(network.encoder.state_dict())
    encoder.eval()
    pieces = torch.ones(1, 20, dtype=torch.int64)
    features = torch.zeros(1, 20, 3, dtype=torch.int64)
    torch.onnx.export(
        encoder,
        (pieces, features),
        str(path),
        input_names=["pieces", "features"],
        output_names=["vectors"],
        dynamic_axes={"pieces": {1: "length"}, "features": {1: "length"}, "vectors": {1: "length"}},
        dynamo=False,
        opset_version=17,
    )
