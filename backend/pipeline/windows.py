"""A Doc as the encoder reads it: windows of word pieces with what lower-casing took away.

Training and serving share this module, so that the model meets in use what it was trained on.
The vocabulary is uncased, hence letter case, the quotation state and the paragraph's start
come as features, each an embedding added to the word piece's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, ORTH
from spacy.tokens import Doc
from tokenizers import Tokenizer

from backend.pipeline.columns import columns_of
from backend.pipeline.quotations import QuotationState, quotation_states

WINDOW_PIECES = 224
"""The longest window, without [CLS] and [SEP]."""
BLOCK_PIECES = 64
"""The longest block: some of the encoder's layers attend within blocks, all of one length."""

_A_WINDOW, _UNEVEN = 8.0, 4.0
"""What each window costs, and one that is empty or twice the even length beside it."""
_IN_PARAGRAPH, _IN_QUOTATION, _IN_SENTENCE = 1.0, 3.0, 8.0
"""What a cut costs: it parts a quotation from its cue, or a source from what it says."""

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
        pieces: vocabulary ids, shape (pieces,), with [PAD] at the end up to whole blocks.
        features: one column per entry of ``FEATURE_SIZES``, shape (pieces, 3).
        blocks: into how many parts of one length the pieces are cut.
    """

    words: NDArray[np.int64]
    first_piece: NDArray[np.int64]
    pieces: NDArray[np.int64]
    features: NDArray[np.int64]
    blocks: int


def load_tokenizer(path: Path) -> Tokenizer:
    """Load the word-piece tokenizer, without the truncation and padding of its origin."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def windows(doc: Doc, tokenizer: Tokenizer) -> Iterator[Window]:
    """Cut ``doc`` into windows: few, and cut where it costs the least context."""
    places = np.flatnonzero(doc.to_array(IS_SPACE) == 0)
    if not len(places):
        return
    strings = doc.vocab.strings
    words = [strings[orth] for orth in doc.to_array(ORTH)[places].tolist()]
    pieces = [_pieces(tokenizer, word) for word in words]
    sizes = np.array([len(of_word) for of_word in pieces])
    ends = np.concatenate([[0], np.cumsum(sizes)])
    ids = np.fromiter(chain.from_iterable(pieces), dtype=np.int64, count=int(ends[-1]))
    starts = np.isin(places, [start for start, _ in columns_of(doc).paragraphs])
    states = np.array(quotation_states(doc))[places]
    features = np.column_stack([states, [_shape(word) for word in words], starts]).astype(np.int64)
    features = features.repeat(sizes, axis=0)
    nothing = np.zeros((1 + BLOCK_PIECES, len(FEATURE_SIZES)), dtype=np.int64)
    cls, sep, pad = (_id(tokenizer, piece) for piece in ("[CLS]", "[SEP]", "[PAD]"))
    costs = _cut_costs(words, starts.tolist(), states.tolist())
    for start, end in _cuts(ends, costs):
        part = slice(ends[start], ends[end])
        size = int(ends[end] - ends[start]) + 2
        blocks = -(-size // BLOCK_PIECES)
        after = [sep] + [pad] * (-size % blocks)
        yield Window(
            words=places[start:end],
            first_piece=ends[start:end] - ends[start] + 1,
            pieces=np.concatenate([[cls], ids[part], after]),
            features=np.concatenate([nothing[:1], features[part], nothing[: len(after)]]),
            blocks=blocks,
        )


@lru_cache(maxsize=50_000)
def _pieces(tokenizer: Tokenizer, word: str) -> list[int]:
    if word.isascii() and word.isalnum():
        whole = tokenizer.token_to_id(word.lower())
        if whole is not None:
            return [int(whole)]
    encoding = tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False)
    # A word of control characters alone has no piece; one of a thousand symbols has too many.
    pieces: list[int] = encoding.ids[:WINDOW_PIECES]
    return pieces or [_id(tokenizer, "[UNK]")]


def _id(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the tokenizer has no {piece}")
    return int(number)


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


def _cut_costs(
    words: Sequence[str], starts: Sequence[bool], states: Sequence[QuotationState]
) -> dict[int, float]:
    """Return the word positions that are fit for a cut before them, and what the cut costs.

    A quotation mark that opens belongs to what follows, and so does "Why?" to "he asked".
    """
    costs: dict[int, float] = {}
    ended = False
    for position, (word, starts_paragraph) in enumerate(zip(words, starts, strict=True)):
        state = states[position]
        closes = word in _CLOSERS and state != QuotationState.OPENING
        if starts_paragraph or (ended and not closes and not word.islower()):
            quoted = state in (QuotationState.INSIDE, QuotationState.CLOSING)
            costs[position] = (
                _IN_QUOTATION if quoted else 0.0 if starts_paragraph else _IN_PARAGRAPH
            )
        ended = word in _SENTENCE_END or (ended and closes)
    return costs


def _cuts(total: NDArray[np.int64], costs: Mapping[int, float]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) word positions, each of at most ``WINDOW_PIECES`` pieces.

    The cuts are those that cost least in all, by dynamic programming from left to right.

    Args:
        total: the number of pieces before each word, and of all.
        costs: the positions that are fit for a cut, and what each costs.
    """
    last = len(total) - 1
    places = [0]
    for place in [*(place for place in costs if place > 0), last]:
        while total[place] - total[places[-1]] > WINDOW_PIECES:  # a sentence longer than a window
            reach = total[places[-1]] + WINDOW_PIECES
            places.append(int(np.searchsorted(total, reach, side="right")) - 1)
        places.append(place)
    at = total[places]
    earliest = np.searchsorted(at, at - WINDOW_PIECES)
    share = total[-1] / -(-total[-1] // WINDOW_PIECES)  # else the last window may lack context
    least = np.zeros(len(places))
    before = [0] * len(places)
    for number in range(1, len(places)):
        first, place = int(earliest[number]), places[number]
        sizes = at[number] - at[first:number]
        ways = least[first:number] + _UNEVEN * (1 - sizes / share) ** 2
        before[number] = first + int(ways.argmin())
        least[number] = ways.min() + _A_WINDOW
        least[number] += 0.0 if place == last else costs.get(place, _IN_SENTENCE)
    cuts = [len(places) - 1]
    while cuts[-1] > 0:
        cuts.append(before[cuts[-1]])
    for start, end in pairwise(reversed(cuts)):
        yield places[start], places[end]
