"""``hearsay_attribution``: who says what, as ``Doc._.attributions``."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from backend.pipeline.attribution.constructions import constructions
from backend.pipeline.attribution.linking import link
from backend.pipeline.attribution.proposing import propose
from backend.pipeline.marks import Attribution

SPAN_KEY = "attributions"


def link_spans(doc: Doc, spans: Iterable[Span]) -> list[Attribution]:
    """Return the attributions that typed spans of a parsed ``doc`` make up.

    The spans are labelled SOURCE, CUE and CONTENT, and come from rules or from a tagger.
    """
    return link(doc, spans, constructions().speech)


@Language.component(
    "hearsay_attribution",
    requires=["token.tag", "token.dep", "token.head", "token.lemma", "doc.spans"],
    assigns=["doc._.attributions", "doc.spans"],
)
def find_attributions(doc: Doc) -> Doc:
    """Set ``doc._.attributions``, and its spans as ``doc.spans["attributions"]``."""
    attributions = link_spans(doc, propose(doc))
    doc._.attributions = tuple(attributions)
    spans = {
        (span.start, span.end, span.label_): span
        for mark in attributions
        for span in (mark.source, mark.cue, *mark.content)
        if span is not None
    }
    doc.spans[SPAN_KEY] = [spans[key] for key in sorted(spans)]
    return doc
