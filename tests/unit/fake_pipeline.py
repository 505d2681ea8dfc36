"""A pipeline for tests of what is around it: all that it knows is "said" and "may"."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from backend.pipeline.marks import Attribution, Hedge, HedgeKind, SourceKind
from backend.pipeline.paragraphs import paragraph_bounds


@Language.component("test_said")
def said(doc: Doc) -> Doc:
    """Take the word before each "said" for the source, the rest of its paragraph for content."""
    attributions = []
    hedges = []
    for start, end in paragraph_bounds(doc):
        inside = None
        for token in doc[start:end]:
            if token.text == "said" and start < token.i < end - 1:
                inside = Attribution(
                    cue=doc[token.i : token.i + 1],
                    source=doc[token.i - 1 : token.i],
                    content=(doc[token.i + 1 : end],),
                    source_kind=SourceKind.NAMED,
                    speaker=doc[token.i - 1].text,
                )
                attributions.append(inside)
            if token.text == "may":
                cue = doc[token.i : token.i + 1]
                scope = (doc[token.i + 1 : end],) if token.i + 1 < end else ()
                hedges.append(Hedge(cue, HedgeKind.MODAL, scope, inside))
    doc._.attributions = tuple(attributions)
    doc._.hedges = tuple(hedges)
    return doc


def fake_pipeline() -> Language:
    nlp = spacy.blank("en", meta={"name": "fake", "version": "1.2.3"})
    nlp.add_pipe("test_said")
    return nlp
