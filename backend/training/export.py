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
from numpy.typing import NDArray

from backend.training.encoder import Encoder, Shape
from backend.training.network import Network

Floats = NDArray[np.float32]

TRAINING_ONLY = "heads.attribution."
"""The head that labels word by word: it teaches the encoder, and is not asked again."""


def export(network: Network, tokenizer: Path, folder: Path, *, name: str, version: str) -> None:
    """Write ``network`` to ``folder`` as ``backend.pipeline.model`` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(tokenizer, folder / "tokenizer.json")
    onnx.save(_encoder(network.encoder), folder / "encoder.onnx")
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

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = weights
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
        rows, scales = _rounded(weight, np.abs(weight[::2] + weight[1::2]).max(axis=0))
        bias = np.concatenate([self.weights[f"{name}.bias"] for name in names])
        inputs = [vectors, self.constant(rows), self.constant(scales), "", self.constant(bias)]
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


def _encoder(encoder: Encoder) -> onnx.ModelProto:
    """Write the graph: pieces (blocks, length) → vectors (blocks, length, width)."""
    weights = {name: value.numpy() for name, value in encoder.state_dict().items()}
    graph = _Graph(weights)
    shape = encoder.shape
    vectors = _embedded(graph, shape)
    for number in range(shape.layers):
        vectors = _layer(graph, vectors, number, shape)
    graph.nodes[-1].output[0] = "vectors"
    model = onnx.helper.make_model(
        onnx.helper.make_graph(
            graph.nodes,
            "encoder",
            [
                _value("pieces", onnx.TensorProto.INT64, "blocks", "length"),
                _value("features", onnx.TensorProto.INT64, "blocks", "length", len(shape.features)),
            ],
            [_value("vectors", onnx.TensorProto.FLOAT, "blocks", "length", shape.width)],
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


def _embedded(graph: _Graph, shape: Shape) -> str:
    """Return the sum of the embeddings of pieces, features and places."""
    parts = [graph.embedding("pieces.weight", "pieces")]
    for column in range(len(shape.features)):
        indices = graph.operator("Gather", "features", graph.constant(np.array(column)), axis=2)
        table = graph.constant(graph.weights[f"features.{column}.weight"])
        parts.append(graph.operator("Gather", table, indices))
    places = graph.constant(graph.weights["places.weight"].astype(np.float16))
    table = graph.operator("Cast", places, to=onnx.TensorProto.FLOAT)
    length = graph.operator("Size", "pieces")
    first = graph.constant(np.array([0]))
    end = graph.operator("Reshape", length, graph.constant(np.array([1])))
    rows = graph.operator("Slice", table, first, end, first)
    grid = graph.operator("Shape", "pieces")
    grid = graph.operator("Concat", grid, graph.constant(np.array([shape.width])), axis=0)
    parts.append(graph.operator("Reshape", rows, grid))
    return graph.normalised(graph.total(*parts), "norm")


def _layer(graph: _Graph, vectors: str, number: int, shape: Shape) -> str:
    name = f"layers.{number}"
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    mixed = graph.linear(vectors, *parts)
    if number not in shape.local:
        attended = 3 * shape.heads * shape.head_width
        whole = graph.constant(np.array([1, -1, attended]))
        mixed = graph.operator("Reshape", mixed, whole)
    queries, keys, values = graph.operators("Split", mixed, count=3, axis=2)
    context = graph.operator(
        "MultiHeadAttention", queries, keys, values, fused=True, num_heads=shape.heads
    )
    mixed = graph.linear(context, f"{name}.mixed")
    if number not in shape.local:
        mixed = graph.operator("Reshape", mixed, graph.operator("Shape", vectors))
    vectors = graph.normalised(graph.total(mixed, vectors), f"{name}.mixed_norm")
    inner = graph.linear(vectors, f"{name}.inner")
    inner = graph.operator("Gelu", inner, fused=True)  # BiasGelu is slower
    inner = graph.linear(inner, f"{name}.outer")
    return graph.normalised(graph.total(inner, vectors), f"{name}.outer_norm")
