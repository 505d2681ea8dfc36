"""Proposes the spans of attributions from the encoder's vectors: sources, cues and contents.

Whole spans are scored, by a biaffine form of their first and last words (after Yu, Bohnet &
Poesio, ACL 2020), fine-tuned with the encoder on PolNeAR; and of each paragraph, which no span
crosses, the best set of spans is taken of which none overlap.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc, Span

from backend.pipeline.columns import columns_of
from backend.pipeline.model import Floats, Model

LONGEST = 300
"""Words that are looked at together: all of a paragraph, but for one that is no news prose."""
_STRETCH = 2048
"""Words whose vectors are read at once, so that the memory that it takes does not grow with the
length of a text."""
DOUBTFUL = -2.0
"""The score, in log-odds, under which a span is not proposed."""
IMPOSSIBLE = -6.0
"""The score under which a span is out of the question, whatever else proposes it."""


class Candidate(NamedTuple):
    """A span that may be one: word positions, end exclusive, and by how much it is worth it."""

    start: int
    end: int
    role: str
    score: float


@dataclass(frozen=True, slots=True)
class Proposals:
    """Spans labelled SOURCE, CUE or CONTENT, each with its score in log-odds.

    Attributes:
        likely: the best set of which none overlap, each likelier than no span there.
        doubtful: the best of the others, less likely than none, that overlap none of the likely
            ones; no more of them than words.
    """

    likely: dict[Span, float] = field(default_factory=dict)
    doubtful: dict[Span, float] = field(default_factory=dict)

    def __contains__(self, span: Span) -> bool:
        """Is ``span`` likely, or doubtful?"""
        return span in self.likely or span in self.doubtful


def best_disjoint(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of which none overlap and whose scores add up to most, in order.

    Weighted interval scheduling (Kleinberg & Tardos 2006, 6.1).
    """
    ordered = sorted(candidates, key=lambda one: one.end)
    ends = [one.end for one in ordered]
    before = [bisect_right(ends, one.start, 0, i) for i, one in enumerate(ordered)]
    best = [0.0]
    for i, one in enumerate(ordered):
        best.append(max(best[i], best[before[i]] + one.score))
    chosen: list[Candidate] = []
    i = len(ordered)
    while i > 0:
        if best[i] == best[i - 1]:
            i -= 1
        else:
            chosen.append(ordered[i - 1])
            i = before[i - 1]
    return chosen[::-1]


@dataclass(frozen=True, slots=True)
class _Ends:
    """Words as the first and the last of spans, a row each, and what speaks for either of none."""

    first: Floats
    last: Floats
    no_first: Floats
    no_last: Floats

    def part(self, start: int, end: int) -> _Ends:
        """Return the same of the words from ``start`` to ``end``."""
        part = slice(start, end)
        return _Ends(self.first[part], self.last[part], self.no_first[part], self.no_last[part])


class Tagger:
    """The model's scorer of spans."""

    def __init__(self, model: Model) -> None:
        """Score with the "spans" head of ``model``."""
        heads = model.heads
        self.roles = model.labels["span"]
        self.size, roles, _ = heads["spans.weight"].shape
        self.biaffine = 2 * heads["spans.weight"].reshape(self.size, roles * self.size)
        layers = [
            *(model.layer(f"spans.{name}", with_one=True) for name in ("start", "end")),
            *(model.layer(f"spans.{name}") for name in ("no_start", "no_end")),
        ]
        self.weight = np.concatenate([weight for weight, _ in layers]).T.copy()
        self.bias = np.concatenate([bias for _, bias in layers])

    def propose(self, doc: Doc) -> Proposals:
        """Return the spans that the vectors of ``doc`` suggest."""
        proposals = Proposals()
        for parts in _together(_parts(doc)):
            # One product for many paragraphs takes less time than one for each.
            ends = self._ends(doc, list(chain.from_iterable(parts)))
            places = list(accumulate(map(len, parts), initial=0))
            for part, (start, end) in zip(parts, pairwise(places), strict=True):
                self._propose(doc, part, ends.part(start, end), proposals)
        return proposals

    def _propose(self, doc: Doc, part: Sequence[int], ends: _Ends, proposals: Proposals) -> None:
        """Add the spans of the words ``part`` to ``proposals``."""
        candidates = self._candidates(ends)
        chosen = best_disjoint([one for one in candidates if one.score > 0])
        taken = {i for one in chosen for i in range(one.start, one.end)}
        for one in chosen:
            proposals.likely[_span(doc, part, one)] = one.score
        free = (
            one
            for one in candidates
            if one.score <= 0 and taken.isdisjoint(range(one.start, one.end))
        )
        for one in nlargest(len(part), free, key=lambda one: one.score):
            proposals.doubtful[_span(doc, part, one)] = one.score

    def is_possible(self, span: Span) -> bool:
        """Is ``span``, which something else proposes, not out of the question for its label?"""
        is_space = columns_of(span.doc).is_space
        words = [i for i in range(span.start, span.end) if not is_space[i]]
        if not words:
            return False
        scores = self._scores(self._ends(span.doc, [words[0], words[-1]]))
        return bool(scores[0, self.roles.index(span.label_), 1] > IMPOSSIBLE)

    def _ends(self, doc: Doc, words: Sequence[int]) -> _Ends:
        """Return what the linear layers make of the vectors of ``words``."""
        values: Floats = doc.tensor[words].astype(np.float32, copy=False) @ self.weight
        values += self.bias
        np.maximum(values[:, :-2], 0.0, out=values[:, :-2])
        return _Ends(
            first=values[:, : self.size] @ self.biaffine,
            last=values[:, self.size : -2],
            no_first=values[:, -2],
            no_last=values[:, -1],
        )

    def _candidates(self, ends: _Ends) -> list[Candidate]:
        """Return the spans that are likely or doubtful."""
        scores = self._scores(ends)
        [places] = (scores > DOUBTFUL).ravel().nonzero()  # many times as fast as for three axes
        values = scores.ravel()[places].tolist()
        candidates = []
        for place, value in zip(places.tolist(), values, strict=True):
            rest, last = divmod(place, len(ends.last))
            first, role = divmod(rest, len(self.roles))
            if first <= last:
                candidates.append(Candidate(first, last + 1, self.roles[role], value))
        return candidates

    def _scores(self, ends: _Ends) -> Floats:
        """Return the score of each span, shape (first words, roles, last words).

        It is the log-odds that a span of this role ends there, given where it begins, and that
        it begins there, given where it ends, against no span's beginning and no span's end.
        """
        count, roles = len(ends.last), len(self.roles)
        first = ends.first.reshape(count * roles, self.size)
        scores: Floats = (first @ ends.last.T).reshape(count, roles, count)
        scores -= (ends.no_first[:, None] + ends.no_last)[:, None, :]
        return scores


def _parts(doc: Doc) -> Iterator[list[int]]:
    """Yield the words that are looked at together, those of a paragraph for the most part."""
    is_space = columns_of(doc).is_space
    for start, end in columns_of(doc).paragraphs:
        words = [i for i in range(start, end) if not is_space[i]]
        for first in range(0, len(words), LONGEST):
            yield words[first : first + LONGEST]


def _together(parts: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    """Yield lists of ``parts``, of ``_STRETCH`` words each or a little more."""
    group: list[list[int]] = []
    count = 0
    for part in parts:
        group.append(part)
        count += len(part)
        if count >= _STRETCH:
            yield group
            group, count = [], 0
    if group:
        yield group


def _span(doc: Doc, part: Sequence[int], one: Candidate) -> Span:
    return Span(doc, part[one.start], part[one.end - 1] + 1, label=one.role)
