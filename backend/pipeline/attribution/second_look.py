"""A second look at what the tagger held for less likely than no span at all.

A span is scored by itself; a source wants its cue, and a cue its content. Where a sentence has a
source that belongs to no attribution, or a cue and a source for which no content was found (or but
one from another paragraph), the best of the doubtful spans in that sentence is likelier than its
score alone says. And a content wants the cue that governs it, where syntax shows one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Span

from backend.pipeline.attribution.scene import CONTENT, CUE, SOURCE
from backend.pipeline.columns import columns_of
from backend.pipeline.marks import Attribution, tokens_of

_LINKS = {"IN", "CC", "TO"}
LEAST = -1.0
"""The tagger's log-odds that a cue has at least to be taken for a source's."""


def governed(
    spans: Sequence[Span], doubtful: Container[Span], constructed: Iterable[Attribution]
) -> Iterator[Span]:
    """Yield cue, source and content of each construction whose content the tagger proposes too.

    They overlap none of ``spans``, but for the content if it is among them, nor each other.
    """
    likely = set(spans)
    taken = tokens_of(spans)
    for mark in constructed:
        content = next((one for one in mark.content if one in likely or one in doubtful), None)
        if mark.cue is None or mark.source is None or content is None:
            continue
        added = [mark.cue, mark.source, *([] if content in likely else [content])]
        if taken.isdisjoint(tokens_of(added)):
            taken |= tokens_of(added)
            yield from added


def without_nobodys(
    doubtful: Mapping[Span, float], constructed: Iterable[Attribution]
) -> dict[Span, float]:
    """Return ``doubtful`` without cues that take in one which syntax shows to be nobody's.

    *Is reportedly being investigated* is no cue of the police, who investigate.
    """
    taken = tokens_of(mark.cue for mark in constructed if mark.cue and mark.source is None)
    return {
        span: score
        for span, score in doubtful.items()
        if span.label_ != CUE or taken.isdisjoint(range(span.start, span.end))
    }


def missed_cues(
    spans: Sequence[Span], doubtful: Mapping[Span, float], linked: Iterable[Attribution]
) -> Iterator[Span]:
    """Yield the doubtful cues that sources want, one a sentence at most.

    Args:
        spans: the likely ones.
        doubtful: those that overlap none of them, with their scores.
        linked: the attributions that ``spans`` make up.
    """
    cues = {cue: score for cue, score in doubtful.items() if score > LEAST}
    unused = list(_unused(spans, linked))
    if not unused:
        return
    sentences = columns_of(unused[0].doc).sentences
    with_cue = {sentences[span.start] for span in unused if span.label_ == CUE}
    sources = {sentences[span.start]: span for span in unused if span.label_ == SOURCE}
    taken = tokens_of(spans)
    for number, source in sorted(sources.items()):
        if number not in with_cue:
            yield from _best(cues, CUE, source.sent, taken)


def missed_contents(
    spans: Sequence[Span],
    doubtful: Mapping[Span, float],
    linked: Iterable[Attribution],
    constructed: Iterable[Attribution] = (),
) -> Iterator[Span]:
    """Yield the doubtful contents that cues with a source want, of which none overlap.

    The arguments are those of ``missed_cues``; what is ``constructed`` needs none of them.
    """
    unused = list(_unused(spans, linked))
    if not unused:
        return
    sentences = columns_of(unused[0].doc).sentences
    with_source = {sentences[span.start] for span in unused if span.label_ == SOURCE}
    taken = tokens_of(spans)
    settled = tokens_of(
        mark.cue for mark in constructed if mark.cue and mark.source and mark.content
    )
    for cue in sorted((span for span in unused if span.label_ == CUE), key=lambda c: c.start):
        if sentences[cue.start] in with_source and settled.isdisjoint(tokens_of([cue])):
            for content in _best(doubtful, CONTENT, cue.sent, taken):
                taken |= tokens_of([content])
                yield content


def _unused(spans: Sequence[Span], linked: Iterable[Attribution]) -> Iterator[Span]:
    """Yield the spans without an attribution that has a content of their paragraph among them."""
    if not spans:
        return iter(())
    likely, paragraph = set(spans), columns_of(spans[0].doc).paragraph_numbers
    used = {
        span
        for mark in linked
        for span in (mark.cue, mark.source)
        if span is not None
        and any(
            paragraph[content.start] == paragraph[span.start] and content in likely
            for content in mark.content
        )
    }
    return (span for span in spans if span not in used)


def _best(
    doubtful: Mapping[Span, float], label: str, sentence: Span, taken: Container[int]
) -> Iterator[Span]:
    """Yield the best span of this label within ``sentence`` that overlaps none of ``taken``.

    Prepositions and conjunctions alone say nothing.
    """
    inside = [
        span
        for span in doubtful
        if span.label_ == label
        and sentence.start <= span.start
        and span.end <= sentence.end
        and not any(i in taken for i in range(span.start, span.end))
        and any(token.tag_ not in _LINKS and not token.is_punct for token in span)
    ]
    if inside:
        yield max(inside, key=lambda span: doubtful[span])
