"""Contents that a cue and its source want, among those that the tagger held for unlikely."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from backend.pipeline.attribution.second_look import missed_contents
from backend.pipeline.attribution.tagger import Proposals
from backend.pipeline.marks import Attribution

WORDS = ["Ann", "feared", "a", "storm", ".", "Rain", "fell", "all", "day", "."]


@pytest.fixture
def doc() -> Doc:
    starts: list[bool | int | None] = [i in (0, 5) for i in range(len(WORDS))]
    return Doc(spacy.blank("en").vocab, words=WORDS, sent_starts=starts)


def span(doc: Doc, text: str, label: str) -> Span:
    words = text.split()
    start = next(i for i in range(len(doc)) if WORDS[i : i + len(words)] == words)
    return Span(doc, start, start + len(words), label=label)


def missed(doc: Doc, likely: list[tuple[str, str]], doubtful: dict[str, float]) -> list[str]:
    proposals = Proposals(
        {span(doc, text, label): 3.0 for text, label in likely},
        {span(doc, text, "CONTENT"): score for text, score in doubtful.items()},
    )
    return [content.text for content in missed_contents(proposals, [])]


ANN_FEARED = [("Ann", "SOURCE"), ("feared", "CUE")]


def test_the_best_of_the_sentence(doc: Doc) -> None:
    doubtful = {"storm": -2.0, "a storm": -1.0, "Rain fell": -0.5}
    assert missed(doc, ANN_FEARED, doubtful) == ["a storm"]


def test_none_without_a_source(doc: Doc) -> None:
    assert missed(doc, [("feared", "CUE")], {"a storm": -1.0}) == []


def test_none_where_the_cue_has_a_content(doc: Doc) -> None:
    source, cue = span(doc, "Ann", "SOURCE"), span(doc, "feared", "CUE")
    content = span(doc, "storm", "CONTENT")
    proposals = Proposals({source: 3.0, cue: 3.0, content: 1.0}, {span(doc, "a", "CONTENT"): -1.0})
    linked = [Attribution(cue=cue, source=source, content=(content,))]
    assert list(missed_contents(proposals, linked)) == []


def test_no_content_is_given_twice(doc: Doc) -> None:
    likely = [*ANN_FEARED, ("a", "CUE")]
    assert missed(doc, likely, {"storm": -1.0}) == ["storm"]
