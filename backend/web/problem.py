"""Errors that say what to change: ``application/problem+json`` (RFC 9457), or a reader's page."""

from __future__ import annotations

import traceback

from flask import Flask, Response, current_app, json, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

CONTENT_TYPE = "application/problem+json"

NO_PAGE = "This address leads nowhere. Perhaps you wanted one of the pages named above?"
NO_RESOURCE = "Nothing is at this address; GET /v1/openapi.json lists what there is."


class Problem(HTTPException):
    """An error with its explanation; ``members`` are added to the reply as they are."""

    def __init__(self, status: int, detail: str, **members: object) -> None:
        """Take the HTTP status and a sentence or two for the caller."""
        super().__init__(detail)
        self.code = status
        self.members = members


def problem(status: int, detail: str | None, **members: object) -> Response:
    """Return the reply for an error. Its type is ``about:blank``: the status tells them apart.

    Whoever asks for a page, as a browser does when a reader follows a link, gets one.
    """
    if request.accept_mimetypes.best_match([CONTENT_TYPE, "text/html"]) == "text/html":
        title = "There is no such page" if status == 404 else "Hearsay cannot answer this"
        words = NO_PAGE if status == 404 else detail
        reply = Response(render_template("problem.html", title=title, detail=words), status)
    else:
        body = {
            "type": "about:blank",
            "title": HTTP_STATUS_CODES.get(status, "Error"),
            "status": status,
            **({"detail": NO_RESOURCE if status == 404 else detail} if detail else {}),
            **members,
        }
        reply = Response(json.dumps(body), status, content_type=CONTENT_TYPE)
    reply.vary.add("Accept")
    return reply


def register(app: Flask) -> None:
    """Answer every error of ``app`` as a problem."""
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_fault)


def _answer_http(error: HTTPException) -> Response:
    members = error.members if isinstance(error, Problem) else {}
    reply = problem(error.code or 500, error.description, **members)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            reply.headers[name] = value
    return reply


def _answer_fault(error: Exception) -> Response:
    # The message of an exception may hold a piece of the text, so only its kind and place are
    # logged.
    frames = "".join(
        f"\n  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    )
    current_app.logger.error("%s%s", type(error).__name__, frames)
    return problem(
        500,
        "Hearsay failed on this request; that is a fault in Hearsay. "
        "Its terminal shows where, without a word of the text: please report that.",
    )
