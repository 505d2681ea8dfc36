"""Paragraphs that begin with whose words they are."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from backend.pipeline.attribution.transcripts import with_turns
from backend.pipeline.marks import Attribution

NLP = spacy.blank("en")
NAMES = {"Marsh", "Helena", "Wikinews", "WN", "Tip"}
INTERVIEW = """Wikinews met Helena Marsh.

((WN)) Why do you run?

Marsh: I have to. It is time.

Helena Marsh: We need homes. The council says no."""


def read(text: str) -> Doc:
    doc: Doc = NLP(text)
    for token in doc:
        token.tag_ = "NNP" if token.text in NAMES else "VBP"
    return doc


def shown(doc: Doc, *marks: Attribution) -> list[tuple[str | None, str | None, list[str]]]:
    return [
        (m.source and m.source.text, m.cue and m.cue.text, [span.text for span in m.content])
        for m in with_turns(doc, marks)
    ]


TURNS = [
    ("WN", None, ["Why do you run?"]),
    ("Marsh", ":", ["I have to. It is time."]),
    ("Helena Marsh", ":", ["We need homes. The council says no."]),
]


def test_each_turn_of_an_interview_is_its_speakers() -> None:
    assert shown(read(INTERVIEW)) == TURNS


def test_what_was_made_of_a_turn_gives_way_to_it_and_what_stands_within_it_stays() -> None:
    doc = read(INTERVIEW)
    colon = next(token.i for token in doc if token.text == ":")
    part = Attribution(
        doc[colon : colon + 1], doc[colon - 1 : colon], (doc[colon + 1 : colon + 4],)
    )
    says = next(token.i for token in doc if token.text == "says")
    inner = Attribution(
        doc[says : says + 1], doc[says - 2 : says], (doc[says + 1 : says + 2], doc[1:2])
    )
    assert shown(doc, part, inner) == [("The council", "says", ["no"]), *TURNS]


def test_one_line_is_a_headline_and_a_word_that_names_nobody_no_speaker() -> None:
    assert shown(read("Helena Marsh runs.\n\nMarsh: we need homes")) == []
    assert shown(read("Tip: we run.\n\nTip: they stay.")) == []
