"""The labelled cases are whole, and names are compared as a reader would."""

from __future__ import annotations

from collections import Counter

import pytest

from backend.evaluate.attributes import ATTRIBUTES, SPLITS, read_cases, same_name
from backend.pipeline.marks import Attitude, Quote, SourceKind, Stance

VALUES = {
    "source_kind": set(SourceKind),
    "stance": set(Stance),
    "attitude": set(Attitude),
    "quote": set(Quote),
    "negated": {True, False},
}


def test_every_label_is_a_value_of_its_family() -> None:
    for case in read_cases():
        assert case.split in SPLITS
        for name in ATTRIBUTES:
            assert case.labels[name] is None or case.labels[name] in VALUES[name]


def test_no_article_is_both_tuned_on_and_held_out() -> None:
    splits: dict[str, set[str]] = {}
    for case in read_cases():
        splits.setdefault("tuning" if case.split == "tuning" else "other", set()).add(case.article)
    assert not splits["tuning"] & splits["other"]


def test_there_are_enough_cases_of_each_question() -> None:
    counts = Counter(
        name
        for case in read_cases()
        if case.split == "held-out"
        for name, label in case.labels.items()
        if label is not None
    )
    assert all(counts[name] >= 150 for name in ATTRIBUTES)
    assert counts["speaker"] >= 100


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("President Obama", "Obama", True),
        ("the Tax Foundation", "Tax Foundation", True),
        ("Trump’s", "Trump", True),
        ("Mr. King", "Larry King", False),
        ("Bill Clinton", "Hillary Clinton", False),
        (None, None, True),
        (None, "Obama", False),
    ],
)
def test_names_are_the_same_but_for_titles_and_articles(
    one: str | None, other: str | None, are_same: bool
) -> None:
    assert (same_name(one) == same_name(other)) is are_same
