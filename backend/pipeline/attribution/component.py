"""``hearsay_attribution``: who says what, as ``Doc._.attributions``.

Two proposers of spans, one linker. The tagger has learned the many ways in which news ascribes a
claim; the constructions over syntax add what it left unmarked. Where both see something, the
tagger's extents stand: on PolNeAR's dev articles they are right more often.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from backend.pipeline.attribution.constructions import constructions
from backend.pipeline.attribution.linking import link
from backend.pipeline.attribution.proposing import propose
from backend.pipeline.attribution.tagger import Tagger
from backend.pipeline.marks import Attribution
from backend.pipeline.model import MODEL_PATH, load_model
from backend.pipeline.quotations import SPAN_KEY as QUOTATIONS

SPAN_KEY = "attributions"


def link_spans(doc: Doc, spans: Iterable[Span]) -> list[Attribution]:
    """Return the attributions that typed spans of a parsed ``doc`` make up.

    The spans are labelled SOURCE, CUE and CONTENT, and come from rules or from a tagger.
    """
    return link(doc, spans, constructions().speech)


class Attributions:
    """Set ``doc._.attributions``, and its spans as ``doc.spans["attributions"]``."""

    def __init__(self, tagger: Tagger) -> None:
        """Find what ``tagger`` marks, and what syntax alone shows."""
        self.tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        """Find the attributions of ``doc``, which has been encoded and parsed."""
        attributions = self.merge(
            doc, link_spans(doc, self.tagger.propose(doc)), link_spans(doc, propose(doc))
        )
        attributions.sort(key=lambda mark: min(span.start for span in _spans(mark)))
        doc._.attributions = tuple(attributions)
        spans = {
            (span.start, span.end, span.label_): span
            for mark in attributions
            for span in _spans(mark)
        }
        doc.spans[SPAN_KEY] = [spans[key] for key in sorted(spans)]
        return doc

    @staticmethod
    def merge(
        doc: Doc, tagged: list[Attribution], constructed: list[Attribution]
    ) -> list[Attribution]:
        """Return ``tagged``, and of ``constructed`` what adds to it.

        That is: a source for a cue that has none; an attribution outside everything tagged; and
        one around a quotation within a tagged content (*"…," says Ann, according to the BBC*).
        """
        constructed = [mark for mark in constructed if mark.cue is not None]
        cues = _tokens_of(mark.cue for mark in tagged)
        marked = _tokens_of(span for mark in tagged for span in _spans(mark))
        quoted = _tokens_of(doc.spans.get(QUOTATIONS, ()))
        contents = [set(_tokens(span)) for mark in tagged for span in mark.content]
        found = []
        for mark in tagged:
            same = [] if mark.source is not None else _with_cue(mark, constructed)
            found.append(next((other for other in same if other.source is not None), mark))
        for mark in constructed:
            cue, whole = _tokens_of([mark.cue]), _tokens_of(_spans(mark))
            is_nested = (
                mark.source is not None
                and cue.isdisjoint(cues)
                and not quoted.isdisjoint(_tokens_of(mark.content))
                and any(whole <= content for content in contents)
            )
            if is_nested or cue.isdisjoint(marked):
                found.append(mark)
        return found


def _with_cue(mark: Attribution, others: Iterable[Attribution]) -> list[Attribution]:
    cue = _tokens_of([mark.cue])
    return [other for other in others if not cue.isdisjoint(_tokens_of([other.cue]))]


def _tokens_of(spans: Iterable[Span | None]) -> set[int]:
    return {i for span in spans if span is not None for i in _tokens(span)}


def _spans(mark: Attribution) -> list[Span]:
    return [span for span in (mark.source, mark.cue, *mark.content) if span is not None]


def _tokens(span: Span) -> range:
    return range(span.start, span.end)


@Language.factory(
    "hearsay_attribution",
    default_config={"path": str(MODEL_PATH)},
    requires=["token.tag", "token.dep", "token.head", "token.lemma", "doc.spans", "doc.tensor"],
    assigns=["doc._.attributions", "doc.spans"],
)
def make_attributions(nlp: Language, name: str, path: str) -> Attributions:
    """Make the component; ``path`` is a model folder."""
    return Attributions(Tagger(load_model(Path(path))))
