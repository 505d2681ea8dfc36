"""Between Playwright and a Firefox as its maker ships it.

Playwright drives such a Firefox by WebDriver BiDi (its channel ``moz-firefox``), of which a browser
allows one session. All of it passes through here, so that

- commands of our own can go along (extensions are installed by one, and the browser's own code,
  which presses buttons and reads closed shadow trees, is reached by others);
- a command that this Firefox does not know yet is answered here;
- a file that a page saves has a name by which Playwright knows it again (what Firefox tells of one
  is of a navigation, and a link that saves navigates nowhere);
- of a tab that the extension opens Playwright hears before what happens in it (Firefox may tell of
  its first request before, and Playwright, to which that tab is none yet, leaves it waiting);
- pages of extensions, of which Firefox tells no loading and no end, are reported as loaded and as
  closed.
"""

from __future__ import annotations

import itertools
import json
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.sync.server import ServerConnection, serve

PATIENCE_SECONDS = 30
OUR_FIRST_ID = 1_000_000_000
FIRST_EVENTS = ("browsingContext.navigationStarted", "network.beforeRequestSent")
DOWNLOADS = ("browsingContext.downloadWillBegin", "browsingContext.downloadEnd")

# Run by /bin/sh: starts Firefox, and has Playwright find the relay at the address that is printed.
START = """port=$1; shift; "$@" 2>&1 | sed -u "s|ws://127.0.0.1:|ws://127.0.0.1:$port/|" >&2"""

Json = dict[str, Any]


class Relay:
    """Listens on ``port``; what connects to ``/PORT/…`` there speaks with ``PORT``."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[Json], None]] = {}
        """By the method of a command: what is done in place of Firefox."""
        self.changes: dict[str, Callable[[Json], Json]] = {}
        """By the method of a command: what Firefox gets in place of its parameters."""
        self._numbers = itertools.count(OUR_FIRST_ID)
        self._replies: dict[int, queue.SimpleQueue[Json]] = {}
        self._announced: set[str] = set()  # contexts of which Playwright has heard
        self._early: dict[str, list[str | bytes]] = {}  # what is to come after that, by context
        self._silent: set[str] = set()  # contexts of pages of extensions
        self._closing: dict[int, str] = {}  # those of them, by the number of the command
        self._firefox: ClientConnection | None = None
        self._server = serve(self._relay, "127.0.0.1", 0, max_size=None, compression=None)
        self.port: int = self._server.socket.getsockname()[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()

    def send(self, method: str, **parameters: Any) -> Json:
        """Give Firefox a command, and return its result."""
        assert self._firefox, "Playwright has not connected"
        number = next(self._numbers)
        reply = self._replies[number] = queue.SimpleQueue()
        command = {"id": number, "method": method, "params": parameters}
        self._firefox.send(json.dumps(command))
        message = reply.get(timeout=PATIENCE_SECONDS)
        del self._replies[number]
        if message["type"] == "error":
            raise RuntimeError(f"{method}: {message['message']}")
        result: Json = message["result"]
        return result

    def _relay(self, playwright: ServerConnection) -> None:
        assert playwright.request
        port = playwright.request.path.split("/")[1]
        address = f"ws://127.0.0.1:{port}/session"
        with connect(address, max_size=None, compression=None) as firefox:
            self._firefox = firefox
            back = threading.Thread(target=self._relay_back, args=(firefox, playwright))
            back.start()
            try:
                for message in playwright:
                    command = json.loads(message)
                    if change := self.changes.get(command["method"]):
                        command["params"] = change(command["params"])
                        message = json.dumps(command)
                    context = command["params"].get("context")
                    if command["method"] == "browsingContext.close" and context in self._silent:
                        self._closing[command["id"]] = context
                    answer = self.answers.get(command["method"])
                    if answer:
                        threading.Thread(
                            target=self._answer, args=(playwright, answer, command)
                        ).start()
                    else:
                        firefox.send(message)
            except ConnectionClosed:
                pass
            back.join()

    def _relay_back(self, firefox: ClientConnection, playwright: ServerConnection) -> None:
        try:
            for message in firefox:
                value = json.loads(message)
                if (value.get("id") or 0) in self._replies:
                    self._replies[value["id"]].put(value)
                    continue
                if value.get("method") in DOWNLOADS:
                    value["params"].setdefault("download", value["params"]["url"])
                    message = json.dumps(value)
                context = value.get("params", {}).get("context")
                if value.get("method") in FIRST_EVENTS and context not in self._announced:
                    self._early.setdefault(context, []).append(message)
                    continue
                playwright.send(message)
                if value.get("method") == "browsingContext.contextCreated":
                    self._announced.add(context)
                    for early in self._early.pop(context, []):
                        playwright.send(early)
                elif value.get("method") == "browsingContext.navigationCommitted":
                    self._note(playwright, value["params"])
                elif value.get("id") in self._closing:
                    closed = {"context": self._closing.pop(value["id"]), "parent": None}
                    self._tell(playwright, "contextDestroyed", closed)
        except ConnectionClosed:
            pass
        playwright.close()

    @staticmethod
    def _answer(
        playwright: ServerConnection, answer: Callable[[Json], None], command: Json
    ) -> None:
        answer(command["params"])
        playwright.send(json.dumps({"id": command["id"], "type": "success", "result": {}}))

    def _note(self, playwright: ServerConnection, navigation: Json) -> None:
        if navigation["url"].startswith("moz-extension://"):
            self._silent.add(navigation["context"])
            threading.Thread(target=self._tell_load, args=(playwright, navigation)).start()
        else:
            self._silent.discard(navigation["context"])

    def _tell_load(self, playwright: ServerConnection, navigation: Json) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            state = self.send(
                "script.evaluate",
                expression="document.readyState",
                target={"context": navigation["context"]},
                awaitPromise=False,
            )
            if state.get("result", {}).get("value") == "complete":
                break
            time.sleep(0.02)
        for name in ("domContentLoaded", "load"):
            self._tell(playwright, name, navigation)

    @staticmethod
    def _tell(playwright: ServerConnection, name: str, parameters: Json) -> None:
        event = {"type": "event", "method": f"browsingContext.{name}", "params": parameters}
        playwright.send(json.dumps(event))
