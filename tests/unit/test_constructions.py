"""Every rule of attribution does what its examples say, on the shipped syntax."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language

from backend.pipeline.attribution.component import link_spans
from backend.pipeline.attribution.constructions import constructions, read_tables
from backend.pipeline.attribution.proposing import propose
from backend.pipeline.attribution.scene import Scene

TABLES = read_tables()
ENTRIES = [entry for name, table in TABLES.items() if name != "transitive" for entry in table]
MARKS = {"<": "SOURCE", "*": "CUE", "[": "CONTENT"}
MARK = re.compile(r"<([^>]+)>|\*([^*]+)\*|\[([^\]]+)\]")


def cases(kind: str) -> list[object]:
    return [
        pytest.param(example, id=f"{entry['name']}: {example}")
        for entry in ENTRIES
        for example in entry.get(kind, [])
    ]


@pytest.mark.parametrize("example", cases("examples"))
def test_example(nlp: Language, example: str) -> None:
    text = MARK.sub(lambda match: match[1] or match[2] or match[3], example)
    wanted = {(MARKS[match[0][0]], match[0][1:-1]) for match in MARK.finditer(example)}
    spans = propose(nlp(text))
    assert {(span.label_, span.text) for span in spans} == wanted


@pytest.mark.parametrize("example", cases("counterexamples"))
def test_counterexample(nlp: Language, example: str) -> None:
    assert not propose(nlp(example))


@pytest.mark.parametrize(
    ("example", "kept"),
    [
        (example, kind == "counterexamples")
        for entry in TABLES["transitive"]
        for kind in ("examples", "counterexamples")
        for example in entry[kind]
    ],
)
def test_who_stands_before_a_passive_is_no_source(nlp: Language, example: str, kept: bool) -> None:
    doc = nlp(MARK.sub(lambda match: match[0][1:-1], example))
    spans = []
    for match in MARK.finditer(example):
        start = doc.text.index(match[0][1:-1])
        label = MARKS[match[0][0]]
        span = doc.char_span(start, start + len(match[0]) - 2, label=label)
        assert span is not None
        spans.append(span)
    [mark] = link_spans(Scene(doc, spans))
    assert (mark.source is not None) == kept


def test_every_entry_has_an_example() -> None:
    assert [entry["name"] for entry in ENTRIES if not entry["examples"]] == []


def test_a_word_gathers_what_its_entries_say() -> None:
    verb = constructions().verbs["announce", ""]
    assert verb.content == {"clause", "object"}
    assert verb.speech
