"""The same extension in Firefox: marks, card, and nothing left behind."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from .conftest import PAGES
from .driver import PAINTED, PLACE
from .fake_api import FakeApi
from .firefox import Firefox
from .test_overlay import article

DEFAULT_SERVER = "http://127.0.0.1:8484"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """``pages/`` under a name that the extension has no permission for but by its button."""
    handler = partial(QuietHandler, directory=PAGES)
    server = ThreadingHTTPServer(("localhost", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def firefox(
    fake_api: FakeApi, extension_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Firefox]:
    path = shutil.which(os.environ.get("FIREFOX", "")) or next(
        filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None
    )
    if path is None:
        pytest.skip("no Firefox on this machine")
    turned = tmp_path_factory.mktemp("firefox-extension")
    shutil.copytree(extension_dir, turned, dirs_exist_ok=True)
    client = turned / "content" / "api.js"
    source = client.read_text(encoding="utf-8")
    assert DEFAULT_SERVER in source
    client.write_text(source.replace(DEFAULT_SERVER, fake_api.address), encoding="utf-8")
    with Firefox(path, turned, tmp_path_factory.mktemp("firefox-profile")) as firefox:
        yield firefox


def test_marks_card_and_removal(firefox: Firefox, fake_api: FakeApi, site: str) -> None:
    fake_api.reset()
    fake_api.answer(article())
    firefox.goto(f"{site}/light.html")
    before = firefox.evaluate("document.documentElement.outerHTML")

    firefox.press()
    firefox.wait_until(lambda: firefox.evaluate("CSS.highlights.size"))
    painted = firefox.evaluate(f"({PAINTED})()")
    assert painted["vague-light"] == ["Critics"]
    assert painted["source-light"] == ["VPR", "Mishov", "he"]
    assert "5 claims" in firefox.shown()
    style = "getComputedStyle(document.body, '::highlight(hearsay-hedge-light)')"
    assert firefox.evaluate(f"{style}.textDecorationStyle") == "wavy"

    firefox.point_at(*firefox.evaluate(f"({PLACE})('Critics')"))
    firefox.wait_until(lambda: "A claim like this cannot be checked" in firefox.shown())

    firefox.press()
    firefox.wait_until(lambda: not firefox.evaluate("CSS.highlights.size"))
    assert firefox.evaluate("document.documentElement.outerHTML") == before
    assert firefox.evaluate("document.adoptedStyleSheets.length") == 0
