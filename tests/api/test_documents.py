"""What the API says of itself: /v1/openapi.json, /v1/labels, /healthz; and its files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from backend import edition, labels
from backend.pipeline.marks import Attitude, HedgeKind, Quote, SourceKind, Stance

TEXT = "Anna said it may rain.\nIt may not.\n“So,” Ben said to a small crowd of people in the rain."


@pytest.fixture(scope="module")
def document(api: FlaskClient) -> dict[str, Any]:
    return api.get("/v1/openapi.json").get_json()


def conforms(document: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    Draft202012Validator({**schema, "components": document["components"]}).validate(value)


def test_the_document_is_valid_openapi(document: dict[str, Any]):
    assert document["openapi"].startswith("3.1.")
    validate(document)


def test_it_names_every_route(api: FlaskClient, document: dict[str, Any]):
    routes = {
        (rule.rule, method.lower())
        for rule in api.application.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/v1/") or rule.rule == "/healthz"
    }
    assert routes == {(path, method) for path, item in document["paths"].items() for method in item}


@pytest.mark.parametrize("path", ["/v1/labels", "/v1/openapi.json", "/healthz"])
def test_what_is_got_is_as_it_says(api: FlaskClient, document: dict[str, Any], path: str):
    described = document["paths"][path]["get"]["responses"]["200"]["content"]
    reply = api.get(path)
    conforms(document, described[reply.content_type]["schema"], reply.get_json())


@pytest.mark.parametrize("text", [TEXT, "", "Это предложение не на английском языке."])
def test_an_analysis_is_as_it_says(api: FlaskClient, document: dict[str, Any], text: str):
    described = document["paths"]["/v1/analyze"]["post"]["responses"]["200"]["content"]
    reply = api.post("/v1/analyze", json={"text": text})
    conforms(document, described[reply.content_type]["schema"], reply.get_json())


@pytest.mark.parametrize("name", ["blocks", "text"])
def test_its_examples_are_true(api: FlaskClient, document: dict[str, Any], name: str):
    content = document["paths"]["/v1/analyze"]["post"]["requestBody"]["content"]
    example = content["application/json"]["examples"][name]["value"]
    conforms(document, content["application/json"]["schema"], example)
    assert api.post("/v1/analyze", json=example).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"), [({}, 422), ({"text": 1}, 422), ({"text": "a" * 200_001}, 413), (None, 415)]
)
def test_problems_are_as_it_says(
    api: FlaskClient, document: dict[str, Any], body: Any, status: int
):
    described = document["paths"]["/v1/analyze"]["post"]["responses"][str(status)]
    schema = document["components"]["responses"][described["$ref"].rpartition("/")[2]]
    reply = api.post("/v1/analyze", **({} if body is None else {"json": body}))
    assert reply.status_code == status
    conforms(document, schema["content"][reply.content_type]["schema"], json.loads(reply.text))


def test_requests_that_it_forbids_are_refused(api: FlaskClient, document: dict[str, Any]):
    content = document["paths"]["/v1/analyze"]["post"]["requestBody"]["content"]
    validator = Draft202012Validator(
        {**content["application/json"]["schema"], "components": document["components"]}
    )
    for body in ({}, {"text": 1}, {"text": "", "blocks": []}, {"blocks": [{"id": "b"}]}, []):
        assert not validator.is_valid(body)
        assert api.post("/v1/analyze", json=body).status_code == 422


@pytest.mark.parametrize(
    ("schema", "member", "values"),
    [
        ("Attribution", "source_kind", SourceKind),
        ("Attribution", "stance", Stance),
        ("Attribution", "attitude", Attitude),
        ("Attribution", "quote", Quote),
        ("Hedge", "kind", HedgeKind),
    ],
)
def test_its_values_are_the_pipeline_s(document: dict[str, Any], schema: str, member: str, values):
    described = document["components"]["schemas"][schema]["properties"][member]
    assert described["enum"] == [str(value) for value in values]


def test_labels_are_the_project_s_own(api: FlaskClient):
    assert api.get("/v1/labels").get_json() == labels.load()
    assert labels.names("hedge")[HedgeKind.HEARSAY] == "Hearsay"


def test_health(api: FlaskClient):
    reply = api.get("/healthz").get_json()
    assert reply.pop("edition") == edition.digest()
    assert reply == {"status": "ok", "model": {"name": "fake", "version": "1.2.3"}}


def test_the_overlay_s_scripts_are_the_extension_s(api: FlaskClient):
    reply = api.get("/overlay/blocks.js")
    assert reply.status_code == 200
    assert reply.mimetype == "text/javascript"
    assert "hearsay.blocksOf" in reply.text


@pytest.mark.parametrize(
    "path",
    [
        "/overlay/../manifest.json",
        "/overlay/%2e%2e/manifest.json",
        "/overlay//etc/passwd",
        "/../app.py",
        "/%2e%2e/app.py",
        "/app.py",
        "/nothing",
    ],
)
def test_nothing_else_of_the_disk_is_served(api: FlaskClient, path: str):
    reply = api.get(path, follow_redirects=True)
    assert (reply.status_code, reply.content_type) == (404, "application/problem+json")


def test_another_method_says_which_would_do(api: FlaskClient):
    reply = api.get("/v1/analyze")
    assert (reply.status_code, reply.content_type) == (405, "application/problem+json")
    assert "POST" in reply.headers["Allow"]
