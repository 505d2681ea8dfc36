"""A second look at what the tagger held for less likely than no span at all.

A span is scored by itself; an attribution wants its content. Where a sentence has a cue and a
source for which no content was found (or but one that a rule lent them, from beside), the best of
the doubtful contents in that sentence is likelier than its score alone says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Span

from backend.pipeline.attribution.scene import CONTENT, CUE, SOURCE
from backend.pipeline.attribution.tagger import Proposals
from backend.pipeline.marks import Attribution


def missed_contents(proposals: Proposals, linked: Iterable[Attribution]) -> Iterator[Span]:
    """Yield the doubtful contents that attributions want, of which none overlap.

    Args:
        proposals: the tagger's.
        linked: the attributions that its likely spans make up.
    """
    used = {
        span
        for mark in linked
        for span in (mark.cue, mark.source)
        if span is not None and any(content in proposals.likely for content in mark.content)
    }
    unused = [span for span in proposals.likely if span not in used]
    with_source = {span.sent.start for span in unused if span.label_ == SOURCE}
    contents = sorted(
        (span for span in proposals.doubtful if span.label_ == CONTENT),
        key=lambda span: -proposals.doubtful[span],
    )
    taken: set[int] = set()
    for cue in sorted((span for span in unused if span.label_ == CUE), key=lambda c: c.start):
        sentence = cue.sent
        for content in contents if sentence.start in with_source else ():
            words = range(content.start, content.end)
            inside = sentence.start <= content.start and content.end <= sentence.end
            if inside and taken.isdisjoint(words):
                taken.update(words)
                yield content
                break
