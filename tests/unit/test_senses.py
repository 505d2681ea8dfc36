"""Every sense of a verb of saying in which nothing is said does what its examples say."""

from __future__ import annotations

import pytest
from spacy.language import Language

from backend.pipeline.attribution.senses import read_senses


def cases(kind: str) -> list[object]:
    return [
        pytest.param(example, id=f"{sense['name']}: {example}")
        for sense in read_senses()
        for example in sense[kind]
    ]


@pytest.mark.parametrize("example", cases("examples"))
def test_nothing_is_said(nlp: Language, example: str) -> None:
    assert not nlp(example)._.attributions


@pytest.mark.parametrize("example", cases("counterexamples"))
def test_something_is_said(nlp: Language, example: str) -> None:
    before, cue, after = example.split("*")
    cues = [mark.cue for mark in nlp(before + cue + after)._.attributions]
    assert any(found is not None and cue in found.text for found in cues)
