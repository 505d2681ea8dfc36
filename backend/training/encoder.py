"""The encoder as it is trained: a transformer with its normalisation after each sum.

Of the shape of BERT (Devlin et al., NAACL 2019), which MiniLM (Wang et al., NeurIPS 2020) shares;
with a bias for each distance between two pieces, of that of MPNet (Song et al., NeurIPS 2020).
What it may have less of: heads, inner channels, and, in its ``local`` layers, sight, where a piece
attends to those of its own block alone (as the local layers of ModernBERT, Warner et al. 2024).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

BUCKETS, FURTHEST = 32, 128
"""Distances between two pieces are told apart in so many steps, up to so many pieces."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large an encoder is.

    Attributes:
        vocabulary: word pieces.
        positions: pieces of the longest window.
        width: values a piece.
        layers: attention and feed-forward in turn.
        heads: of each layer's attention, ``head_width`` values each.
        inner: channels of each layer's feed-forward part.
        features: how many values each feature beside the pieces has.
        local: the layers that attend within blocks.
        distances: attention has a bias for each distance.
        epsilon: what normalisation adds to the variance.
    """

    vocabulary: int
    positions: int
    width: int
    layers: int
    heads: int
    head_width: int
    inner: int
    features: tuple[int, ...]
    local: tuple[int, ...] = ()
    distances: bool = False
    epsilon: float = 1e-12


class Encoder(nn.Module):
    """Word pieces and their features → vectors, shape (batch, pieces, width)."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        """Start at random; the embeddings of the features start at zero."""
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.features = nn.ModuleList(nn.Embedding(n, shape.width) for n in shape.features)
        for table in self.features:
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        if shape.distances:
            self.distances = nn.Embedding(BUCKETS, shape.heads)

    def forward(
        self, pieces: Tensor, features: Tensor, mask: Tensor, blocks: Tensor | None = None
    ) -> Tensor:
        """Encode.

        Args:
            pieces: vocabulary ids, shape (batch, pieces).
            features: shape (batch, pieces, features).
            mask: whether there is a piece, shape (batch, pieces).
            blocks: the number of each piece's block, shape (batch, pieces); local layers ask.
        """
        places = torch.arange(pieces.shape[1], device=pieces.device)
        vectors = self.pieces(pieces) + self.places(places)
        for column, table in enumerate(self.features):
            vectors = vectors + table(features[..., column])
        vectors = self.dropout(self.norm(vectors))
        seen = mask[:, None, None, :].bool()
        everywhere = _bias(seen)
        if self.shape.distances:
            everywhere = everywhere + self._distance_bias(places)
        within = everywhere
        if self.shape.local:
            assert blocks is not None
            # A piece that is padding sees itself, for it must see something.
            same = blocks[:, None, :, None] == blocks[:, None, None, :]
            itself = torch.eye(len(places), dtype=torch.bool, device=places.device)
            within = _bias((same & seen) | itself)
        for number, layer in enumerate(self.layers):
            vectors = layer(vectors, within if number in self.shape.local else everywhere)
        return vectors

    def _distance_bias(self, places: Tensor) -> Tensor:
        """Return the bias of each head for each pair of places: (1, heads, places, places)."""
        apart = places[None, :] - places[:, None]
        half = BUCKETS // 2
        side = (apart > 0).long() * half
        steps = apart.abs()
        exact = half // 2
        far = exact + (
            torch.log(steps.clamp(min=1).float() / exact)
            / math.log(FURTHEST / exact)
            * (half - exact)
        ).long().clamp(max=half - exact - 1)
        bucket = side + torch.where(steps < exact, steps, far)
        return self.distances(bucket).permute(2, 0, 1)[None]


class Layer(nn.Module):
    """Attention, then a feed-forward part; each is added to what it read, and normalised."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        """Start at random."""
        super().__init__()
        self.heads = shape.heads
        attended = shape.heads * shape.head_width
        self.query = nn.Linear(shape.width, attended)
        self.key = nn.Linear(shape.width, attended)
        self.value = nn.Linear(shape.width, attended)
        self.mixed = nn.Linear(attended, shape.width)
        self.mixed_norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.outer_norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.dropout = nn.Dropout(dropout)
        self.gates: tuple[Tensor, Tensor] | None = None
        """One factor a head and one an inner channel, while ``pruning`` asks what they matter."""

    def forward(self, vectors: Tensor, bias: Tensor) -> Tensor:
        """Read ``vectors`` (batch, pieces, width); ``bias`` is added to the attention's scores."""
        query, key, value = (
            part(vectors).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        bias = bias.to(query.dtype)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        if self.gates is not None:
            mixed = mixed * self.gates[0][:, None, None]
        mixed = self.mixed(mixed.transpose(1, 2).flatten(2))
        vectors = self.mixed_norm(vectors + self.dropout(mixed))
        inner = functional.gelu(self.inner(vectors))
        if self.gates is not None:
            inner = inner * self.gates[1]
        return self.outer_norm(vectors + self.dropout(self.outer(inner)))


def _bias(seen: Tensor) -> Tensor:
    return torch.zeros(seen.shape, device=seen.device).masked_fill(~seen, -1e4)
