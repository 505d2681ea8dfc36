"""The wording of the labels is complete, and keeps to its own form."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from backend.pipeline.marks import Attitude, HedgeKind, Quote, SourceKind, Stance

FAMILIES: dict[str, dict[str, Any]] = {
    family["id"]: family
    for family in json.loads(
        (Path(__file__).parents[2] / "backend" / "labels.json").read_text("utf-8")
    )["families"]
}
LABELS = [
    pytest.param(label, id=f"{name}-{label['value']}")
    for name, family in FAMILIES.items()
    for label in family["labels"]
]


@pytest.mark.parametrize(
    ("family", "values"),
    [
        ("source_kind", SourceKind),
        ("stance", Stance),
        ("attitude", Attitude),
        ("quote", Quote),
        ("hedge", HedgeKind),
    ],
)
def test_every_value_has_its_label(family: str, values: type[StrEnum]) -> None:
    assert [label["value"] for label in FAMILIES[family]["labels"]] == [v.value for v in values]


def test_the_parts_and_the_polarity_have_labels_too() -> None:
    assert [label["value"] for label in FAMILIES["attribution"]["labels"]] == [
        "source",
        "cue",
        "content",
    ]
    assert [label["value"] for label in FAMILIES["negated"]["labels"]] == [False, True]


@pytest.mark.parametrize("label", LABELS)
def test_a_definition_has_two_sentences_and_the_reason_one(label: dict[str, Any]) -> None:
    assert len(re.findall(r"[.?!](?=\s|$)", label["definition"])) == 2
    assert len(re.findall(r"[.?!](?=\s|$)", label["why"])) == 1


@pytest.mark.parametrize("label", LABELS)
def test_three_examples_hold_the_words_they_are_examples_of(label: dict[str, Any]) -> None:
    assert label["example"] == label["examples"][0]
    assert len(label["examples"]) == len(label["marks"]) == 3
    assert all(
        mark.lower() in example.lower()
        for example, mark in zip(label["examples"], label["marks"], strict=True)
    )


def test_no_two_labels_have_the_same_name() -> None:
    names = [label["name"] for family in FAMILIES.values() for label in family["labels"]]
    assert sorted(set(names)) == sorted(names)
