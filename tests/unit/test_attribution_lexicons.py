"""Every example in the lexicons of attribution gets what its entry says, by the shipped syntax."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from backend.pipeline.attribution.cues import (
    CueEntry,
    entries,
    is_hearing,
    is_negated,
    read_cue,
)
from backend.pipeline.attribution.names import Names
from backend.pipeline.attribution.sources import kind_of
from backend.pipeline.attribution.word_lists import word_lists

SYNTAX = ["hearsay_quotations", "hearsay_encoder", "hearsay_syntax"]


@pytest.fixture(scope="module")
def parser(nlp: Language) -> Iterator[Language]:
    with nlp.select_pipes(enable=SYNTAX):
        yield nlp


def cue_and_content(parser: Language, example: str) -> tuple[Span, list[Span]]:
    """Read "She [said] it rained." as a cue and what follows it."""
    before, _, rest = example.partition("[")
    cue, _, after = rest.partition("]")
    doc: Doc = parser(before + cue + after)
    span = doc.char_span(len(before), len(before) + len(cue))
    assert span is not None, f"the brackets of {example!r} cut a word"
    return span, [doc[span.end : len(doc) - 1]]


CUES = [
    pytest.param(entry, example, negated, id=example)
    for entry in entries()
    for negated, examples in ((False, entry.examples), (True, entry.negated_examples))
    for example in examples
]


@pytest.mark.parametrize(("entry", "example", "negated"), CUES)
def test_a_cue_has_the_stance_and_attitude_of_its_entry(
    parser: Language, entry: CueEntry, example: str, negated: bool
) -> None:
    cue, content = cue_and_content(parser, example)
    inside = {i for span in content for i in range(span.start, span.end)}
    if negated:
        assert is_negated(cue, None, inside)
    stance, attitude = read_cue(cue, content, is_negated(cue, None, inside))
    assert stance is (entry.negated if negated else entry.stance)
    if entry.attitude is not None:
        assert attitude is entry.attitude


SOURCES = [
    pytest.param(phrase, kind, id=phrase)
    for words in word_lists().values()
    for kind, phrases in words.examples.items()
    for phrase in phrases
]


@pytest.mark.parametrize(("phrase", "kind"), SOURCES)
def test_a_source_has_the_kind_of_its_list(parser: Language, phrase: str, kind: str) -> None:
    doc = parser(f"{phrase} said that it was late.")
    source = doc.char_span(0, len(phrase))
    assert source is not None
    assert kind_of(source, Names(doc)) == kind


@pytest.mark.parametrize(
    ("example", "is_denied"),
    [
        ("He [did not say] that it was late.", True),
        ("She has [never claimed] that it was late.", True),
        ("He [has yet to explain] why it was late.", True),
        ("He [denied] that it was late.", False),
        ("He [not only said] that it was late, but wrote it.", False),
        ("He [said] that it was not late.", False),
    ],
)
def test_negation_is_of_the_cue_and_not_of_the_content(
    parser: Language, example: str, is_denied: bool
) -> None:
    cue, content = cue_and_content(parser, example)
    inside = {i for span in content for i in range(span.start, span.end)}
    assert is_negated(cue, None, inside) is is_denied


def test_a_source_that_is_nobody_denies(parser: Language) -> None:
    doc = parser("Nobody believes that it was late.")
    assert is_negated(doc[1:2], doc[0:1], range(2, len(doc)))


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("Police [refused to confirm] that he was there.", True),
        ("Police [refused to leave] the town.", False),
        ("The ministry [declined] to comment.", False),
        ("The ministry [declined to] comment.", False),
        ("The ministry [declined] to say who fired.", True),
    ],
)
def test_what_somebody_refuses_to_say_is_not_said(
    parser: Language, example: str, expected: bool
) -> None:
    cue, content = cue_and_content(parser, example)
    assert is_negated(cue, None, {i for span in content for i in range(span.start, span.end)}) == (
        expected
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The court heard that", True),
        ("The singer heard that", False),
        ("The court saw that", False),
    ],
)
def test_a_court_hears_what_it_is_told(parser: Language, text: str, expected: bool) -> None:
    doc = parser(f"{text} he had left.")
    assert is_hearing(doc[2:3], doc[0:2]) == expected
