"""Who says what in single sentences, by the shipped pipeline: each shows one mechanism.

The marks are written into the sentence, ``<source>``, ``*cue*``, ``[content]``, as in the rules.
"""

from __future__ import annotations

import re

import pytest
from spacy.language import Language

MARK = re.compile(r"<([^>]+)>|\*([^*]+)\*|\[([^\]]+)\]")
Shown = tuple[str | None, str | None, list[str]]


def found(nlp: Language, sentence: str) -> list[Shown]:
    return [
        (m.source and m.source.text, m.cue and m.cue.text, [span.text for span in m.content])
        for m in nlp(sentence)._.attributions
    ]


def read(written: str) -> tuple[str, Shown]:
    """Return the sentence, and the attribution that is written into it."""
    parts: dict[str, list[str]] = {"<": [], "*": [], "[": []}
    for match in MARK.finditer(written):
        parts[match[0][0]].append(match[0][1:-1])
    sentence = MARK.sub(lambda match: match[0][1:-1], written)
    source = parts["<"][0] if parts["<"] else None
    return sentence, (source, parts["*"][0], parts["["])


@pytest.mark.parametrize(
    "written",
    [
        # A relative pronoun speaks in its own clause alone.
        "<The aide, who (like others) asked not to be named>, *told* the paper "
        "[that the deal was dead].",
        "The aide, <who> *said* [that the deal was dead], told nobody else.",
        # Who asks does not answer.
        "Asked why he had told no one, <he> *answered*, [“Who would have believed me?”]",
        # An adverb about a phrase.
        "Jane Doe, *allegedly* [a spy], fled to Rome.",
        # What a longer cue takes up is no source and no content.
        "*Rumour has it* [that the band will split].",
        "[“The mine is safe,”] <Kowalski> *was quoted as saying*.",
        # Adjuncts, whatever the tagger thinks of them.
        'In <Smith>*\'s words*, [the plan was "a disaster"].',
        "In <the driver>*'s account*, [the light was green].",
        "*Per* <the ministry>, [40 people died in the flood].",
        "As <one teacher> *put it*, [the school is a zoo].",
        # It is nobody in particular who believes it, and not whom it is about.
        "It *is believed* [the club will announce a new sponsor next week].",
        # An aside has its content on both sides.
        "[The difference now], <he> *told* friends over the weekend, "
        "[is that he is the anchor of a news program].",
    ],
)
def test_an_attribution(nlp: Language, written: str) -> None:
    sentence, wanted = read(written)
    assert wanted in found(nlp, sentence)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Somebody new without a name is as near: it is not clear whose pronoun it is.
        ("John Smith sued the firm. Its lawyer rejected the claim. He said it was weak.", None),
        ("John Smith sued the firm. The lawyer read it. He said it was weak.", "John Smith"),
        # A text that somebody shows may say it as well.
        ("The BBC showed a film on Monday. It claims that the law does not work.", None),
        ("The BBC opened a shop on Monday. It claims that the law does not work.", "BBC"),
    ],
)
def test_a_speaker_is_named_where_it_is_clear_who(
    nlp: Language, text: str, speaker: str | None
) -> None:
    assert nlp(text)._.attributions[-1].speaker == speaker


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("If she says she will go, she will go.", "she will go"),
        ("When he says that it is late, nobody goes.", "that it is late"),
    ],
)
def test_what_is_said_ends_before_the_main_clause(
    nlp: Language, sentence: str, content: str
) -> None:
    [(_, _, contents)] = found(nlp, sentence)
    assert contents == [content]


@pytest.mark.parametrize(
    ("text", "attitude"),
    [
        ("The council told residents to leave.", "intention"),
        ("The factory is to close in May, the company told its staff.", "statement"),
        ("Officials told the Guardian that the minister is to resign.", "statement"),
    ],
)
def test_what_is_to_happen_is_not_what_somebody_is_told_to_do(
    nlp: Language, text: str, attitude: str
) -> None:
    (mark,) = nlp(text)._.attributions
    assert mark.attitude == attitude
