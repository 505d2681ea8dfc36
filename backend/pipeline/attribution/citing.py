"""Where a report has it from: *…, Reuters reported, citing two officials*.

Whom or what it cites answers for what is reported, and is no claim. What else is cited, *citing
fears of a strike*, is what the speaker says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span

from backend.pipeline.attribution.names import Bearer, names_of
from backend.pipeline.attribution.scene import SOURCE
from backend.pipeline.attribution.sources import head_of
from backend.pipeline.attribution.word_lists import listed
from backend.pipeline.marks import Attribution

_CITING = frozenset({"cite", "quote"})
_LISTS = ("cited", "body", "collective")


def with_cited_sources(attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield ``attributions``, and those that cite somebody with these as source."""
    for mark in attributions:
        reported = _reported(mark, attributions) if _cites(mark) else None
        if reported is not None:
            [cited] = mark.content
            source = Span(cited.doc, cited.start, _end(cited, reported), label=SOURCE)
            if _is_source(source):
                mark = replace(mark, source=source, content=reported.content)
        yield mark


def _cites(mark: Attribution) -> bool:
    if mark.cue is None or mark.cue.root.tag_ != "VBG" or len(mark.content) != 1:
        return False
    return mark.cue.root.lemma_.lower() in _CITING


def _is_source(cited: Span) -> bool:
    """Is what is cited somebody, or something that is read, rather than a reason?"""
    head = head_of(cited)
    if any(listed(name, head.lower_, head.lemma_.lower()) for name in _LISTS):
        return True
    names = names_of(cited.doc).within(cited.start, cited.end)
    return any(
        name.start <= head.i < name.end and name.bearer in {Bearer.PERSON, Bearer.BODY}
        for name in names
    )


def _reported(mark: Attribution, attributions: Sequence[Attribution]) -> Attribution | None:
    """Return the attribution of the same sentence that ``mark`` goes on from, or leads up to."""
    cue = mark.cue
    assert cue is not None
    sentence = cue.sent
    beside = [
        other
        for other in attributions
        if other.cue is not None
        and sentence.start <= other.cue.start < sentence.end
        and other.content
        and (
            other.cue.start < cue.start
            or (other.cue != cue and mark.source in (None, other.source))
        )
        and not any(span.start <= cue.start < span.end for span in other.content)
    ]
    return min(beside, key=lambda other: abs(_start(other) - cue.start), default=None)


def _end(cited: Span, reported: Attribution) -> int:
    """Return where those end who are cited: *reported, citing two officials, that …*."""
    inside = (one.start for one in reported.content if cited.start < one.start < cited.end)
    end = min(inside, default=cited.end)
    while end > cited.start + 1 and cited.doc[end - 1].is_punct:
        end -= 1
    return int(end)


def _start(mark: Attribution) -> int:
    return int(mark.cue.start) if mark.cue is not None else 0
