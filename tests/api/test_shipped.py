"""The API with the pipeline as it ships, on sound texts and on the ones that break programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.texts import messy_texts
from tests.unit.test_engine import assert_true_spans

SAMPLE = Path(__file__).parents[2] / "backend" / "web" / "page" / "sample.txt"


def analyze(client: FlaskClient, blocks: dict[str, str], unit: str = "utf16") -> dict[str, Any]:
    sent = [{"id": name, "text": text} for name, text in blocks.items()]
    reply = client.post("/v1/analyze", json={"blocks": sent, "offset_unit": unit})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.get_json()
    assert_true_spans(found, blocks)
    return found


def sample() -> dict[str, str]:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    return {f"b{n}": line for n, line in enumerate(lines) if line}


def test_the_sample_article(client: FlaskClient):
    found = analyze(client, sample())
    document = client.get("/v1/openapi.json").get_json()
    schema = document["components"]["schemas"]["Analysis"]
    Draft202012Validator({**schema, "components": document["components"]}).validate(found)
    assert found["warnings"] == []
    assert found["summary"]["attributions"] > 20
    assert found["summary"]["hedges"] > 10
    assert 0.2 < found["summary"]["attributed_share"] < 0.9
    assert found["summary"]["own_hedges"] < found["summary"]["hedges"]


def test_both_units_give_the_same_spans(client: FlaskClient):
    blocks = {name: text.replace(" the ", " 😀 the ") for name, text in sample().items()}
    replies = [analyze(client, blocks, unit) for unit in ("utf16", "codepoint")]
    texts = [
        [span["text"] for found in reply["attributions"] for span in found["content"]]
        for reply in replies
    ]
    assert texts[0] == texts[1]


def test_the_same_text_gives_the_same_reply(client: FlaskClient):
    assert analyze(client, sample()) == analyze(client, sample())


def test_soft_hyphens_and_hard_spaces_change_nothing(client: FlaskClient):
    dressed = {
        name: text.replace("ing", "\u00ading").replace(" said", "\u00a0said")
        for name, text in sample().items()
    }
    assert dressed != sample()
    plain = cues(analyze(client, sample()))
    assert [
        cue.replace("\u00ad", "").replace("\u00a0", " ") for cue in cues(analyze(client, dressed))
    ] == plain


def cues(reply: dict[str, Any]) -> list[str]:
    return [
        found["cue"]["text"] for found in reply["attributions"] + reply["hedges"] if found["cue"]
    ]


@settings(max_examples=25)
@given(st.lists(messy_texts(), max_size=4), st.sampled_from(["utf16", "codepoint"]))
def test_spans_are_slices_of_what_was_sent(client: FlaskClient, texts: list[str], unit: str):
    # by way of JSON, where two surrogates that meet are one character
    received = json.loads(json.dumps({f"b{n}": text for n, text in enumerate(texts)}))
    analyze(client, received, unit)


def test_a_block_of_the_limit_s_length_without_spaces(client: FlaskClient):
    found = analyze(client, {"b": "x" * 200_000})
    assert found["summary"]["attributions"] == 0


@pytest.mark.parametrize(
    "piece",
    [
        *("(", "😀", "😀 ", ".)", "“", "“”", "said ", "may ", "he said he may "),
        *(
            "\x00",
            "\ud83d said ",
            "\u202esaid it may\u202c ",
            "قال الوزير. ",
            "部长说，谈判失败。 ",
        ),
    ],
)
def test_a_long_row_of_the_same(client: FlaskClient, piece: str):
    analyze(client, {"b": (piece * 2_000)[:2_000]})


def test_two_thousand_blocks(client: FlaskClient):
    found = analyze(client, {f"b{n}": "It may rain." for n in range(2_000)})
    assert found["summary"]["hedges"] == 2_000
    assert found["hedges"][-1]["cue"]["block"] == "b1999"


def test_a_text_in_another_language_is_answered(client: FlaskClient):
    text = "Das Ministerium sagte, dass die Gespräche am Montag in Genf gescheitert sind."
    assert [warning["code"] for warning in analyze(client, {"b": text})["warnings"]] == [
        "not-english"
    ]
