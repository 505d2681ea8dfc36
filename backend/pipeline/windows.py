"""A Doc as the encoder reads it: windows of word pieces with what lower-casing took away.

Training and serving share this module, so that the model meets in use what it was trained on.
The vocabulary is uncased, hence letter case, the quotation state and the paragraph's start
come as features, each an embedding added to the word piece's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
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
    columns = columns_of(doc)
    tokens = [i for i, is_space in enumerate(columns.is_space) if not is_space]
    if not tokens:
        return
    words = [columns.words[i] for i in tokens]
    pieces, shapes = zip(*(_read(tokenizer, word) for word in words), strict=True)
    sizes = [len(of_word) for of_word in pieces]
    totals = [*accumulate(sizes, initial=0)]
    ids = np.fromiter(chain.from_iterable(pieces), dtype=np.int64, count=totals[-1])
    states = quotation_states(doc)
    states = [states[i] for i in tokens]
    firsts = [bisect_left(tokens, start) for start, _ in columns.paragraphs]
    features = np.zeros((len(words), len(FEATURE_SIZES)), dtype=np.int64)
    features[:, 0], features[:, 1], features[firsts, 2] = states, shapes, 1
    features = features.repeat(sizes, axis=0)
    nothing = np.zeros((1 + BLOCK_PIECES, len(FEATURE_SIZES)), dtype=np.int64)
    cls, sep, pad = (_id(tokenizer, piece) for piece in ("[CLS]", "[SEP]", "[PAD]"))
    places, ends = np.array(tokens), np.array(totals)
    for start, end in _cuts(totals, _cut_costs(words, firsts, states)):
        part = slice(totals[start], totals[end])
        size = totals[end] - totals[start] + 2
        blocks = -(-size // BLOCK_PIECES)
        after = [sep] + [pad] * (-size % blocks)
        yield Window(
            words=places[start:end],
            first_piece=ends[start:end] - totals[start] + 1,
            pieces=np.concatenate([[cls], ids[part], after]),
            features=np.concatenate([nothing[:1], features[part], nothing[: len(after)]]),
            blocks=blocks,
        )


@lru_cache(maxsize=50_000)
def _read(tokenizer: Tokenizer, word: str) -> tuple[list[int], int]:
    """Return the pieces of a word, and its shape."""
    return _pieces(tokenizer, word), int(_shape(word))


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
    words: Sequence[str], firsts: Sequence[int], states: Sequence[int]
) -> dict[int, float]:
    """Return the word positions that are fit for a cut before them, and what the cut costs.

    A quotation mark that opens belongs to what follows, and so does "Why?" to "he asked".

    Args:
        words: of the whole text.
        firsts: the first word of each paragraph.
        states: the quotation state of each word.
    """

    def after_closers(position: int) -> int:
        while (
            position < len(words)
            and words[position] in _CLOSERS
            and states[position] != QuotationState.OPENING
        ):
            position += 1
        return position

    ends = [after_closers(i + 1) for i, word in enumerate(words) if word in _SENTENCE_END]
    fit = {end for end in ends if end < len(words) and not words[end].islower()}
    costs = dict.fromkeys(sorted(fit.union(firsts)), _IN_PARAGRAPH)
    costs.update(dict.fromkeys(firsts, 0.0))
    for position in costs:
        if states[position] in (QuotationState.INSIDE, QuotationState.CLOSING):
            costs[position] = _IN_QUOTATION
    return costs


def _cuts(totals: Sequence[int], costs: Mapping[int, float]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) word positions, each of at most ``WINDOW_PIECES`` pieces.

    The cuts are those that cost least in all, by dynamic programming from left to right.

    Args:
        totals: the number of pieces before each word, and of all.
        costs: the positions that are fit for a cut, and what each costs.
    """
    last = len(totals) - 1
    places = [0]
    for place in [*(place for place in costs if place > 0), last]:
        while totals[place] - totals[places[-1]] > WINDOW_PIECES:
            # A sentence longer than a window.
            places.append(bisect_right(totals, totals[places[-1]] + WINDOW_PIECES) - 1)
        places.append(place)
    at = [totals[place] for place in places]
    share = at[-1] / -(-at[-1] // WINDOW_PIECES)  # else the last window may lack context
    least, before = [0.0], [0]
    for number, place in enumerate(places[1:], start=1):
        first = bisect_left(at, at[number] - WINDOW_PIECES)
        cost, start = min(
            (least[start] + _UNEVEN * (1 - (at[number] - at[start]) / share) ** 2, start)
            for start in range(first, number)
        )
        least.append(cost + _A_WINDOW + (0.0 if place == last else costs.get(place, _IN_SENTENCE)))
        before.append(start)
    cuts = [len(places) - 1]
    while cuts[-1] > 0:
        cuts.append(before[cuts[-1]])
    for start, end in pairwise(reversed(cuts)):
        yield places[start], places[end]
