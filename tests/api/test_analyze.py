"""POST /v1/analyze: what it takes, what it answers, and how it refuses."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from backend.engine import Engine
from backend.settings import Settings
from backend.web import create_app
from tests.texts import messy_texts
from tests.unit.test_engine import assert_true_spans


def analyze(api: FlaskClient, body: Any, status: int = 200) -> dict[str, Any]:
    reply = api.post("/v1/analyze", json=body)
    assert reply.status_code == status, reply.text
    return reply.get_json()


def app_with(max_chars: int, engine: Engine) -> FlaskClient:
    return create_app(Settings(max_chars=max_chars), engine).test_client()


def test_blocks(api: FlaskClient):
    reply = analyze(api, {"blocks": [{"id": "x", "text": "😀 Anna said so.", "kind": "item"}]})
    assert reply["model"] == {"name": "fake", "version": "1.2.3"}
    assert reply["offset_unit"] == "utf16"
    [found] = reply["attributions"]
    assert found["cue"] == {"block": "x", "start": 8, "end": 12, "text": "said"}


def test_the_paragraphs_of_a_text_are_its_lines(api: FlaskClient):
    text = "😀 Anna said so.\nBen said no."
    reply = analyze(api, {"text": text, "offset_unit": "codepoint"})
    assert [found["content"][0] for found in reply["attributions"]] == [
        {"block": "text", "start": 12, "end": 15, "text": "so."},
        {"block": "text", "start": 25, "end": 28, "text": "no."},
    ]


def test_an_empty_text_is_answered(api: FlaskClient):
    for body in ({"text": ""}, {"blocks": []}, {"blocks": [{"id": "b", "text": ""}]}):
        reply = analyze(api, body)
        assert [warning["code"] for warning in reply["warnings"]] == ["no-text"]
        assert reply["attributions"] == reply["hedges"] == []


def test_lone_surrogates_come_back_as_they_were(api: FlaskClient):
    body = rb'{"text": "\ud83d Anna said \ude00 \ud83d\ude00."}'
    reply = api.post("/v1/analyze", data=body, content_type="application/json")
    assert reply.status_code == 200
    found = reply.get_json()["attributions"][0]["content"][0]
    assert (found["text"], found["start"], found["end"]) == ("\ude00 😀.", 12, 17)


@given(
    st.dictionaries(st.text(max_size=3), messy_texts(), max_size=4),
    st.sampled_from(["utf16", "codepoint"]),
)
def test_spans_are_slices_of_what_was_sent(api: FlaskClient, blocks: dict[str, str], unit: str):
    texts = {name: f"{text} Anna said {text} may" for name, text in blocks.items()}
    sent = [{"id": name, "text": text} for name, text in texts.items()]
    # by way of JSON, where two surrogates that meet are one character
    body = json.dumps({"blocks": sent, "offset_unit": unit})
    received = {block["id"]: block["text"] for block in json.loads(body)["blocks"]}
    reply = api.post("/v1/analyze", data=body, content_type="application/json")
    if len(received) < len(texts):  # ids that only differed by how a character was written
        assert reply.status_code == 422
    else:
        assert_true_spans(reply.get_json(), received)


@pytest.mark.parametrize(
    ("body", "pointer", "word"),
    [
        ([], "#", "array"),
        ("text", "#", "string"),
        (None, "#", "null"),
        (True, "#", "boolean"),
        (1.5, "#", "number"),
        ({}, "#", "either"),
        ({"text": "", "blocks": []}, "#", "either"),
        ({"text": None}, "#/text", "null"),
        ({"text": ["a"]}, "#/text", "array"),
        ({"blocks": "a"}, "#/blocks", "string"),
        ({"blocks": {"id": "a", "text": ""}}, "#/blocks", "object"),
        ({"blocks": ["a"]}, "#/blocks/0", "string"),
        ({"blocks": [{"text": ""}]}, "#/blocks/0", "missing"),
        ({"blocks": [{"id": "a"}]}, "#/blocks/0", "missing"),
        ({"blocks": [{"id": 1, "text": ""}]}, "#/blocks/0/id", "number"),
        ({"blocks": [{"id": "a", "text": None}]}, "#/blocks/0/text", "null"),
        ({"blocks": [{"id": "a", "text": ""}] * 2}, "#/blocks/1/id", "differ"),
        ({"text": "", "offset_unit": "utf8"}, "#/offset_unit", "codepoint"),
        ({"text": "", "offset_unit": None}, "#/offset_unit", "utf16"),
        ({"text": "", "offset_unit": ["utf16"]}, "#/offset_unit", "utf16"),
    ],
)
def test_json_of_another_shape(api: FlaskClient, body: Any, pointer: str, word: str):
    reply = api.post("/v1/analyze", data=json.dumps(body), content_type="application/json")
    assert reply.status_code == 422
    assert reply.content_type == "application/problem+json"
    problem = json.loads(reply.text)
    assert problem["pointer"] == pointer
    assert word in problem["detail"].lower()


@pytest.mark.parametrize(
    ("data", "content_type", "status", "word"),
    [
        (b"", "application/json", 400, "line 1, column 1"),
        (b"{", "application/json", 400, "line 1, column 2"),
        (b'{"text": "\n"}', "application/json", 400, "line 1, column 11"),
        (b'{"text": "\xff"}', "application/json", 400, "byte 10"),
        (b"[" * 200_000, "application/json", 400, "too deep"),
        (b"9" * 10_000, "application/json", 400, "too long"),
        (b"text=a", "application/x-www-form-urlencoded", 415, "application/json"),
        (b'{"text": ""}', "text/plain", 415, "application/json"),
        (b'{"text": ""}', None, 415, "application/json"),
    ],
)
def test_no_json(api: FlaskClient, data: bytes, content_type: str | None, status: int, word: str):
    reply = api.post("/v1/analyze", data=data, content_type=content_type)
    assert (reply.status_code, reply.content_type) == (status, "application/problem+json")
    problem = json.loads(reply.text)
    assert problem["status"] == status
    assert word in problem["detail"]


def test_a_byte_order_mark_is_no_fault(api: FlaskClient):
    reply = api.post(
        "/v1/analyze", data=b'\xef\xbb\xbf{"text": "a"}', content_type="application/json"
    )
    assert reply.status_code == 200


def test_the_limit_counts_characters_over_all_blocks(api: FlaskClient):
    blocks = [{"id": "a", "text": "😀  " * 40_000}, {"id": "b", "text": "letter  " * 10_000}]
    assert analyze(api, {"blocks": blocks})["summary"]["words"] == 10_000
    problem = analyze(api, {"blocks": [*blocks, {"id": "c", "text": "a"}]}, 413)
    assert (problem["limit"], problem["length"]) == (200_000, 200_001)
    assert problem["enough"] == 200_001
    assert "200,000" in problem["detail"]
    assert "200,001" in problem["detail"]


@pytest.mark.parametrize("piece", ["a ", "( ", "a\n"])
def test_words_have_a_limit_too(api: FlaskClient, piece: str):
    # with a paragraph break after each word half as many fit
    fits = 60_000 // (2 if "\n" in piece else 1)
    analyze(api, {"text": piece * fits})
    problem = analyze(api, {"text": piece * (fits + 1)}, 413)
    assert "60,001 words, signs and paragraph breaks" in problem["detail"]
    assert "the limit is 60,000" in problem["detail"]
    assert (problem["word_limit"], problem["words"]) == (60_000, 60_001)
    assert "limit" not in problem  # which would be one of characters


@pytest.mark.parametrize("text", ["a " * 60_001, "a" * 200_001])
def test_the_limit_that_is_said_to_be_enough_is(api: FlaskClient, engine: Engine, text: str):
    enough = analyze(api, {"text": text}, 413)["enough"]
    analyze(app_with(enough, engine), {"text": text})
    analyze(app_with(enough - 1, engine), {"text": text}, 413)


def test_a_text_as_long_as_the_limit_fits_however_it_is_escaped(api: FlaskClient):
    body = b'{"text": "' + rb"\ud83d\ude00" * 200_000 + b'"}'
    reply = api.post("/v1/analyze", data=body, content_type="application/json")
    assert reply.status_code == 200


def test_a_body_that_no_such_text_needs_is_not_read(api: FlaskClient):
    body = b'{"text": "' + b"a" * 7_000_000 + b'"}'
    reply = api.post("/v1/analyze", data=body, content_type="application/json")
    assert (reply.status_code, reply.content_type) == (413, "application/problem+json")
    assert "200,000" in json.loads(reply.text)["detail"]


def test_another_limit(engine: Engine):
    api = app_with(5, engine)
    analyze(api, {"text": "12345"})
    assert analyze(api, {"text": "123456"}, 413)["limit"] == 5


def test_a_reply_is_kept_by_no_cache(api: FlaskClient):
    assert api.post("/v1/analyze", json={"text": ""}).headers["Cache-Control"] == "no-store"


def test_a_fault_is_answered_and_logged_without_the_text(caplog: pytest.LogCaptureFixture):
    class Faulty:
        def analyze(self, blocks: Any, offset_unit: Any, max_words: int) -> None:
            raise ValueError("the secret text")

    api = create_app(Settings(), Faulty()).test_client()  # type: ignore[arg-type]
    with caplog.at_level(logging.DEBUG):
        reply = api.post("/v1/analyze", json={"text": "the secret text"})
    assert (reply.status_code, reply.content_type) == (500, "application/problem+json")
    assert "secret" not in reply.text
    assert "ValueError" in caplog.text
    assert "in analyze" in caplog.text
    assert "secret" not in caplog.text
