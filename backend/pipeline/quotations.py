"""Quotations: the stretches of a Doc that stand in quotation marks.

A pure function of the text and its tokens, so that it can run first in a pipeline. It reads
straight and typographic marks, tells nested single quotes from apostrophes, lets a quotation
that a paragraph leaves open run to the paragraph's end, and knows the newspaper habit of
repeating the opening mark at the head of each further paragraph of one quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from spacy.attrs import IDX
from spacy.language import Language
from spacy.tokens import Doc, Span

from .columns import QUOTATIONS, Columns, columns_of

SPAN_KEY = QUOTATIONS
CLOSED = "QUOTATION"
UNCLOSED = "UNCLOSED"
"""Label of a quotation that its paragraph does not close."""

_MARK = re.compile(r"``|''|[\"“”„«»'‘’‚]")
_DOUBLE = frozenset('"“”„') | {"``", "''"}
_GUILLEMETS = frozenset("«»")
_ALWAYS_OPEN = frozenset("„«‚") | {"``"}
_ELISION = re.compile(
    r"['’‘](?:\d\ds?|em|til|tis|twas|twere|cause|bout|cept|round|n['’]?|nuff|un|im|er)\b", re.I
)
_OPENERS = frozenset("([{—–-/…\"“„«'‘‚`")
_BEFORE_CLOSE_ONLY = frozenset(".,;:!?)]}%")


class QuotationState(IntEnum):
    """Where a token stands with regard to quotations."""

    OUTSIDE = 0
    INSIDE = 1
    OPENING = 2
    CLOSING = 3


@dataclass(slots=True)
class _Open:
    """A quotation being read: the character where it starts, and its kind of mark."""

    start: int
    family: str


def _family(mark: str) -> str:
    if mark in _DOUBLE:
        return "double"
    return "guillemet" if mark in _GUILLEMETS else "single"


class _ParagraphReader:
    """Reads the quotations of one paragraph of ``text``, ``start`` to ``end`` in characters."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.stack: list[_Open] = []
        self.found: list[tuple[int, int, bool]] = []

    def read(self, carried: str | None) -> str | None:
        """Find the quotations; take and return the kind of mark of one left open, if any."""
        marks = list(_MARK.finditer(self.text, self.start, self.end))
        if carried and not self._reopens(marks, carried) and self._closes_first(marks, carried):
            self.stack.append(_Open(self.start, carried))
        for match in marks:
            mark, family = match[0], _family(match[0])
            if family == "single":
                self._single(match)
            elif self._is_opening(match, mark, family):
                self._push(match.start(), family)
            elif any(entry.family == family for entry in self.stack):
                self._close(match.end(), family)
        return self._finish()

    def _reopens(self, marks: list[re.Match[str]], family: str) -> bool:
        return bool(marks) and marks[0].start() == self.start and _family(marks[0][0]) == family

    def _closes_first(self, marks: list[re.Match[str]], family: str) -> bool:
        """Is the first mark of its kind a closing one, so that the paragraph began inside?"""
        for match in marks:
            if _family(match[0]) == family and family != "single":
                before, after = self._around(match)
                return not before.isspace() and not (after.isalnum() or before in _OPENERS)
        return False

    def _around(self, match: re.Match[str]) -> tuple[str, str]:
        """Return the characters before and after a mark; a space at the paragraph's edges."""
        before = self.text[match.start() - 1] if match.start() > self.start else " "
        after = self.text[match.end()] if match.end() < self.end else " "
        return before, after

    def _is_opening(self, match: re.Match[str], mark: str, family: str) -> bool:
        before, after = self._around(match)
        inside = any(entry.family == family for entry in self.stack)
        can_open = before.isspace() or before in _OPENERS or (before in ",:;" and after.isalnum())
        can_close = not before.isspace()
        if mark in _ALWAYS_OPEN:
            return True
        if mark in "“":
            # a mark turned the wrong way, as in “so“
            return not (inside and can_close and not after.isalnum())
        if mark in "”»":
            return not inside and not can_close and not after.isspace()
        if inside:
            return not can_close and after.isalnum()
        return can_open and not after.isspace() and after not in _BEFORE_CLOSE_ONLY

    def _single(self, match: re.Match[str]) -> None:
        before, after = self._around(match)
        inside = bool(self.stack) and self.stack[-1].family == "single"
        if before.isalnum() and after.isalnum():
            return
        starts_word = (before.isspace() or before in _OPENERS) and not after.isspace()
        if starts_word and after not in _BEFORE_CLOSE_ONLY and not (inside and after in "\"”’'"):
            if match[0] != "’" and not _ELISION.match(self.text, match.start()) and not inside:
                self._push(match.start(), "single")
            return
        if inside and not before.isspace() and not self._is_possessive(match, before, after):
            self._close(match.end(), "single")

    def _is_possessive(self, match: re.Match[str], before: str, after: str) -> bool:
        """Tell the apostrophe of *the workers' rights* from a closing mark after an s."""
        if before not in "sS" or after != " ":
            return False
        following = self.text[match.end() + 1 : match.end() + 2]
        if not following.isalpha():
            return False
        return any(
            not later_after.isalnum() and not later_before.isspace()
            for later in _MARK.finditer(self.text, match.end(), self.end)
            if later[0] in "'’"
            for later_before, later_after in [self._around(later)]
        )

    def _push(self, start: int, family: str) -> None:
        if family != "single" and any(entry.family == family for entry in self.stack):
            # The mark that should have closed the one before is missing: it is no quotation.
            self._pop_to(family)
        self.stack.append(_Open(start, family))

    def _pop_to(self, family: str) -> _Open:
        while True:
            entry = self.stack.pop()
            if entry.family == family:
                return entry

    def _close(self, end: int, family: str) -> None:
        entry = self._pop_to(family)
        if end - entry.start > 1:
            self.found.append((entry.start, end, True))

    def _finish(self) -> str | None:
        left = [entry for entry in self.stack if entry.family != "single"]
        if left:
            self.found.append((left[0].start, self.end, False))
            return left[0].family
        if self.stack and self.stack[0].start == self.start:
            return "single"  # a quotation only if the next paragraph opens with one as well
        return None


