"""The real extension in a real Chromium, and pages to press its button on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, sync_playwright

from tests.browser.driver import Driver
from tests.browser.fake_api import FakeApi

EXTENSION = Path(__file__).parents[2] / "extension"
PAGES = Path(__file__).parent / "pages"
SITE = "https://news.example"


@pytest.fixture(scope="session")
def extension_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as it ships, without the tools that check it."""
    copy = tmp_path_factory.mktemp("extension") / "hearsay"
    shutil.copytree(EXTENSION, copy, ignore=shutil.ignore_patterns("node_modules"))
    return copy


@pytest.fixture(scope="session")
def context(
    chromium_path: str, extension_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """One Chromium with the extension, for all tests."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=chromium_path,
            headless=True,
            viewport={"width": 1000, "height": 800},
            args=[
                f"--disable-extensions-except={extension_dir}",
                f"--load-extension={extension_dir}",
                "--no-sandbox",
            ],
        )
        context.route(f"{SITE}/**", serve_page)
        yield context
        context.close()


def serve_page(route: Route) -> None:
    """Serve ``pages/NAME.html`` at ``https://news.example/NAME``."""
    path = PAGES / f"{route.request.url.removeprefix(SITE).strip('/')}.html"
    if not path.exists():
        route.fulfill(status=404)
        return
    body = path.read_text(encoding="utf-8")
    headers = {}
    if path.stem == "strict":
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'nonce-page'"
    route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=headers)


@pytest.fixture(scope="session")
def fake_api() -> Iterator[FakeApi]:
    api = FakeApi()
    yield api
    api.close()


@pytest.fixture
def api(fake_api: FakeApi, context: BrowserContext) -> FakeApi:
    """The fake API, to which the extension is turned."""
    fake_api.reset()
    Driver.use_server(context, fake_api.address)
    return fake_api


@pytest.fixture
def opened(context: BrowserContext) -> Iterator[Callable[[str], Driver]]:
    """Opens a page of ``pages/`` by its name, or any address; closed when the test ends."""
    pages: list[Page] = []

    def open_page(name: str) -> Driver:
        page = context.new_page()
        pages.append(page)
        page.goto(name if ":" in name else f"{SITE}/{name}")
        return Driver(page)

    yield open_page
    for page in pages:
        page.close()
