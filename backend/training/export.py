"""From a checkpoint to the folder that ships: an int8 ONNX encoder and the heads' weights.

The encoder's graph is written operator by operator, so that it is made of those that ONNX Runtime
is fastest with on a processor: one product for query, key and value, its fused attention, and
products that round their input to int8 as they run (the weights are rounded here, by channel).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import spacy
import torch
from numpy.typing import NDArray

from backend.pipeline.windows import FEATURE_SIZES, load_tokenizer, windows
from backend.training.network import Encoder, Network

Floats = NDArray[np.float32]

SAMPLE = Path(__file__).parents[1] / "web" / "page" / "sample.txt"
"""The text that shows which channels of the encoder run high."""
TRAINING_ONLY = "heads.attribution."
"""The head that labels word by word: it teaches the encoder, and is not asked again."""
_HIGH_CHANNELS = 12
"""Before a product rounds its input to 255 steps from its lowest value to its highest, as many of
the input's channels as this are brought down to the next one's height. In MiniLM the vector of
[CLS] has single channels four to eight times as high as all else, which would take the steps away
from the words: with this, three times fewer of them get another label than from the network
unrounded (after Xiao et al., SmoothQuant, ICML 2023)."""


def export(network: Network, pretrained: Path, folder: Path, *, name: str, version: str) -> None:
    """Write ``network`` to ``folder`` as ``backend.pipeline.model`` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(pretrained / "tokenizer.json", folder / "tokenizer.json")
    onnx.save(_encoder(network.encoder, folder / "tokenizer.json"), folder / "encoder.onnx")
    heads = {
        key.removeprefix("heads."): value.numpy().astype(np.float16)
        for key, value in network.state_dict().items()
        if key.startswith(("heads.", "parser.", "spans.")) and not key.startswith(TRAINING_ONLY)
    }
    np.savez_compressed(folder / "heads.npz", **heads)
    labels = {
        key: value for key, value in network.labels.items() if f"heads.{key}." != TRAINING_ONLY
    }
    meta = {"name": name, "version": version, "labels": labels}
    (folder / "meta.json").write_text(
        json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


class _Graph:
    """An ONNX graph in the making; values go by the names that its methods return."""

    def __init__(self, weights: Mapping[str, Floats], heights: Mapping[str, Floats]) -> None:
        self.weights = weights
        self.heights = heights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: NDArray[np.generic] | float) -> str:
        name = f"constant_{len(self.constants)}"
        array = np.asarray(value, dtype=None if isinstance(value, np.ndarray) else np.float32)
        self.constants.append(onnx.numpy_helper.from_array(array, name))
        return name

    def operators(
        self, kind: str, *inputs: str, count: int, fused: bool = False, **attributes: object
    ) -> list[str]:
        """Add a node with ``count`` outputs; ``fused``: one of ONNX Runtime's own operators."""
        outputs = [f"{kind}_{len(self.nodes)}_{i}" for i in range(count)]
        domain = "com.microsoft" if fused else ""
        self.nodes.append(onnx.helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs

    def operator(self, kind: str, *inputs: str, fused: bool = False, **attributes: object) -> str:
        return self.operators(kind, *inputs, count=1, fused=fused, **attributes)[0]

    def embedding(self, name: str, indices: str) -> str:
        """Look up rows of a table that is stored as int8, each row with a scale of its own."""
        rows, scales = _rounded(self.weights[name].T)
        found = self.operator("Gather", self.constant(rows.T.copy()), indices)
        scale = self.operator("Gather", self.constant(scales[:, None]), indices)
        return self.operator("Mul", self.operator("Cast", found, to=onnx.TensorProto.FLOAT), scale)

    def linear(self, vectors: str, *names: str) -> str:
        """Multiply by the weights of the layers ``names`` side by side.

        Processors without VNNI add two neighbouring products, of an input up to 255 with a
        weight, in 16 bits, which end at 32,767. So no two neighbours may come to more than 128:
        then every processor comes to the same sums.
        """
        weight = np.concatenate([self.weights[f"{name}.weight"] for name in names]).T
        heights = self.heights[names[0]]
        factors = np.maximum(1.0, heights / np.sort(heights)[-1 - _HIGH_CHANNELS])
        lowered = self.operator("Mul", vectors, self.constant((1 / factors).astype(np.float32)))
        weight = weight * factors[:, None]
        rows, scales = _rounded(weight, np.abs(weight[::2] + weight[1::2]).max(axis=0))
        bias = np.concatenate([self.weights[f"{name}.bias"] for name in names])
        inputs = [lowered, self.constant(rows), self.constant(scales), "", self.constant(bias)]
        return self.operator("DynamicQuantizeMatMul", *inputs, fused=True)

    def normalised(self, vectors: str, name: str) -> str:
        """Normalise a layer's sums. (Summed by ``Add``, for ``SkipLayerNormalization`` is slow.)"""
        scale, bias = (self.constant(self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.operator("LayerNormalization", vectors, scale, bias, epsilon=1e-12)

    def total(self, *vectors: str) -> str:
        result, *others = vectors
        for other in others:
            result = self.operator("Add", result, other)
        return result


def _rounded(weight: Floats, highest: Floats | float = 0) -> tuple[NDArray[np.int8], Floats]:
    """Round to int8 with a scale for each column, by which ``highest`` too comes to 127 at most."""
    scales = np.maximum(np.abs(weight).max(axis=0), highest) / 127
    scales = np.where(scales == 0, 1, scales).astype(np.float32)
    return np.rint(weight / scales).astype(np.int8), scales


def _encoder(encoder: Encoder, vocabulary: Path) -> onnx.ModelProto:
    weights = {name: value.numpy() for name, value in encoder.state_dict().items()}
    graph = _Graph(weights, _input_heights(encoder, vocabulary))
    config = encoder.bert.config
    vectors = _embedded(graph)
    for number in range(config.num_hidden_layers):
        vectors = _layer(graph, vectors, f"bert.encoder.layer.{number}", config.num_attention_heads)
    graph.nodes[-1].output[0] = "vectors"
    model = onnx.helper.make_model(
        onnx.helper.make_graph(
            graph.nodes,
            "encoder",
            [
                _value("pieces", onnx.TensorProto.INT64, 1, "length"),
                _value("features", onnx.TensorProto.INT64, 1, "length", len(FEATURE_SIZES)),
            ],
            [_value("vectors", onnx.TensorProto.FLOAT, 1, "length", config.hidden_size)],
            graph.constants,
        ),
        opset_imports=[
            onnx.helper.make_opsetid("", 17),
            onnx.helper.make_opsetid("com.microsoft", 1),
        ],
        ir_version=8,
    )
    onnx.checker.check_model(model)
    return model


def _value(name: str, kind: int, *shape: int | str) -> onnx.ValueInfoProto:
    return onnx.helper.make_tensor_value_info(name, kind, shape)


def _embedded(graph: _Graph) -> str:
    """Return the sum of the embeddings of pieces, features and places."""
    tables = "bert.embeddings"
    parts = [graph.embedding(f"{tables}.word_embeddings.weight", "pieces")]
    for column in range(len(FEATURE_SIZES)):
        indices = graph.operator("Gather", "features", graph.constant(np.array(column)), axis=2)
        table = graph.constant(graph.weights[f"features.{column}.weight"])
        parts.append(graph.operator("Gather", table, indices))
    places = graph.weights[f"{tables}.position_embeddings.weight"]
    places = places + graph.weights[f"{tables}.token_type_embeddings.weight"][0]
    table = graph.operator(
        "Cast", graph.constant(places.astype(np.float16)), to=onnx.TensorProto.FLOAT
    )
    first = graph.constant(np.array([0]))
    length = graph.operator("Shape", "pieces", start=1)
    parts.append(graph.operator("Slice", table, first, length, first))
    return graph.normalised(graph.total(*parts), f"{tables}.LayerNorm")


def _layer(graph: _Graph, vectors: str, name: str, heads: int) -> str:
    attention = f"{name}.attention"
    parts = [f"{attention}.self.{part}" for part in ("query", "key", "value")]
    mixed = graph.operators("Split", graph.linear(vectors, *parts), count=3, axis=2)
    context = graph.operator("MultiHeadAttention", *mixed, fused=True, num_heads=heads)
    context = graph.linear(context, f"{attention}.output.dense")
    vectors = graph.normalised(graph.total(context, vectors), f"{attention}.output.LayerNorm")
    inner = graph.linear(vectors, f"{name}.intermediate.dense")
    inner = graph.operator("Gelu", inner, fused=True)  # BiasGelu is slower
    inner = graph.linear(inner, f"{name}.output.dense")
    return graph.normalised(graph.total(inner, vectors), f"{name}.output.LayerNorm")


def _input_heights(encoder: Encoder, vocabulary: Path) -> dict[str, Floats]:
    """Return how high each channel of each linear layer's input runs in the sample article."""
    heights: dict[str, Floats] = {}
    hooks = []
    for name, module in encoder.named_modules():
        if isinstance(module, torch.nn.Linear):

            def note(
                _: torch.nn.Module, inputs: tuple[torch.Tensor, ...], name: str = name
            ) -> None:
                here = inputs[0].abs().amax(dim=(0, 1)).numpy()
                heights[name] = np.maximum(here, heights.get(name, 0))

            hooks.append(module.register_forward_pre_hook(note))
    encoder.eval()
    doc = spacy.blank("en")(SAMPLE.read_text(encoding="utf-8"))
    with torch.inference_mode():
        for window in windows(doc, load_tokenizer(vocabulary)):
            encoder(torch.from_numpy(window.pieces[None]), torch.from_numpy(window.features[None]))
    for hook in hooks:
        hook.remove()
    return heights
