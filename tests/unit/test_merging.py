"""What the constructions add to what was tagged, on parsed sentences."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from backend.pipeline.attribution.component import is_grounded
from backend.pipeline.attribution.merging import merge
from backend.pipeline.marks import Attribution
from tests.spans import span


def mark(doc: Doc, source: str | None, cue: str, *content: str) -> Attribution:
    return Attribution(
        cue=span(doc, cue, "CUE"),
        source=span(doc, source, "SOURCE") if source else None,
        content=tuple(span(doc, text, "CONTENT") for text in content),
    )


def shown(marks: list[Attribution]) -> list[tuple[str | None, str | None, list[str]]]:
    return [
        (m.source and m.source.text, m.cue and m.cue.text, [c.text for c in m.content])
        for m in marks
    ]


def test_what_was_tagged_stands(nlp: Language) -> None:
    doc = nlp("Ann said that it rained.")
    tagged = mark(doc, "Ann", "said", "that it rained")
    assert merge(doc, [tagged], [mark(doc, "Ann", "said", "it rained")]) == [tagged]


def test_a_cue_without_a_source_is_given_one(nlp: Language) -> None:
    doc = nlp("The station has received confirmation from the police that the man had left.")
    found = mark(doc, "the police", "received confirmation from", "that the man had left")
    assert merge(doc, [mark(doc, None, "confirmation", "that the man had left")], [found]) == [
        found
    ]


def test_a_quotation_goes_on_after_its_speaker(nlp: Language) -> None:
    doc = nlp("“It rained,” said Ann. “It poured.”")
    tagged = mark(doc, "Ann", "said", "“It rained,”")
    constructed = mark(doc, "Ann", "said", "“It rained,”", "“It poured.”")
    assert merge(doc, [tagged], [constructed]) == [constructed]


def test_who_owns_a_source_is_not_it(nlp: Language) -> None:
    doc = nlp("The club's statement said that it rained.")
    tagged = mark(doc, "The club's", "said", "that it rained")
    constructed = mark(doc, "The club's statement", "said", "that it rained")
    assert merge(doc, [tagged], [constructed]) == [constructed]


def test_an_attribution_outside_everything_tagged_is_added(nlp: Language) -> None:
    doc = nlp("Ann said that it rained. Bob denied that it poured.")
    tagged = mark(doc, "Ann", "said", "that it rained")
    added = mark(doc, "Bob", "denied", "that it poured")
    assert merge(doc, [tagged], [added]) == [tagged, added]


def test_a_quotation_within_a_content_is_added(nlp: Language) -> None:
    doc = nlp("“It rained,” said Ann, according to the BBC.")
    tagged = mark(doc, "the BBC", "according to", "“It rained,” said Ann")
    inner = mark(doc, "Ann", "said", "“It rained,”")
    assert merge(doc, [tagged], [inner]) == [tagged, inner]


def test_who_is_quoted_as_saying_something_says_it(nlp: Language) -> None:
    doc = nlp("The BBC quoted Ann as saying that it rained.")
    tagged = mark(doc, "The BBC", "quoted", "Ann as saying that it rained")
    inner = mark(doc, "Ann", "saying", "that it rained")
    assert merge(doc, [tagged], [inner]) == [tagged, inner]


def test_a_statement_within_a_content_is_left_to_it(nlp: Language) -> None:
    doc = nlp("Ann said that Bob denied that it rained.")
    tagged = mark(doc, "Ann", "said", "that Bob denied that it rained")
    assert merge(doc, [tagged], [mark(doc, "Bob", "denied", "that it rained")]) == [tagged]


def test_a_content_ends_before_a_coordinate_clause_with_a_cue_of_its_own(nlp: Language) -> None:
    doc = nlp("According to Ann, the work was over, but the ministry announced a second stage.")
    whole = "the work was over, but the ministry announced a second stage"
    tagged = mark(doc, "Ann", "According to", whole)
    inner = mark(doc, "the ministry", "announced", "a second stage")
    assert shown(merge(doc, [tagged], [inner])) == [
        ("Ann", "According to", ["the work was over"]),
        ("the ministry", "announced", ["a second stage"]),
    ]


def test_a_content_ends_where_its_speaker_goes_on() -> None:
    words = ["She", "said", "it", "was", "late", "and", "called", "for", "a", "vote", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        heads=[1, 1, 4, 4, 1, 6, 1, 9, 9, 6, 1],
        deps=[
            "nsubj",
            "ROOT",
            "nsubj",
            "cop",
            "ccomp",
            "cc",
            "conj",
            "case",
            "det",
            "obl",
            "punct",
        ],
        tags=["PRP", "VBD", "PRP", "VBD", "JJ", "CC", "VBD", "IN", "DT", "NN", "."],
    )
    tagged = mark(doc, "She", "said", "it was late and called for a vote")
    inner = mark(doc, "She", "called for", "a vote")
    assert shown(merge(doc, [tagged], [inner])) == [
        ("She", "said", ["it was late"]),
        ("She", "called for", ["a vote"]),
    ]


@pytest.mark.parametrize(
    ("source", "cue", "expected"),
    [
        (None, "is said", True),
        (None, "is renowned for", False),
        ("The bridge", "is renowned", True),
    ],
)
def test_without_a_source_a_cue_must_be_known(
    nlp: Language, source: str | None, cue: str, expected: bool
) -> None:
    doc = nlp("The bridge is renowned for its length, and is said to be safe.")
    found = mark(doc, source, cue, "its length")
    assert is_grounded(found) == expected
    assert is_grounded(found, {span(doc, cue, "CUE")})


def test_who_was_told_is_neither_source_nor_content(nlp: Language) -> None:
    doc = nlp("In January she was told that the cracks would be handled in good time.")
    (found,) = doc._.attributions
    assert shown([found]) == [(None, "was told", ["that the cracks would be handled in good time"])]


def test_both_halves_of_what_is_said_of_somebody(nlp: Language) -> None:
    doc = nlp("The bridge is said to have cracked in the cold.")
    tagged = mark(doc, None, "is said", "The bridge")
    constructed = mark(doc, None, "is said", "to have cracked in the cold")
    (found,) = merge(doc, [tagged], [constructed])
    assert shown([found]) == [(None, "is said", ["The bridge", "to have cracked in the cold"])]


def test_a_content_is_its_own_cues(nlp: Language) -> None:
    doc = nlp("According to Ann, it was over, but Bob announced a new start.")
    tagged = mark(doc, "Ann", "According to", "it was over", "a new start")
    constructed = mark(doc, "Bob", "announced", "a new start")
    assert shown(merge(doc, [tagged], [constructed])) == [
        ("Ann", "According to", ["it was over"]),
        ("Bob", "announced", ["a new start"]),
    ]


@pytest.mark.parametrize(
    ("text", "said", "rained"),
    [
        (
            "According to the BBC, Ann said that it rained.",
            "Ann said that it rained",
            "that it rained",
        ),
        (
            "According to the BBC, Ann had warned that it rained.",
            "Ann had warned that it rained",
            "that it rained",
        ),
        ("It rained, Ann said, according to the BBC.", "It rained, Ann said", "It rained"),
    ],
)
def test_who_is_said_to_say_something_says_it_too(
    nlp: Language, text: str, said: str, rained: str
) -> None:
    found = shown(list(nlp(text)._.attributions))
    assert sorted((source, content) for source, _, content in found) == [
        ("Ann", [rained]),
        ("the BBC", [said]),
    ]


def test_an_adverb_ascribes_the_whole_clause(nlp: Language) -> None:
    doc = nlp("WeWork is reportedly being investigated by the police.")
    (found,) = doc._.attributions
    assert shown([found]) == [
        (None, "reportedly", ["WeWork is", "being investigated by the police"])
    ]
