"""The Flask application: thin routes around the engine."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask, Response, jsonify, render_template, request, send_from_directory

from backend import edition, engine, labels
from backend.engine import Engine, TooManyWordsError
from backend.settings import Settings

from . import guard, payload, problem

PAGE = Path(__file__).parent / "page"
OPENAPI = Path(__file__).parent / "openapi.json"
OVERLAY = Path(__file__).parents[2] / "extension" / "content"


def create_app(settings: Settings | None = None, reader: Engine | None = None) -> Flask:
    """Return the application.

    :param settings: by default those of the environment
    :param reader: by default an engine with the pipeline that ships
    """
    settings = settings or Settings.from_environment()
    reader = reader or engine.load()
    openapi: dict[str, object] = json.loads(OPENAPI.read_text(encoding="utf-8"))

    own_edition = edition.digest()

    app = Flask(__name__, static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of the default provider
    guard.register(app, settings)
    problem.register(app)

    @app.post("/v1/analyze")
    def analyze() -> Response:
        guard.check_token(request, settings.token)
        blocks, offset_unit = payload.read(request, settings.max_chars)
        try:
            analysis = reader.analyze(blocks, offset_unit, settings.max_words)
        except TooManyWordsError as error:
            enough = settings.max_chars_for(error.count)
            raise payload.too_many_words(error.count, error.limit, enough) from None
        response = jsonify(analysis.to_dict())
        response.cache_control.no_store = True
        return response

    @app.get("/v1/labels")
    def get_labels() -> labels.Labels:
        return labels.load()

    @app.get("/v1/openapi.json")
    def get_openapi() -> dict[str, object]:
        return openapi

    @app.get("/healthz")
    def healthz() -> dict[str, object]:
        return {"status": "ok", "model": reader.model.to_dict(), "edition": own_edition}

    @app.get("/", defaults={"name": "index.html"})
    @app.get("/<any('index.html', 'glossary.html', 'teachers.html'):name>")
    def page(name: str) -> Response:
        response = Response(render_template(name))
        response.cache_control.no_cache = True
        response.add_etag()
        response.make_conditional(request)
        return response

    @app.get("/<name>")
    def part(name: str) -> Response:
        return send_from_directory(PAGE, name)

    @app.get("/pictures/<name>")
    def picture(name: str) -> Response:
        return send_from_directory(PAGE / "pictures", name)

    @app.get("/overlay/<path:name>")
    def overlay(name: str) -> Response:
        return send_from_directory(OVERLAY, name)

    return app
