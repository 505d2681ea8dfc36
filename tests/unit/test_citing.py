"""Whom a report cites is the source of what it reports, and what else it cites is its own."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from backend.pipeline.attribution.citing import with_cited_sources
from backend.pipeline.marks import Attribution
from tests.spans import span

VOCAB = spacy.blank("en").vocab
TAGS = {"citing": "VBG", "Citing": "VBG", "Reuters": "NNP", "Interfax": "NNP"}
LEMMAS = {"citing": "cite", "Citing": "cite", "officials": "official"}


@pytest.mark.parametrize(
    ("text", "cue", "cited", "source", "content"),
    [
        ("It burned , Reuters said , citing officials", "citing", "officials", "officials", "It"),
        ("It burned , Reuters said , citing fears", "citing", "fears", "Reuters", "fears"),
        ("Citing officials , Reuters said It burned", "Citing", "officials", "officials", "It"),
        (
            "Reuters said , citing officials , It burned",
            "citing",
            "officials , It burned",
            "officials",
            "It",
        ),
    ],
)
def test_whom_a_report_cites(text: str, cue: str, cited: str, source: str, content: str) -> None:
    words = text.split()
    doc = Doc(
        VOCAB,
        words=words,
        tags=[TAGS.get(word, "NN") for word in words],
        lemmas=[LEMMAS.get(word, word) for word in words],
        sent_starts=[i == 0 for i in range(len(words))],
    )
    reuters = span(doc, "Reuters", "SOURCE")
    said = Attribution(span(doc, "said", "CUE"), reuters, (span(doc, "It burned", "CONTENT"),))
    citing = Attribution(span(doc, cue, "CUE"), reuters, (span(doc, cited, "CONTENT"),))
    without_source = Attribution(citing.cue, None, citing.content)
    assert list(with_cited_sources([said, without_source]))[1].source != reuters
    found = list(with_cited_sources([said, citing]))
    assert found[0] == said
    assert found[1].source is not None
    assert (found[1].source.text, found[1].content[0].text[: len(content)]) == (source, content)
