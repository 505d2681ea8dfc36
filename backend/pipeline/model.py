"""The model that ships: a folder with the encoder, its heads, and what their outputs mean.

- ``encoder.onnx``: word pieces and features → one vector a piece (int8).
- ``heads.npz``: the weights of the heads that read it.
- ``tokenizer.json``: the word-piece vocabulary (Hugging Face format).
- ``meta.json``: name, version, and the labels of each head.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from backend.pipeline.windows import load_tokenizer

MODEL_PATH = Path(__file__).parents[1] / "models" / "hearsay-en"


Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """The parts of a model, loaded. ``labels`` names the outputs of each head."""

    name: str
    version: str
    labels: dict[str, list[str]]
    tokenizer: Tokenizer
    encoder: onnxruntime.InferenceSession
    heads: dict[str, Floats]

    def layer(self, name: str, *, with_one: bool = False) -> tuple[Floats, Floats]:
        """Return the weight and the bias of a linear layer of the heads.

        Args:
            name: of the layer.
            with_one: let it give a 1 beside its values, as a biaffine form of them wants it.
        """
        weight, bias = self.heads[f"{name}.weight"], self.heads[f"{name}.bias"]
        if with_one:
            return np.pad(weight, ((0, 1), (0, 0))), np.pad(bias, (0, 1), constant_values=1)
        return weight, bias


@cache
def load_model(path: Path = MODEL_PATH) -> Model:
    """Load the model at ``path``; components that name the same path share it.

    Raises:
        FileNotFoundError: a part is missing.
    """
    for part in ("meta.json", "heads.npz", "tokenizer.json", "encoder.onnx"):
        if not (path / part).is_file():
            raise FileNotFoundError(f"no {part} in the model folder {path}")
    meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
    options = onnxruntime.SessionOptions()
    # One thread a worker: it survives a fork, and workers do not fight for cores.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    with np.load(path / "heads.npz") as arrays:
        heads = {name: arrays[name].astype(np.float32) for name in arrays.files}
    return Model(
        name=meta["name"],
        version=meta["version"],
        labels=meta["labels"],
        tokenizer=load_tokenizer(path / "tokenizer.json"),
        encoder=onnxruntime.InferenceSession(
            str(path / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        ),
        heads=heads,
    )
