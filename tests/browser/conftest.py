"""The real extension in real browsers, and pages to press its button on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, sync_playwright

from tests.browser.chromium import Chromium
from tests.browser.driver import Driver, register
from tests.browser.fake_api import FakeApi
from tests.browser.firefox import Firefox
from tests.browser.light_article import article

EXTENSION = Path(__file__).parents[2] / "extension"
PAGES = Path(__file__).parent / "pages"
SITE = "https://news.example"


@pytest.fixture(scope="session")
def extension_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as it ships, without the tools that check it."""
    copy = tmp_path_factory.mktemp("extension") / "hearsay"
    shutil.copytree(EXTENSION, copy, ignore=shutil.ignore_patterns("node_modules"))
    return copy


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "firefox_only(reason): what Chromium, or we with it, cannot do"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that opens pages in each browser."""
    if "context" not in metafunc.fixturenames:
        return
    # Playwright drives a stock Firefox by a way that it calls experimental: now and then a command
    # is lost between them, which says nothing of Hearsay. What fails three times does.
    browsers = ["chromium", pytest.param("firefox", marks=pytest.mark.flaky(reruns=2))]
    if metafunc.definition.get_closest_marker("firefox_only"):
        browsers = browsers[1:]
    metafunc.parametrize("context", browsers, indirect=True, scope="session")


@pytest.fixture(scope="session")
def playwright(chromium_path: str) -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def context(
    request: pytest.FixtureRequest,
    playwright: Playwright,
    extension_dir: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BrowserContext]:
    """One browser with the extension, for all tests."""
    profile = tmp_path_factory.mktemp("profile")
    if request.param == "firefox":
        path = request.getfixturevalue("firefox_path")
        firefox = Firefox(playwright, path, extension_dir, profile)
        context = firefox.context
        register(context, firefox)
    else:
        path = request.getfixturevalue("chromium_path")
        context = Chromium.launch(playwright, path, extension_dir, profile)
    context.route(f"{SITE}/**", serve_page)
    yield context
    context.close()
    if request.param == "firefox":
        firefox.close()


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


@pytest.fixture
def marked(api: FakeApi, opened: Callable[[str], Driver]) -> Driver:
    """The article of ``pages/light.html``, with its marks."""
    api.answer(article())
    driver = opened("light")
    driver.mark()
    return driver
