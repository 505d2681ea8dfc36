"""What is proposed from hand-built trees: no model is needed."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from backend.pipeline.attribution.proposing import propose
from backend.pipeline.quotations import mark_quotations

VOCAB = spacy.blank("en").vocab


def build(*rows: str) -> Doc:
    """Build a parsed Doc from rows "word lemma tag relation head", heads counted from 1."""
    words, lemmas, tags, deps, heads = zip(*(row.split() for row in rows), strict=True)
    return mark_quotations(
        Doc(
            VOCAB,
            words=words,
            spaces=[word not in "“," for word in words],
            lemmas=lemmas,
            tags=tags,
            deps=deps,
            heads=[int(head) - 1 for head in heads],
        )
    )


def proposed(doc: Doc) -> set[tuple[str, str]]:
    return {(span.label_, span.text) for span in propose(doc)}


def test_a_passive_without_an_agent_has_no_source():
    doc = build(
        "He he PRP nsubj:pass 3",
        "is be VBZ aux:pass 3",
        "said say VBN ROOT 3",
        "to to TO mark 6",
        "have have VB aux 6",
        "fled flee VBN xcomp 3",
        ". . . punct 3",
    )
    assert proposed(doc) == {("CUE", "is said"), ("CONTENT", "He"), ("CONTENT", "to have fled")}


def test_beside_a_quotation_the_parse_need_not_be_right():
    doc = build(
        "“ “ `` punct 3",
        "I I PRP nsubj 3",
        "won win VBD ccomp 6",
        ", , , punct 3",
        "” ” '' punct 3",
        "says say VBZ ROOT 6",
        "Mišov Mišov NNP obj 3",  # it is the subject of "says"
        ". . . punct 6",
    )
    assert proposed(doc) == {("CUE", "says"), ("SOURCE", "Mišov"), ("CONTENT", "“I won ,”")}


def test_words_inside_a_quotation_are_no_cues():
    doc = build(
        "“ “ `` punct 3",
        "I I PRP nsubj 3",
        "believe believe VBP ROOT 3",
        "he he PRP nsubj 5",
        "left leave VBD ccomp 3",
        ", , , punct 3",
        "” ” '' punct 3",
    )
    assert proposed(doc) == set()


AS_CLAUSE = (
    "As as IN mark 3",
    "iFixit iFixit NNP mark 3",  # it is the subject of "notes", which depends on "stays"
    "notes note VBZ ROOT 3",
    ", , , punct 3",
    "it it PRP nsubj 6",
    "stays stay VBZ ccomp 3",
    ". . . punct 3",
)


def test_a_fronted_as_clause_is_no_main_clause():
    assert proposed(build(*AS_CLAUSE)) == {
        ("SOURCE", "iFixit"),
        ("CUE", "notes"),
        ("CONTENT", "it stays"),
    }


def test_a_fronted_as_clause_with_an_object_tells_when():
    asks = ("As as IN mark 3", "iFixit iFixit NNP nsubj 3", "asks ask VBZ ROOT 3")
    rest = ("us we PRP obj 3", ", , , punct 3", "it it PRP nsubj 7", "stays stay VBZ ccomp 3")
    assert ("CONTENT", "it stays") not in proposed(build(*asks, *rest))


def test_an_as_clause_in_the_middle_has_both_sides_as_content():
    doc = build(
        "It it PRP nsubj 7",
        ", , , punct 5",
        "as as IN mark 5",
        "Ann Ann NNP nsubj 5",
        "notes note VBZ advcl 7",
        ", , , punct 7",
        "stays stay VBZ ROOT 7",
        "shut shut JJ xcomp 7",
        ". . . punct 7",
    )
    contents = {text for label, text in proposed(doc) if label == "CONTENT"}
    assert contents == {"It", "stays shut"}


SAID_AND = (
    "She she PRP nsubj 2",
    "said say VBD ROOT 2",
    "he he PRP nsubj 5",
    "{} aux 5",
    "go go VB ccomp 2",
    "and and CC cc 7",
    "{} conj 5",  # it goes on from "said"
    "for for IN case 10",
    "a a DT det 10",
    "vote vote NN obl 7",
    ". . . punct 2",
)


def said_and(auxiliary: str, verb: str) -> set[tuple[str, str]]:
    words = iter((auxiliary, verb))
    return proposed(build(*(row.format(next(words)) if "{}" in row else row for row in SAID_AND)))


def test_a_finite_verb_goes_on_from_the_cue_and_not_from_what_is_said():
    assert said_and("would would MD", "called call VBD") == {
        ("SOURCE", "She"),
        ("CUE", "said"),
        ("CONTENT", "he would go"),
        ("CUE", "called for"),
        ("CONTENT", "a vote"),
    }


def test_a_verb_that_shares_an_auxiliary_is_part_of_what_is_said():
    assert said_and("would would MD", "call call VB") == {
        ("SOURCE", "She"),
        ("CUE", "said"),
        ("CONTENT", "he would go and call for a vote"),
    }


def test_who_is_seen_saying_something_says_it():
    doc = build(
        "a a DT det 2",
        "film film NN ROOT 2",
        "of of IN case 4",
        "Ann Ann NNP nsubj 5",
        "saying say VBG acl 2",
        "it it PRP nsubj 7",
        "rained rain VBD ccomp 5",
    )
    assert proposed(doc) >= {("SOURCE", "Ann"), ("CUE", "saying"), ("CONTENT", "it rained")}


def test_the_parser_may_give_a_raised_subject_to_the_infinitive():
    doc = build(
        "Ann Ann NNP nsubj 5",  # it is the subject of "is said"
        "is be VBZ aux:pass 3",
        "said say VBN ROOT 3",
        "to to TO mark 5",
        "leave leave VB xcomp 3",
    )
    assert proposed(doc) == {("CUE", "is said"), ("CONTENT", "Ann"), ("CONTENT", "to leave")}


QUOTED = (
    "Talks talk NNS nsubj 2",
    "continue continue VBP ROOT 2",
    "“ “ `` punct 5",
    "{} case 5",
    "{} obl 2",
    "” ” '' punct 5",
    ". . . punct 2",
)


def test_quoted_words_that_are_an_adverbial_are_not_what_is_said():
    def contents(first: str, second: str) -> set[str]:
        words = iter((first, second))
        doc = build(*(row.format(next(words)) if "{}" in row else row for row in QUOTED))
        return {text for label, text in proposed(doc) if label == "CONTENT"}

    assert contents("in in IN", "peace peace NN") == set()
    assert contents("no no DT", "peace peace NN") == {"“no peace ”"}
