"""The checker of golden articles sees what it is for: each kind of difference, and agreement."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.expected_spans import Article, problems

ARTICLE = Article(
    "Rain fell.\n\n“It is wet,” says Ann, according to the BBC.\n\nYou may go in May."
)
EXPECTED: dict[str, Any] = {
    "attributions": [
        {
            "p": 1,
            "cue": "says",
            "n": 0,
            "source": "Ann",
            "source_kind": "named",
            "content": ["“It is wet,”"],
            "must": True,
        },
        {
            "p": 1,
            "cue": "according to",
            "n": 0,
            "source": "the BBC",
            "source_kind": "named",
            "content": [],
            "must": True,
        },
    ],
    "hedges": [{"p": 2, "cue": "may", "n": 0, "kind": "modal", "scope": None, "must": False}],
    "no_attribution_in": [{"p": 0, "why": "narration"}],
    "not_hedges_or_cues": [{"p": 2, "cue": "May", "why": "the month"}],
}


def span(text: str) -> dict[str, Any]:
    start = ARTICLE.text.index(text)
    return {"start": start, "end": start + len(text), "text": text}


def attribution(cue: str, source: str) -> dict[str, Any]:
    return {
        "cue": span(cue),
        "source": span(source),
        "content": [span("“It is wet,”")],
        "source_kind": "named",
        "stance": "neutral",
        "attitude": "statement",
        "quote": "direct",
        "negated": False,
        "speaker": None,
    }


def perfect() -> dict[str, Any]:
    return {
        "attributions": [attribution("says", "Ann"), attribution("according to", "BBC")],
        "hedges": [{"cue": span("may"), "kind": "modal"}],
    }


def test_agreement_has_no_problems() -> None:
    assert problems(EXPECTED, ARTICLE, perfect()) == []


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        (("attributions", 0, "source"), None, "source is None"),
        (("attributions", 0, "source_kind"), "vague", "source_kind is 'vague'"),
        (("attributions", 0, "content"), [], "content overlaps by 0.00"),
        (("attributions", 0, "cue"), span("fell"), "no attribution has this cue"),
        (("attributions", 0, "cue"), span("Rain"), "no cue of attribution: narration"),
        (("hedges", 0, "kind"), "hearsay", "kind is ['hearsay']"),
        (("hedges", 0, "cue"), span("Rain"), "hedge “may”: not found"),
        (("hedges", 0, "cue"), span("May"), "not to be marked: the month"),
    ],
)
def test_each_difference_is_a_problem(
    path: tuple[str, int, str], value: object, complaint: str
) -> None:
    reply = copy.deepcopy(perfect())
    family, index, field = path
    reply[family][index][field] = value
    assert any(complaint in str(problem) for problem in problems(EXPECTED, ARTICLE, reply))


def test_a_mistake_in_the_expectations_themselves_is_an_error() -> None:
    expected = copy.deepcopy(EXPECTED)
    expected["hedges"][0]["cue"] = "might"
    with pytest.raises(ValueError, match="no occurrence 0 of 'might'"):
        problems(expected, ARTICLE, perfect())
