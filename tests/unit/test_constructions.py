"""Every rule of attribution does what its examples say, on the shipped syntax."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language

from backend.pipeline.attribution.constructions import constructions, read_tables
from backend.pipeline.attribution.proposing import propose

ENTRIES = [entry for table in read_tables().values() for entry in table]
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


def test_every_entry_has_an_example() -> None:
    assert [entry["name"] for entry in ENTRIES if not entry["examples"]] == []


def test_a_word_gathers_what_its_entries_say() -> None:
    verb = constructions().verbs["announce", ""]
    assert verb.content == {"clause", "object"}
    assert verb.speech
