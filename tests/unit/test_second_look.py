"""Cues that sources want, and contents that cues want, among what the tagger held for unlikely."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from backend.pipeline.attribution.second_look import missed_contents, missed_cues
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


def contents(doc: Doc, likely: list[tuple[str, str]], doubtful: dict[str, float]) -> list[str]:
    spans = [span(doc, text, label) for text, label in likely]
    scores = {span(doc, text, "CONTENT"): score for text, score in doubtful.items()}
    return [content.text for content in missed_contents(spans, scores, [])]


def cues(doc: Doc, likely: list[tuple[str, str]], doubtful: dict[str, float]) -> list[str]:
    spans = [span(doc, text, label) for text, label in likely]
    scores = {span(doc, text, "CUE"): score for text, score in doubtful.items()}
    return [cue.text for cue in missed_cues(spans, scores, [])]


ANN_FEARED = [("Ann", "SOURCE"), ("feared", "CUE")]


def test_the_best_of_the_sentence(doc: Doc) -> None:
    doubtful = {"storm": -2.0, "a storm": -1.0, "Rain fell": -0.5}
    assert contents(doc, ANN_FEARED, doubtful) == ["a storm"]


def test_none_without_a_source(doc: Doc) -> None:
    assert contents(doc, [("feared", "CUE")], {"a storm": -1.0}) == []


def test_none_where_the_cue_has_a_content(doc: Doc) -> None:
    source, cue = span(doc, "Ann", "SOURCE"), span(doc, "feared", "CUE")
    content = span(doc, "storm", "CONTENT")
    doubtful = {span(doc, "a", "CONTENT"): -1.0}
    linked = [Attribution(cue=cue, source=source, content=(content,))]
    assert list(missed_contents([source, cue, content], doubtful, linked)) == []


def test_a_content_lent_from_beside_gives_way(doc: Doc) -> None:
    source, cue = span(doc, "Ann", "SOURCE"), span(doc, "feared", "CUE")
    own, lent = span(doc, "a storm", "CONTENT"), span(doc, "Rain fell", "CONTENT")
    linked = [Attribution(cue=cue, source=source, content=(lent,))]
    assert list(missed_contents([source, cue], {own: -1.0}, linked)) == [own]


def test_none_where_a_construction_has_one(doc: Doc) -> None:
    source, cue = span(doc, "Ann", "SOURCE"), span(doc, "feared", "CUE")
    constructed = [Attribution(cue, source, (span(doc, "a storm", "CONTENT"),))]
    doubtful = {span(doc, "storm", "CONTENT"): -0.5}
    assert list(missed_contents([source, cue], doubtful, [], constructed)) == []


def test_no_content_is_given_twice(doc: Doc) -> None:
    likely = [*ANN_FEARED, ("a", "CUE")]
    assert contents(doc, likely, {"storm": -1.0}) == ["storm"]


ANN = [("Ann", "SOURCE")]


@pytest.mark.parametrize(
    ("likely", "doubtful", "found"),
    [
        (ANN, {"feared": -0.5, "feared a": -1.0, "fell": -0.1}, ["feared"]),
        (ANN, {"feared": -3.0}, []),
        ([*ANN, ("storm", "CUE")], {"feared": -0.5}, []),
        ([("a storm", "CONTENT")], {"feared": -0.5}, []),
    ],
    ids=[
        "the best of the sentence",
        "none out of reach",
        "none beside a cue",
        "for a source alone",
    ],
)
def test_a_source_wants_its_cue(
    doc: Doc, likely: list[tuple[str, str]], doubtful: dict[str, float], found: list[str]
) -> None:
    assert cues(doc, likely, doubtful) == found
