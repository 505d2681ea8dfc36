"""A Doc as the encoder reads it: windows of word pieces with what lower-casing took away.

Training and serving share this module, so that the model meets in use what it was trained on.
The vocabulary is uncased, hence letter case, the quotation state and the paragraph's start
come as features, each an embedding added to the word piece's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token
from tokenizers import Tokenizer

from backend.pipeline.paragraphs import paragraph_bounds
from backend.pipeline.quotations import QuotationState, quotation_states

WINDOW_PIECES = 224
"""The longest window, without [CLS] and [SEP]."""

_SENTENCE_END = frozenset({".", "!", "?", "…", "..."})
_CLOSERS = frozenset({'"', "”", "’", "'", ")", "]", "»"})


class Shape(IntEnum):
    """The letter case of a word."""

    OTHER = 0
    LOWER = 1
    TITLE = 2
    UPPER = 3
    MIXED = 4
    DIGIT = 5


FEATURE_SIZES = (len(QuotationState), len(Shape), 2)
"""How many values each feature has: quotation state, shape, first word of a paragraph."""


@dataclass(frozen=True, slots=True)
class Window:
    """A run of whole words, with [CLS] and [SEP] around it.

    Attributes:
        words: indices of the Doc's tokens, shape (words,).
        first_piece: where in ``pieces`` each of them begins, shape (words,).
        pieces: vocabulary ids, shape (pieces,).
        features: one column per entry of ``FEATURE_SIZES``, shape (pieces, 3).
    """

    words: NDArray[np.int64]
    first_piece: NDArray[np.int64]
    pieces: NDArray[np.int64]
    features: NDArray[np.int64]


def load_tokenizer(path: Path) -> Tokenizer:
    """Load the word-piece tokenizer, without the truncation and padding of its origin."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def windows(doc: Doc, tokenizer: Tokenizer) -> Iterator[Window]:
    """Cut ``doc`` into windows of nearly equal length, at sentence ends where there are any."""
    words = [token for token in doc if not token.is_space]
    if not words:
        return
    pieces = _pieces(words, tokenizer)
    states = quotation_states(doc)
    starts = {start for start, _ in paragraph_bounds(doc)}
    features = [(int(states[w.i]), int(_shape(w.text)), int(w.i in starts)) for w in words]
    cls, sep = _id(tokenizer, "[CLS]"), _id(tokenizer, "[SEP]")
    for start, end in _cuts([len(p) for p in pieces], _segment_ends(words, starts)):
        ids = [cls]
        rows = [(0, 0, 0)]
        first = []
        for i in range(start, end):
            first.append(len(ids))
            ids.extend(pieces[i])
            rows.extend([features[i]] * len(pieces[i]))
        yield Window(
            words=np.array([w.i for w in words[start:end]], dtype=np.int64),
            first_piece=np.array(first, dtype=np.int64),
            pieces=np.array([*ids, sep], dtype=np.int64),
            features=np.array([*rows, (0, 0, 0)], dtype=np.int64),
        )


def _pieces(words: list[Token], tokenizer: Tokenizer) -> list[list[int]]:
    encoding = tokenizer.encode(
        [w.text for w in words], is_pretokenized=True, add_special_tokens=False
    )
    pieces: list[list[int]] = [[] for _ in words]
    for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
        if word is not None:
            pieces[word].append(piece)
    unknown = _id(tokenizer, "[UNK]")
    # A word of control characters alone has no piece; one of a thousand symbols has too many.
    return [(p or [unknown])[:WINDOW_PIECES] for p in pieces]


def _id(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the tokenizer has no {piece}")
    return number


@lru_cache(maxsize=50_000)
def _shape(text: str) -> Shape:
    if any(c.isdigit() for c in text):
        return Shape.DIGIT
    if text.islower():
        return Shape.LOWER
    if text.istitle():
        return Shape.TITLE
    if text.isupper():
        return Shape.UPPER
    return Shape.MIXED if any(c.isalpha() for c in text) else Shape.OTHER


def _segment_ends(words: list[Token], starts: set[int]) -> list[int]:
    """Return the word positions before which a window may be cut, the end included."""
    ends: list[int] = []
    ended = False
    for position, word in enumerate(words):
        if word.i in starts or (ended and word.text not in _CLOSERS):
            ends.append(position)
        ended = word.text in _SENTENCE_END or (ended and word.text in _CLOSERS)
    return [*(e for e in ends if e > 0), len(words)]


def _cuts(sizes: list[int], ends: list[int]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) word positions, each of at most ``WINDOW_PIECES`` pieces."""
    total = np.concatenate([[0], np.cumsum(sizes)])
    share = total[-1] / -(-total[-1] // WINDOW_PIECES)  # else the last window may lack context
    start = here = 0
    for end in ends:
        if here > start and (
            total[end] - total[start] > WINDOW_PIECES or total[here] - total[start] >= share
        ):
            yield start, here
            start = here
        while total[end] - total[start] > WINDOW_PIECES:  # a sentence longer than a window
            here = int(np.searchsorted(total, total[start] + WINDOW_PIECES, side="right")) - 1
            yield start, here
            start = here
        here = end
    if here > start:
        yield start, here
