"""Sentences that their speaker interrupts: *The museum, Ann said, celebrates its founders*.

What stands on one side of such an aside is as much the speaker's as what stands on the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from backend.pipeline.attribution.constructions import constructions
from backend.pipeline.attribution.merging import spans_of
from backend.pipeline.attribution.proposing.subjects import NOMINAL
from backend.pipeline.attribution.scene import CONTENT
from backend.pipeline.columns import columns_of
from backend.pipeline.marks import Attribution

_MARKS = frozenset({",", "—", "–", "--"})
_BESIDE = NOMINAL | {"IN", "TO", "RB"}
"""Tags of the words by which an aside says when and to whom it was said."""
_GOES_ON = frozenset({"CC", "VBG", "WP", "WDT", "WRB"})
"""Tags of words that may go on from the aside itself: *…, Ann said, and left*."""


def complete(doc: Doc, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield ``attributions``, those in the middle of a sentence with both its sides as content.

    A side that other marks or quotations reach into is left alone.
    """
    quoted = bytearray(len(doc))
    for start, end in columns_of(doc).quotations:
        quoted[start:end] = b"\1" * (end - start)
    taken = quoted[:]
    for mark in attributions:
        for span in spans_of(mark):
            taken[span.start : span.end] = b"\1" * len(span)
    for mark in attributions:
        sides = _sides(mark)
        free = [side for side in sides if not any(taken[side.start : side.end])]
        others = [side for side in sides if any(_overlap(side, span) for span in mark.content)]
        is_indirect = not any(any(quoted[span.start : span.end]) for span in mark.content)
        if len(free) == len(others) == 1 and is_indirect:
            [side] = free
            content = sorted((*mark.content, side), key=lambda span: int(span.start))
            mark = replace(mark, content=tuple(content))
        yield mark


def _sides(mark: Attribution) -> list[Span]:
    """Return what stands before and after an aside of a source and a cue of saying."""
    if mark.cue is None or mark.source is None:
        return []
    doc, columns = mark.cue.doc, columns_of(mark.cue.doc)
    if constructions().speech.isdisjoint(columns.lemmas[mark.cue.start : mark.cue.end]):
        return []
    start = min(mark.cue.start, mark.source.start)
    end = max(mark.cue.end, mark.source.end)
    if end - start != len(mark.cue) + len(mark.source):
        return []
    first, last = columns.sentence(mark.cue.start)
    while end < last and columns.tags[end] in _BESIDE:
        end += 1
    if start <= first or end + 1 >= last:
        return []
    if columns.words[start - 1] not in _MARKS or columns.words[end] not in _MARKS:
        return []
    if columns.tags[end + 1] in _GOES_ON:
        return []
    while last > end + 1 and (columns.is_punct[last - 1] or columns.is_space[last - 1]):
        last -= 1
    bounds = ((first, start - 1), (end + 1, last))
    return [Span(doc, low, high, label=CONTENT) for low, high in bounds if low < high]


def _overlap(one: Span, other: Span) -> bool:
    return bool(one.start < other.end and other.start < one.end)
