"""Firefox with the extension, over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/)."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from websockets.sync.client import connect

PATIENCE_SECONDS = 60

# The toolbar button has no command in BiDi; the browser's own code presses it, which grants
# activeTab as a click does.
PRESS = """(() => {
    const { ExtensionParent } =
        ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
    const { extension } = WebExtensionPolicy.getByID(%s);
    const { browserActionFor } = ExtensionParent.apiManager.global;
    const window = Services.wm.getMostRecentWindow("navigator:browser");
    browserActionFor(extension).triggerAction(window);
})()"""


class Firefox:
    """One Firefox with one tab."""

    def __init__(self, path: str, extension: Path, profile: Path) -> None:
        self._process = subprocess.Popen(
            [
                path,
                "--headless",
                "--no-remote",
                f"--profile={profile}",
                "--remote-debugging-port=0",
                "--remote-allow-system-access",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._number = 0
        self._open = ExitStack()
        try:
            connection = connect(f"{self._address()}/session", max_size=None)
            self._socket = self._open.enter_context(connection)
            self.send("session.new", capabilities={})
            data = {"type": "path", "path": str(extension)}
            self._id = self.send("webExtension.install", extensionData=data)["extension"]
            self._tab = self._context()
            self._window = self._context(**{"moz:scope": "chrome"})
        except BaseException:
            self._process.kill()
            raise

    def __enter__(self) -> Firefox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._open.close()
        self._process.terminate()
        self._process.communicate()

    def _address(self) -> str:
        assert self._process.stderr
        for line in self._process.stderr:
            if match := re.search(r"ws://\S+", line):
                return match[0]
        raise RuntimeError("Firefox did not start")

    def _context(self, **parameters: str) -> str:
        return str(self.send("browsingContext.getTree", **parameters)["contexts"][0]["context"])

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command, and return its result."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            reply = json.loads(self._socket.recv(timeout=PATIENCE_SECONDS))
            if reply.get("id") != self._number:
                continue
            if reply["type"] == "error":
                raise RuntimeError(f"{method}: {reply['message']}")
            result: dict[str, Any] = reply["result"]
            return result

    def goto(self, url: str) -> None:
        self.send("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def press(self) -> None:
        """Press the toolbar button."""
        self._evaluate(PRESS % json.dumps(self._id), self._window)

    def evaluate(self, expression: str) -> Any:
        """Return a value of the page, by way of JSON."""
        return json.loads(self._evaluate(f"JSON.stringify({expression})", self._tab)["value"])

    def _evaluate(self, expression: str, context: str) -> dict[str, Any]:
        outcome = self.send(
            "script.evaluate",
            expression=expression,
            target={"context": context},
            awaitPromise=True,
            serializationOptions={"maxDomDepth": 20, "includeShadowTree": "all"},
        )
        if outcome["type"] == "exception":
            raise RuntimeError(outcome["exceptionDetails"]["text"])
        result: dict[str, Any] = outcome["result"]
        return result

    def shown(self) -> str:
        """Return the words in the overlay's closed shadow tree."""
        host = self._evaluate("document.querySelector('hearsay-overlay')", self._tab)
        texts: list[str] = []

        def walk(node: dict[str, Any]) -> None:
            value = node.get("value", {})
            if "hidden" in value.get("attributes", {}):
                return
            if value.get("nodeType") == 3:
                texts.append(value["nodeValue"])
            for child in [value.get("shadowRoot"), *value.get("children", [])]:
                if child:
                    walk(child)

        walk(host)
        return " ".join(texts)

    def point_at(self, x: float, y: float) -> None:
        moves = [{"type": "pointerMove", "x": round(x - d), "y": round(y)} for d in (1, 0)]
        pointer = {"type": "pointer", "id": "mouse", "actions": moves}
        self.send("input.performActions", context=self._tab, actions=[pointer])

    def wait_until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, self.shown()
            time.sleep(0.1)

    def screenshot(self) -> str:
        """Return a picture of the window, a PNG in base64."""
        return str(self.send("browsingContext.captureScreenshot", context=self._tab)["data"])
