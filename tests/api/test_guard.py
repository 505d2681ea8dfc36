"""Who is answered: hosts, origins, tokens; and what a browser is told to refuse."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from backend.engine import Engine
from backend.settings import Settings
from backend.web import create_app

CHROME = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
FIREFOX = "moz-extension://01234567-89ab-cdef-0123-456789abcdef"


def status(api: FlaskClient, host: str) -> int:
    return api.get("/healthz", headers={"Host": host}).status_code


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8484", "localhost:8484", "LOCALHOST", "localhost.:8484", "[::1]:8484", "[::1]"],
)
def test_hosts_that_are_served(api: FlaskClient, host: str):
    assert status(api, host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8484",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.0.7:8484",
        "0.0.0.0:8484",
        "[::2]:8484",
        "127.0.0.1@evil.example",
        "evil.example/127.0.0.1",
    ],
)
def test_other_hosts_are_refused_everywhere(api: FlaskClient, host: str):
    for path in ("/", "/healthz", "/v1/labels", "/overlay/blocks.js", "/nothing"):
        reply = api.get(path, headers={"Host": host})
        assert (reply.status_code, reply.content_type) == (421, "application/problem+json")
    reply = api.post("/v1/analyze", json={"text": "Anna said so."}, headers={"Host": host})
    assert reply.status_code == 421
    assert "Access-Control-Allow-Origin" not in reply.headers


def test_the_host_of_the_settings_is_served(engine: Engine):
    settings = Settings(host="192.168.0.7", port=80, names=("reading-room.example",))
    api = create_app(settings, engine).test_client()
    for host in ("192.168.0.7", "reading-room.example", "localhost"):
        assert status(api, host) == 200
    assert status(api, "192.168.0.8") == 421


@pytest.mark.parametrize("everywhere", ["0.0.0.0", "::"])
def test_listening_everywhere_serves_addresses_but_no_foreign_name(engine: Engine, everywhere: str):
    api = create_app(Settings(host=everywhere), engine).test_client()
    assert status(api, "192.168.0.7:8484") == 200
    assert status(api, "[fe80::1]:8484") == 200
    assert status(api, "evil.example:8484") == 421


def preflight(api: FlaskClient, origin: str) -> dict[str, str]:
    reply = api.options(
        "/v1/analyze",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,authorization",
        },
    )
    return dict(reply.headers)


OWN = ["http://127.0.0.1:8484", "http://localhost:8484", "http://[::1]:8484"]


@pytest.mark.parametrize("origin", [CHROME, FIREFOX, *OWN])
def test_origins_that_may_read_the_answer(api: FlaskClient, origin: str):
    headers = preflight(api, origin)
    assert headers["Access-Control-Allow-Origin"] == origin
    assert headers["Access-Control-Allow-Headers"].lower() == "authorization, content-type"
    reply = api.post("/v1/analyze", json={"text": "a"}, headers={"Origin": origin})
    assert reply.headers["Access-Control-Allow-Origin"] == origin
    assert "Origin" in reply.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in reply.headers
    refused = api.post("/v1/analyze", json={}, headers={"Origin": origin})
    assert refused.headers["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize(
    "origin",
    [
        "https://news.example",
        "null",
        "http://127.0.0.1",
        "http://127.0.0.1:8485",
        "http://127.0.0.1:84840",
        "https://127.0.0.1:8484",
        "http://127x0.0.1:8484",
        "http://localhost:8484.evil.example",
        f"{CHROME}.evil.example",
        f"https://{CHROME}",
        "chrome-extension://short",
        "moz-extension://evil.example",
    ],
)
def test_origins_that_may_not(api: FlaskClient, origin: str):
    assert "Access-Control-Allow-Origin" not in preflight(api, origin)
    for path in ("/healthz", "/v1/labels", "/v1/openapi.json", "/"):
        reply = api.get(path, headers={"Origin": origin})
        assert "Access-Control-Allow-Origin" not in reply.headers


def test_no_origin_no_cors(api: FlaskClient):
    reply = api.post("/v1/analyze", json={"text": "a"})
    assert not [name for name, _ in reply.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        (None, 401),
        ("Bearer", 401),
        ("Bearer wrong", 401),
        ("Bearer žluť", 401),
        ("Basic c2VzYW1lOg==", 401),
        ("Bearer sesame", 200),
        ("bearer sesame", 200),
    ],
)
def test_the_token_where_one_is_set(engine: Engine, authorization: str | None, expected: int):
    api = create_app(Settings(token="sesame"), engine).test_client()
    headers = {} if authorization is None else {"Authorization": authorization}
    reply = api.post("/v1/analyze", json={"text": "Anna said so."}, headers=headers)
    assert reply.status_code == expected
    if expected == 401:
        assert reply.headers["WWW-Authenticate"].startswith("Bearer")
        assert "HEARSAY_TOKEN" in json.loads(reply.text)["detail"]
    assert api.get("/healthz").status_code == 200


def test_what_every_reply_tells_the_browser(api: FlaskClient):
    for path in ("/healthz", "/v1/labels", "/overlay/blocks.js", "/nothing", "/"):
        headers = api.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
