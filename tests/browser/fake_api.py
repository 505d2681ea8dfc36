"""An API whose answers a test decides: canned marks, errors, delays, nonsense."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

BACKEND = Path(__file__).parents[2] / "backend"
LABELS = BACKEND / "labels.json"
OPENAPI = BACKEND / "web" / "openapi.json"

Json = dict[str, Any]


@dataclass
class Answer:
    """What ``POST /v1/analyze`` answers, made from the blocks that were sent."""

    attributions: list[Json] = field(default_factory=list)
    hedges: list[Json] = field(default_factory=list)
    warnings: list[Json] = field(default_factory=list)

    def attribution(
        self, cue: str | None, source: str | None, *content: str, **attributes: object
    ) -> Answer:
        self.attributions.append(
            {
                "id": f"a{len(self.attributions) + 1}",
                "cue": cue,
                "source": source,
                "content": list(content),
                "source_kind": "named" if source else "unstated",
                "speaker": None,
                "stance": "neutral",
                "attitude": "statement",
                "quote": "indirect",
                "negated": False,
                **attributes,
            }
        )
        return self

    def hedge(self, cue: str, kind: str, *scope: str, attribution: str | None = None) -> Answer:
        number = len(self.hedges) + 1
        self.hedges.append(
            {
                "id": f"h{number}",
                "cue": cue,
                "kind": kind,
                "scope": list(scope),
                "attribution": attribution,
            }
        )
        return self

    def to_dict(self, blocks: list[Json]) -> Json:
        """Return the reply, each text replaced by the span where the blocks have it first.

        In "[he] said" the part in brackets is meant, where the whole stands.
        """

        def span(text: str | None) -> Json | None:
            if text is None:
                return None
            before, opened, rest = text.rpartition("[")
            meant, _, after = rest.partition("]") if opened else (text, "", "")
            for block in blocks:
                found = block["text"].find(before + meant + after)
                if found >= 0:
                    start = found + len(before)
                    end = start + len(meant)
                    return {"block": block["id"], "start": start, "end": end, "text": meant}
            raise LookupError(f"{text!r} is in none of {blocks}")

        def placed(found: Json, singles: tuple[str, ...], several: str) -> Json:
            spans: Json = {key: span(found[key]) for key in singles}
            return {**found, **spans, several: [span(text) for text in found[several]]}

        return {
            "model": {"name": "fake", "version": "0"},
            "offset_unit": "utf16",
            "warnings": self.warnings,
            "attributions": [placed(a, ("cue", "source"), "content") for a in self.attributions],
            "hedges": [placed(hedge, ("cue",), "scope") for hedge in self.hedges],
            "summary": {},
        }


Reply = tuple[int, str, str]
"""Status, content type, body."""


class FakeApi:
    """A server in a thread; ``analyze`` decides what it answers to the blocks it is sent."""

    def __init__(self) -> None:
        self.analyze: Callable[[list[Json]], Reply]
        self.requests: list[list[Json]] = []
        self.authorizations: list[str | None] = []
        """The header of each request so far, whatever it asked for."""
        self.token = ""
        """Where set, ``/v1/analyze`` wants it."""
        self.openapi: Reply
        self.edition: str
        self.reset()
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                api.authorizations.append(self.headers["Authorization"])
                if self.path == "/v1/openapi.json":
                    self.reply(*api.openapi)
                elif self.path == "/healthz":
                    self.reply(*api.json({"status": "ok", "edition": api.edition}))
                else:
                    self.reply(200, "application/json", LABELS.read_text(encoding="utf-8"))

            def do_POST(self) -> None:
                api.authorizations.append(self.headers["Authorization"])
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if api.token and self.headers["Authorization"] != f"Bearer {api.token}":
                    self.reply(*api.json({"title": "Unauthorized"}, status=401))
                    return
                blocks = json.loads(body)["blocks"]
                api.requests.append(blocks)
                self.reply(*api.analyze(blocks))

            def reply(self, status: int, kind: str, body: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def reset(self) -> None:
        self.requests.clear()
        self.authorizations.clear()
        self.token = ""
        self.edition = "1"
        self.openapi = 200, "application/json", OPENAPI.read_text(encoding="utf-8")
        self.answer(Answer())

    @staticmethod
    def json(value: object, status: int = 200) -> Reply:
        kind = "application/json" if status < 400 else "application/problem+json"
        return status, kind, json.dumps(value)

    def answer(self, answer: Answer) -> None:
        self.analyze = lambda blocks: self.json(answer.to_dict(blocks))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
