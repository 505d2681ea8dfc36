"""What goes wrong is said in a reader's words, with what to do."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .driver import Driver, browser_of
from .fake_api import Answer, FakeApi, Reply
from .test_panel import marked, panel

Open = Callable[[str], Driver]

__all__ = ["marked", "panel"]  # fixtures of the panel's tests


def test_no_server(api: FakeApi, opened: Open, context: BrowserContext) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound and not listening: nobody else answers there
        Driver.use_server(context, f"http://127.0.0.1:{closed.getsockname()[1]}")
        driver = opened("light")
        driver.press()
        driver.wait_for("heading", "The Hearsay server is not running")
        assert "make run" in driver.text()
    api.answer(Answer().attribution("told", "Mishov", "that he"))
    Driver.use_server(context, api.address)
    driver.click("Try again")
    driver.wait_for("button", "Next mark")
    driver.press()
    driver.wait_until_gone()


def test_the_servers_own_words(api: FakeApi, opened: Open) -> None:
    detail = "Two blocks have the id b1."
    api.analyze = lambda _: api.json({"title": "Unprocessable", "detail": detail}, status=422)
    driver = opened("light")
    driver.press()
    driver.wait_for("heading", "The Hearsay server did not take this text")
    assert detail in driver.text()
    assert detail in driver.said()


def test_an_error_in_the_server(api: FakeApi, opened: Open) -> None:
    api.analyze = lambda _: (500, "text/html", "<h1>Internal Server Error</h1>")
    driver = opened("light")
    driver.press()
    driver.wait_for("heading", "The Hearsay server ran into an error")


def test_another_program_in_its_place(api: FakeApi, opened: Open) -> None:
    api.analyze = lambda _: (200, "text/html", "<h1>It works!</h1>")
    driver = opened("light")
    driver.press()
    driver.wait_for("heading", "Another program answers in Hearsay’s place")


def test_a_fault_of_our_own(api: FakeApi, opened: Open) -> None:
    api.analyze = lambda _: api.json({"attributions": "none"})
    driver = opened("light")
    driver.press()
    driver.wait_for("heading", "Hearsay has made a mistake")
    assert "TypeError" in driver.text()


def test_no_article(api: FakeApi, opened: Open) -> None:
    driver = opened("bare")
    driver.press()
    driver.wait_for("heading", "No article found on this page")
    assert api.requests == []
    driver.click("Close")
    driver.wait_until_gone()


def test_pressing_again_while_it_reads_stops_it(api: FakeApi, opened: Open) -> None:
    answer = threading.Event()

    def slow(blocks: list[dict[str, str]]) -> Reply:
        answer.wait(10)
        return api.json(Answer().attribution("told", "Mishov", "that he").to_dict(blocks))

    api.analyze = slow
    driver = opened("light")
    driver.press()
    driver.wait_for_text("Reading the article …")
    driver.press()
    driver.wait_until_gone()
    answer.set()
    driver.page.wait_for_timeout(300)
    assert driver.painted() == {}
    assert driver.nodes() == []


def test_a_page_closed_to_extensions(api: FakeApi, opened: Open, context: BrowserContext) -> None:
    driver = opened(browser_of(context).closed_page)
    driver.press()
    worker = Driver.background(context)
    told = """async () => {
        const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        const { id: tabId } = tab;
        const [popup] = await chrome.runtime.getContexts({ contextTypes: ["POPUP"] });
        return Boolean(popup) || await chrome.action.getBadgeText({ tabId }) === "!";
    }"""
    for _ in range(100):
        if worker.evaluate(told):
            break
        driver.page.wait_for_timeout(50)
    assert worker.evaluate(told)
    notice = opened(worker.url.replace("background.js", "notice.html"))
    assert notice.page.inner_text("h1") == "Hearsay may not read this page"
    # Firefox shows PDFs in a page of its own.
    pdf = opened(worker.url.replace("background.js", "notice.html?pdf"))
    assert pdf.page.inner_text("h1") == "Hearsay cannot mark a PDF"


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (
            {"limit": 200_000, "length": 301_234, "enough": 301_234},
            [
                "It has 301,234 letters and signs; the server takes 200,000 at a time.",
                "=310000 make run",
            ],
        ),
        (
            {"word_limit": 60_000, "words": 71_234, "enough": 237_447},
            ["It has 71,234 words and signs; the server takes 60,000", "=240000 make run"],
        ),
        ({"limit": 200_000}, ["The server takes 200,000 letters and signs at a time."]),
    ],
    ids=["letters", "words", "not-counted"],
)
def test_too_long(api: FakeApi, opened: Open, reply: dict[str, int], told: list[str]) -> None:
    api.analyze = lambda _: api.json(reply, status=413)
    driver = opened("light")
    driver.press()
    driver.wait_for("heading", "This text is too long")
    for words in told:
        assert words in driver.text()


def test_a_token_is_asked_for(api: FakeApi, opened: Open) -> None:
    api.token = "secret"
    driver = opened("light")
    driver.press()
    driver.wait_for("heading", "The Hearsay server asks for its access token")
    driver.wait_for("button", "Options")


@pytest.mark.parametrize(
    ("info", "told"),
    [
        ({"title": "Hearsay", "version": "0.9.0"}, "The Hearsay server is too old"),
        ({"title": "Hearsay", "version": "2.0.0"}, "This extension is too old"),
        ({"title": "Another", "version": "1.0.0"}, "Another program answers"),
        ({"title": "Hearsay"}, "Another program answers"),
    ],
)
def test_a_server_of_another_kind_is_sent_no_text(
    opened: Open, context: BrowserContext, info: dict[str, str], told: str
) -> None:
    # One of its own: a server that was found to fit is not asked again.
    api = FakeApi()
    api.openapi = api.json({"info": info})
    Driver.use_server(context, api.address)
    driver = opened("light")
    driver.press()
    driver.wait_for("heading", told)
    assert api.requests == []
    api.close()


@pytest.mark.parametrize("refused", ["return false", "throw new Error('managed')"])
def test_a_site_that_hearsay_is_not_allowed_to_read(
    marked: Driver, panel: Callable[[Driver], Page], refused: str
) -> None:
    page = panel(marked)
    switch = page.get_by_role("switch")
    expect(switch).not_to_be_checked()
    # In place of the browser's own question, which a test can answer in Firefox alone (test_sites).
    request = "(globalThis.browser ?? chrome).permissions.request"
    page.evaluate(f"() => {{ {request} = async () => {{ {refused} }} }}")
    switch.click()
    told = page.get_by_role("status")
    expect(told).to_contain_text("stays off: when the browser asked, Hearsay was not allowed")
    expect(told).to_contain_text("press Hearsay’s button on each page")
    expect(switch).not_to_be_checked()
