"""Windows as the network reads them, with what is known of their words, and batches of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Ints = NDArray[np.int64]

IGNORE = -100
"""The label of what is not known, or is padding."""
ATTRIBUTION = ("label", "last", "first", "begun", "ended")
SYNTAX = ("tag", "pos", "start", "head", "relation", "sentence")


@dataclass(frozen=True, slots=True)
class Example:
    """A window and, for each of its words, the gold labels, ``IGNORE`` where nobody gave them.

    Attributes:
        pieces, features: shape (pieces,) and (pieces, features).
        blocks: into how many parts of one length the pieces are cut.
        first_piece: of each word, shape (words,), as all that follow.
        paragraph: the number of each word's paragraph.
        gold: by name. ``last``: the position of the last word of the span that begins at a word;
            ``first``: that of the first word of the span that ends there, both -1 where there is
            none; ``begun`` and ``ended``: their roles; ``label``: the BILUO code. ``head``:
            positions in the window, counted from 1, with 0 for the root.
        fold: which part of the articles it belongs to, None for text without gold attributions.
    """

    pieces: Ints
    features: Ints
    blocks: int
    first_piece: Ints
    paragraph: Ints
    gold: dict[str, Ints] = field(default_factory=dict)
    fold: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows: tensors of shape (batch, pieces) or (batch, words)."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    blocks: Tensor
    first: Tensor
    paragraph: Tensor
    gold: dict[str, Tensor]

    @property
    def words(self) -> Tensor:
        """Whether there is a word, shape (batch, words)."""
        return self.paragraph != IGNORE


def collate(examples: Sequence[Example], device: torch.device) -> Batch:
    """Pad ``examples`` to a batch."""

    def padded(arrays: list[Ints], value: int) -> Tensor:
        rows = [torch.from_numpy(array) for array in arrays]
        return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=value).to(
            device
        )

    def gold(name: str) -> Tensor:
        unknown = [np.full(len(e.paragraph), IGNORE, dtype=np.int64) for e in examples]
        return padded(
            [e.gold.get(name, none) for e, none in zip(examples, unknown, strict=True)], IGNORE
        )

    lengths = [len(e.pieces) for e in examples]
    blocks = [np.arange(n) * e.blocks // n for n, e in zip(lengths, examples, strict=True)]
    return Batch(
        pieces=padded([e.pieces for e in examples], 0),
        features=padded([e.features for e in examples], 0),
        mask=padded([np.ones(size, dtype=np.int64) for size in lengths], 0),
        blocks=padded(blocks, -1),
        first=padded([e.first_piece for e in examples], 0),
        paragraph=padded([e.paragraph for e in examples], IGNORE),
        gold={name: gold(name) for name in (*ATTRIBUTION, *SYNTAX)},
    )


def in_batches(examples: Sequence[Example], size: int) -> Iterator[list[int]]:
    """Yield the places of ``examples`` in batches, each of windows of about one length."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].pieces))
    for start in range(0, len(order), size):
        yield order[start : start + size]
