"""Who may ask: hosts, origins and the access token; and what browsers are told to refuse."""

from __future__ import annotations

import hmac
import ipaddress
import re

from flask import Flask, Request, Response, request
from flask_cors import CORS
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from backend.settings import Settings, bracketed, is_wildcard

from .problem import Problem

LOOPBACK = ("127.0.0.1", "localhost", "::1")

EXTENSION_ORIGINS = (
    re.compile(r"chrome-extension://[a-p]{32}\Z"),
    re.compile(r"moz-extension://[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"),
)

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def register(app: Flask, settings: Settings) -> None:
    """Check the host of every request to ``app``, and add the headers that guard the replies."""
    names = {*LOOPBACK, settings.host.lower(), *settings.names}
    own = (
        re.compile(re.escape(f"http://{bracketed(name)}:{settings.port}") + r"\Z")
        for name in sorted(names)
    )
    CORS(
        app,
        resources=[r"/v1/.*", r"/healthz"],
        origins=[*EXTENSION_ORIGINS, *own],
        methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type"],
        max_age=600,
        always_send=False,
    )
    any_address = is_wildcard(settings.host)

    @app.before_request
    def check_host() -> None:
        # By DNS rebinding a page makes a name of its own lead to this server, and may then read
        # what it answers. The name stays in the Host header; a page cannot forge that.
        name = host_name(request)
        if name not in names and not (any_address and _is_address(name)):
            raise Problem(
                421,
                f"This server does not answer for the host {name!r}. Use {settings.address}, "
                "or allow the name: HEARSAY_NAMES.",
            )

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def host_name(asked: Request) -> str:
    """Return the host that was asked, without port, brackets and a last dot."""
    host = asked.host.lower()
    name = host.partition("]")[0][1:] if host.startswith("[") else host.partition(":")[0]
    return name.removesuffix(".")


def _is_address(name: str) -> bool:
    """Say whether ``name`` is an IP address, which no DNS answer can turn elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def check_token(asked: Request, token: str | None) -> None:
    """Let the request pass where no token is set or it bears the right one.

    :raises Unauthorized: it does not
    """
    if token is None:
        return
    given = asked.authorization
    right = (
        given is not None
        and given.type == "bearer"
        and given.token is not None
        and hmac.compare_digest(given.token.encode(), token.encode())
    )
    if not right:
        raise Unauthorized(
            "This server wants its access token (HEARSAY_TOKEN), "
            "in the header Authorization: Bearer.",
            www_authenticate=WWWAuthenticate("bearer"),
        )
