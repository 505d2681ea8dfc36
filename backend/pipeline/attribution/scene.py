"""A Doc and its typed spans, laid out so that the linker can ask for relations between them.

The Doc is read once; ``Scene.with_spans`` lays out other spans over the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

import numpy as np
from spacy.tokens import Doc, Span

from backend.pipeline.columns import columns_of
from backend.pipeline.quotations import SPAN_KEY as QUOTATIONS
from backend.pipeline.quotations import UNCLOSED

SOURCE, CUE, CONTENT = "SOURCE", "CUE", "CONTENT"
_NEAR = 3
"""How many candidates on either side of a span are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A typed span, as token indices, with what links it to the words outside it.

    There is one of each in all scenes of a Doc, so that it is equal to none but itself.
    """

    start: int
    end: int
    label: str
    edges: tuple[tuple[str, int], ...]
    """(relation, head) of each word whose head lies outside the span."""

    def relations_to(self, other: Piece) -> list[str]:
        """Return how words of this piece hang on words of ``other``."""
        return [relation for relation, head in self.edges if other.start <= head < other.end]


_SUBJECTS = {"nsubj", "nsubj:pass"}


class Scene:
    """The pieces of a Doc, and where each of its tokens stands."""

    def __init__(self, doc: Doc, spans: Iterable[Span] = ()) -> None:
        """Read what the features need from ``doc`` once, and lay out ``spans``."""
        self.doc = doc
        columns = columns_of(doc)
        self.words, self.lower, self.lemmas = columns.words, columns.lower, columns.lemmas
        self.tags, self.heads, self.is_punct = columns.tags, columns.heads, columns.is_punct
        self.deps = list(columns.deps)
        for i, relation in enumerate(columns.deps):
            if relation == "case" and self.tags[i] != "POS":
                head = self.heads[i]
                if self.deps[head] in _SUBJECTS:
                    self.deps[head] = "obl"  # no preposition has a subject: the parser erred
        self.sentence = columns.sentences
        self.paragraphs = columns.paragraphs
        self.paragraph = columns.paragraph_numbers
        quotations: list[Span] = list(doc.spans.get(QUOTATIONS, ()))
        self.quotation = _quotation_numbers(len(doc), quotations)
        self.opened = {
            self.paragraph[one.start]: one
            for one in reversed(quotations)
            if one.start == self.paragraphs[self.paragraph[one.start]][0]
        }
        """The quotation that each paragraph opens with, by the paragraph's number."""
        self.left_open = {
            self.paragraph[one.start]: one for one in quotations if one.label_ == UNCLOSED
        }
        """The quotation that each paragraph leaves open, by the paragraph's number."""
        self.alpha_before = list(accumulate(columns.is_alpha, initial=0))
        """How many words of letters stand before each token."""
        self._known: dict[tuple[int, int, str], Piece] = {}
        self._spans: dict[tuple[int, int, str], Span] = {}
        self._all_choices: dict[tuple[int, tuple[Piece, ...]], dict[Piece, Piece | None]] = {}
        """By the number of a paragraph and the pieces in and beside it."""
        self._lay_out(spans)

    def with_spans(self, spans: Iterable[Span]) -> Self:
        """Return the scene of the same Doc with ``spans`` in place of its own."""
        other = copy(self)
        other._lay_out(spans)
        return other

    def _lay_out(self, spans: Iterable[Span]) -> None:
        keys = sorted({(span.start, span.end, span.label_) for span in spans})
        for key in keys:
            if key not in self._known:
                self._known[key] = self._piece(*key)
        self.pieces = [self._known[key] for key in keys]
        self._starts = [piece.start for piece in self.pieces]
        self.by_label = {
            label: [piece for piece in self.pieces if piece.label == label]
            for label in (SOURCE, CUE, CONTENT)
        }
        self.starts = {
            label: [piece.start for piece in pieces] for label, pieces in self.by_label.items()
        }
        self.before: dict[str, list[int]] = {
            label: np.bincount([start + 1 for start in starts], minlength=len(self.words) + 1)
            .cumsum()
            .tolist()
            for label, starts in self.starts.items()
        }
        """How many pieces of each label start before each token."""
        self._hanging: dict[Piece, bool] = {}
        self._choices: dict[int, dict[Piece, Piece | None]] = {}

    def span(self, start: int, end: int, label: str) -> Span:
        """Return the words as a span of the Doc; there is one of each in all its scenes."""
        key = (start, end, label)
        if key not in self._spans:
            self._spans[key] = Span(self.doc, start, end, label=label)
        return self._spans[key]

    def _piece(self, start: int, end: int, label: str) -> Piece:
        edges = tuple(
            (self.deps[i], self.heads[i])
            for i in range(start, end)
            if not start <= self.heads[i] < end and self.deps[i] != "punct"
        )
        return Piece(start, end, label, edges)

    def between(self, left: Piece, right: Piece, label: str) -> int:
        """Count the pieces of ``label`` that start after ``left`` and before ``right``."""
        before = self.before[label]
        return max(0, before[right.start] - before[left.end])

    def choices(self, piece: Piece) -> dict[Piece, Piece | None]:
        """Return what has been chosen in any scene of the Doc, for ``piece`` or one beside it.

        In those scenes all pieces of their paragraph and the two beside it are the same.
        """
        number = self.paragraph[piece.start]
        if number not in self._choices:
            start, _ = self.paragraphs[max(0, number - 1)]
            _, end = self.paragraphs[min(number + 1, len(self.paragraphs) - 1)]
            first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
            around = tuple(self.pieces[first:last])
            self._choices[number] = self._all_choices.setdefault((number, around), {})
        return self._choices[number]

    def near(self, piece: Piece, label: str) -> list[Piece]:
        """Return the nearest pieces of ``label`` on either side, within one paragraph of it."""
        pieces = self.by_label[label]
        at = bisect_right(self.starts[label], piece.start)
        own = self.paragraph[piece.start]
        return [
            other
            for other in pieces[max(0, at - _NEAR) : at + _NEAR]
            if abs(self.paragraph[other.start] - own) <= 1
        ]

    def hangs_on_cue(self, source: Piece) -> bool:
        """Does a word of ``source`` hang on one of a cue near it?"""
        known = self._hanging.get(source)
        if known is None:
            known = any(source.relations_to(cue) for cue in self.near(source, CUE))
            self._hanging[source] = known
        return known

    def follows_quotation(self, cue: Piece) -> bool:
        """Does a content in quotation marks end shortly before ``cue`` in its paragraph?"""
        at = bisect_left(self.starts[CONTENT], cue.start)
        if not at:
            return False
        content = self.by_label[CONTENT][at - 1]
        return (
            bool(self.quotation[content.end - 1])
            and self.paragraph[content.end - 1] == self.paragraph[cue.start]
            and not self.between(content, cue, CUE)
        )


def _quotation_numbers(count: int, quotations: Sequence[Span]) -> list[int]:
    """Number the outermost quotation that each of ``count`` tokens stands in, 0 for none."""
    numbers = [0] * count
    for number, span in enumerate(reversed(quotations), start=1):
        numbers[span.start : span.end] = [number] * len(span)
    return numbers
