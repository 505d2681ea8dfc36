"""Interviews and transcripts: paragraphs that begin with whose words they are, *Marsh: …*.

One such line may be a headline's, *Minister: tax will not rise*. Where names open two
paragraphs each, and one of them is spoken of besides, what follows is all their speakers'. Wikinews
puts who asks in two pairs of parentheses, *((Wikinews)) …*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from backend.pipeline.attribution.scene import CONTENT, CUE, SOURCE
from backend.pipeline.columns import columns_of
from backend.pipeline.marks import Attribution

_LONGEST_LABEL = 4
_OPENING = frozenset({"", '"', "“", "'", "‘"})
_BEFORE_LABEL = _OPENING | {"(", "(("}
_NAME_TAGS = frozenset({"NNP", "NNPS", "NN", "JJ", "PRP"})


@dataclass(frozen=True, slots=True)
class _Turn:
    """A paragraph with its speaker: the label, then a colon or nothing, then what is said."""

    label: tuple[int, int]
    said: tuple[int, int]
    has_colon: bool

    def attribution(self, doc: Doc) -> Attribution:
        cue = self.label[1]
        return Attribution(
            cue=Span(doc, cue, cue + 1, label=CUE) if self.has_colon else None,
            source=Span(doc, *self.label, label=SOURCE),
            content=(Span(doc, *self.said, label=CONTENT),),
        )


def with_turns(doc: Doc, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield ``attributions``, less what they make of the turns of a transcript, and these turns."""
    turns = list(_turns(doc))
    if not turns:
        yield from attributions
        return
    taken = {i: n for n, one in enumerate(turns) for i in range(one.label[0], one.said[1])}
    labels = {i for one in turns for i in range(one.label[0], one.said[0])}
    for mark in attributions:
        if mark.cue is not None and mark.cue.start in labels:
            continue
        at = mark.cue.start if mark.cue is not None else mark.content[0].start
        if mark.cue is None and at in taken:
            continue
        own = tuple(span for span in mark.content if taken.get(span.start) == taken.get(at))
        if own:
            yield mark if len(own) == len(mark.content) else replace(mark, content=own)
    for one in turns:
        yield one.attribution(doc)


def _turns(doc: Doc) -> Iterator[_Turn]:
    found = [turn for bounds in columns_of(doc).paragraphs if (turn := _turn(doc, *bounds))]
    if not found:
        return
    times = Counter(_last_word(doc, turn) for turn in found)
    labels = {i for turn in found for i in range(*turn.label)}
    named = {t.lower_ for t in doc if t.tag_ in ("NNP", "NNPS") and t.i not in labels}
    is_transcript = any(count > 1 and word in named for word, count in times.items())
    for turn in found:
        if not turn.has_colon or (is_transcript and times[_last_word(doc, turn)] > 1):
            yield turn


def _last_word(doc: Doc, turn: _Turn) -> str:
    return doc[turn.label[1] - 1].lower_


def _turn(doc: Doc, start: int, end: int) -> _Turn | None:
    """Read a paragraph that begins with a name and a colon, or with ((a name))."""
    first = start
    while first < end and doc[first].text in _BEFORE_LABEL:
        first += 1
    label_end = first
    while label_end < min(end, first + _LONGEST_LABEL) and _is_name(doc, label_end):
        label_end += 1
    if label_end == first or label_end >= end:
        return None
    opened = doc[start:first].text.replace(" ", "")
    said = label_end + (doc[label_end].text == ":")
    if is_in_parentheses := opened.endswith("(("):
        while said < end and set(doc[said].text) == {")"}:
            said += 1
    is_label = label_end < said < end and (is_in_parentheses or opened in _OPENING)
    if not is_label or not any(token.tag_.startswith("V") for token in doc[said:end]):
        return None
    return _Turn((first, label_end), (said, end), not is_in_parentheses)


def _is_name(doc: Doc, i: int) -> bool:
    return bool(doc[i].text[:1].isupper() and len(doc[i]) > 1 and doc[i].tag_ in _NAME_TAGS)