def find_quotations(doc: Doc) -> list[Span]:
    """Return the quotations of ``doc`` with their marks, in order, outer before inner.

    A span is labelled ``UNCLOSED`` where its paragraph ends before the quotation does.
    """
    text = columns_of(doc).text
    if not _MARK.search(text):
        return []
    starts = doc.to_array(IDX).tolist()
    spans: list[Span] = []
    for start, end, closed in _character_quotations(columns_of(doc), starts):
        first = bisect_right(starts, start) - 1
        last = bisect_left(starts, end)
        spans.append(Span(doc, first, last, label=CLOSED if closed else UNCLOSED))
    return sorted(spans, key=lambda span: (span.start, -span.end))


def _character_quotations(
    columns: Columns, starts: Sequence[int]
) -> Iterator[tuple[int, int, bool]]:
    text = columns.text
    carried: str | None = None
    single_before: tuple[int, int] | None = None
    for first, last in columns.paragraphs:
        start, end = starts[first], starts[last - 1] + len(columns.words[last - 1])
        reader = _ParagraphReader(text, start, end)
        continues = carried == "single" and text[start] in "'‘"
        carried = reader.read(carried)
        if continues and single_before:
            yield (*single_before, False)
        single_before = (start, end) if carried == "single" else None
        yield from reader.found


def quotation_states(doc: Doc) -> list[int]:
    """Return, for each token of ``doc``, its ``QuotationState`` as a plain integer."""
    spans = doc.spans[SPAN_KEY] if SPAN_KEY in doc.spans else find_quotations(doc)
    states = [int(QuotationState.OUTSIDE)] * len(doc)
    for span in spans:
        states[span.start : span.end] = [int(QuotationState.INSIDE)] * len(span)
    for span in spans:
        if _MARK.search(doc[span.start].text):
            states[span.start] = int(QuotationState.OPENING)
        if span.label_ == CLOSED:
            states[span.end - 1] = int(QuotationState.CLOSING)
    return states


@Language.component("hearsay_quotations", assigns=["doc.spans"])
def mark_quotations(doc: Doc) -> Doc:
    """Set ``doc.spans["quotations"]`` to the quotations of ``doc``, their marks included."""
    doc.spans[SPAN_KEY] = find_quotations(doc)
    return doc
