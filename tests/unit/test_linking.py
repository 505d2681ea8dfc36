"""The linker on hand-built spans: it needs sentences and paragraphs, but no model."""

from __future__ import annotations

import re

import spacy
from spacy.tokens import Span

from backend.pipeline.attribution.linking import link
from backend.pipeline.attribution.scene import Scene
from backend.pipeline.quotations import mark_quotations

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
NAMES = {"<": "SOURCE", "*": "CUE", "[": "CONTENT"}
MARK = re.compile(r"<([^>]+)>|\*([^*]+)\*|\[([^\]]+)\]")


def linked(written: str) -> list[tuple[str | None, str | None, list[str]]]:
    """Link the spans written into a text: ``<source>``, ``*cue*``, ``[content]``.

    The only syntax is that *according* is a preposition of the noun after "to the".
    """
    text, spans, end = "", [], 0
    for match in MARK.finditer(written):
        text += written[end : match.start()]
        words = match[0][1:-1]
        spans.append((len(text), len(text) + len(words), NAMES[match[0][0]]))
        text += words
        end = match.end()
    doc = mark_quotations(NLP(text + written[end:]))
    for token in doc:
        token.lemma_ = token.lower_
        if token.lower_ == "according":
            token.dep_, token.head = "case", token.nbor(3)
    pieces: list[Span] = []
    for start, stop, label in spans:
        span = doc.char_span(start, stop, label=label)
        assert span is not None, f"not at the edges of tokens: {doc.text[start:stop]!r}"
        pieces.append(span)
    return [
        (a.source and a.source.text, a.cue and a.cue.text, [span.text for span in a.content])
        for a in link(Scene(doc, pieces), {"said", "say"}, {"accused"})
    ]


def test_source_cue_content():
    assert linked("<Ann> *said* [that it rained].") == [("Ann", "said", ["that it rained"])]


def test_content_before_and_after():
    assert linked("[“It rained,”] <Ann> *said*. [“It poured.”]") == [
        ("Ann", "said", ["“It rained,”", "“It poured.”"])
    ]


def test_no_source():
    assert linked("It *emerged* [that Ann had left].") == [(None, "emerged", ["that Ann had left"])]


def test_two_attributions_in_one_sentence():
    found = linked("<Ann> *said* [that it rained], but <Bob> *denied* [that it poured].")
    assert found == [
        ("Ann", "said", ["that it rained"]),
        ("Bob", "denied", ["that it poured"]),
    ]


def test_an_outer_source_takes_the_whole_inner_attribution():
    found = linked("[“It rained,”] *said* <Ann>, *according to* <the BBC>.")
    assert found == [
        ("Ann", "said", ["“It rained,”"]),
        ("the BBC", "according to", ["“It rained,” said Ann"]),
    ]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph():
    found = linked("<Ann> *said*: [“It rained.]\n\n“It poured.\n\n“It froze.” Then all was still.")
    assert found == [("Ann", "said", ["“It rained.", "“It poured.", "“It froze.”"])]


def test_a_quotation_left_open_began_in_the_paragraph_before():
    found = linked("They met.\n\n“It rained.\n\n[“It poured,”] <Ann> *said*.")
    assert found == [("Ann", "said", ["“It rained.", "“It poured,”"])]


def test_a_quotation_that_goes_on_behind_its_cue_is_not_the_next_speakers():
    found = linked(
        "[“It rained,”] <Ann> *said*. “It poured.\n\n[“It froze.]\n\n[“It snowed.”]\n\n"
        "[He laughed], <Bob> *admits*."
    )
    assert found == [
        ("Ann", "said", ["“It rained,”", "“It froze.", "“It snowed.”"]),
        ("Bob", "admits", ["He laughed"]),
    ]


def test_a_paragraph_of_quotation_belongs_to_the_speaker_before():
    found = linked(
        "[It rained], <Ann> *said*.\n\n“It poured all night, and then it froze.”\n\nThey left."
    )
    assert found == [
        ("Ann", "said", ["It rained"]),
        ("Ann", None, ["“It poured all night, and then it froze.”"]),
    ]


def test_a_paragraph_of_quotation_after_no_speaker_is_left_alone():
    assert linked("<Ann> *wants* [rain].\n\n“It poured all night, and then it froze.”") == [
        ("Ann", "wants", ["rain"])
    ]


def test_a_cue_with_a_colon_takes_the_next_paragraph():
    found = linked("<Ann> *said:*\n\n“It poured all night, and then it froze.”")
    assert found == [("Ann", "said:", ["“It poured all night, and then it froze.”"])]


def test_a_cue_without_content_makes_no_attribution():
    assert linked("<Ann> *said* so.") == []


def test_no_spans():
    assert linked("It rained.") == []


def test_a_colon_has_its_source_before_it():
    assert linked("<Minister>*:* [Tax will not rise]") == [("Minister", ":", ["Tax will not rise"])]
    assert linked("Tax*:* <The ministry> blocks [a rise]") == []


def test_an_unquoted_content_of_another_sentence_is_left_out():
    found = linked("[A pilot who fled]. <Ann> *said* [that he left on foot].")
    assert found == [("Ann", "said", ["that he left on foot"])]


def test_a_new_quotation_in_the_next_paragraph_is_the_speakers_but_not_the_cues():
    found = linked("<Ann> *said* [that it rained].\n\n[“It has poured since noon.”]")
    assert found == [
        ("Ann", "said", ["that it rained"]),
        ("Ann", None, ["“It has poured since noon.”"]),
    ]


def test_a_quotation_over_paragraphs_with_a_cue_in_each_has_both():
    found = linked(
        "<Ann Lee> *wrote:* [“It poured all night.]\n\n[“And then it froze,”] <Lee> *said*."
    )
    assert found == [
        ("Ann Lee", "wrote:", ["“It poured all night."]),
        ("Lee", "said", ["“And then it froze,”"]),
    ]


def test_a_quotation_signed_with_a_dash():
    assert linked("[“It rained.”] ― <Ann Weiss>") == [("Ann Weiss", "―", ["“It rained.”"])]
    assert linked("[“It rained.”] and <Ann Weiss>") == []


def test_a_signature_that_was_not_seen_as_a_source():
    assert linked("[“It rained.”] ― Ann Weiss\n\nSo they say.") == [
        ("Ann Weiss", "―", ["“It rained.”"])
    ]
    assert linked("[“It rained.”] ― Ann Weiss wept.") == []


def test_who_is_accused_is_no_source():
    assert linked("<Minister> *accused of* [lying].") == [(None, "accused of", ["lying"])]
    assert linked("<Ann> *accused* [him of lying].") == [("Ann", "accused", ["him of lying"])]


def test_a_quotation_in_a_headline_is_not_said_below():
    written = "[“I never did”]: nurse in court.\n\n<The nurse> *said* [that it rained]."
    assert linked(written) == [("The nurse", "said", ["that it rained"])]


def test_a_quotation_is_said_to_its_end():
    assert linked("[“It rained.] It poured,” <Ann> *said*.")[0][2] == ["“It rained. It poured,”"]
    assert linked("[“It rained”] and poured, <Ann> *said*.")[0][2] == ["“It rained”"]
