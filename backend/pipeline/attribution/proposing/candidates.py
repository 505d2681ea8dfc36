"""The attributions found so far in a text, and the spans that they come to in the end."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from backend.pipeline.attribution.proposing.text import Bounds, Text
from backend.pipeline.attribution.scene import CONTENT, CUE, SOURCE


@dataclass(frozen=True, slots=True)
class Candidate:
    """The spans of one attribution; without ``contents`` where these are for the linker to find."""

    cue: Bounds
    source: Bounds | None
    contents: list[Bounds]
    speech: bool = True


class Candidates:
    """The candidates of one text."""

    def __init__(self, text: Text) -> None:
        """Begin with none."""
        self.text = text
        self._all: list[Candidate] = []
        self._cues: list[int] = []
        """Where the cues of saying among them begin, in order."""
        self._asides: list[Bounds] = []
        """What ends a content that it closes: *…, as X says*, *…, according to X*."""
        self._clauses: list[int] = []
        """Where a clause begins that is coordinate and has a cue and a source of its own."""

    def attribute(
        self, cue: Bounds, source: Bounds | None, contents: Sequence[Bounds], speech: bool = True
    ) -> bool:
        """Add an attribution if it has content, and say whether it has."""
        trimmed = [self.text.trim(bounds) for bounds in contents]
        full = [(start, end) for start, end in trimmed if start < end]
        if source is not None:
            first, last = self.text.trim(source)
            source = (first, last) if first < last else None  # a stray dash is nobody
        if full:
            self.add(Candidate(cue, source, full, speech))
        return bool(full)

    def add(self, candidate: Candidate) -> None:
        """Add an attribution as it is."""
        self._all.append(candidate)
        if candidate.speech:
            insort(self._cues, candidate.cue[0])

    def add_aside(self, bounds: Bounds) -> None:
        """Remember what no content that it closes takes in."""
        self._asides.append(bounds)

    def add_clause(self, start: int) -> None:
        """Remember where a coordinate clause begins that attributes by itself."""
        self._clauses.append(start)

    def latest(self, count: int) -> Sequence[Candidate]:
        """Return the last ``count`` attributions."""
        return self._all[-count:]

    def first_clause(self, after: int, end: int) -> int:
        """Return where the first clause remembered begins after ``after``, or else ``end``."""
        return next((i for i in self._clauses if after < i < end), end)

    def has_cue(self, bounds: Bounds) -> bool:
        """Does a cue of saying begin among these words?"""
        return bisect_left(self._cues, bounds[0]) < bisect_left(self._cues, bounds[1])

    def spans(self) -> list[Span]:
        """Return the spans of all, each once."""
        doc = self.text.doc
        said = bytearray(len(doc))
        for one in self._all:
            for start, end in one.contents:
                said[start:end] = b"\1" * (end - start)
        self._asides.sort()
        # What a speaker is said to want or know is part of what is said.
        kept = [one for one in self._all if one.speech or not said[one.cue[0]]]
        labelled = dict.fromkeys(part for one in kept for part in self._labelled(one))
        return [Span(doc, start, end, label=label) for start, end, label in labelled]

    def _labelled(self, one: Candidate) -> Iterator[tuple[int, int, str]]:
        yield *one.cue, CUE
        if one.source:
            yield *one.source, SOURCE
        for bounds in one.contents:
            start, end = self._without_asides(bounds)
            if start < end:
                yield start, end, CONTENT

    def _without_asides(self, bounds: Bounds) -> Bounds:
        start, end = bounds
        at = bisect_left(self._asides, (start, start))
        for first, last in self._asides[at:]:
            if first >= end:
                break
            if end <= last + 1:
                end = first
        return self.text.trim((start, end))
