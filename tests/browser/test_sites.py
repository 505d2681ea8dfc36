"""Always on for a site: with the reader's leave, from page to page, until it is taken back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import SITE
from .driver import PATIENCE_SECONDS, Driver, browser_of
from .fake_api import Answer, FakeApi
from .firefox import Firefox
from .test_panel import TAB, open_page

Open = Callable[[str], Driver]

CALL = "async ([name, ...given]) => (await import('/sites.js'))[name](...given)"
PATTERN = f"{SITE}/*"


class Sites:
    """The functions of ``sites.js``, called from a page of the extension as by a click there."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.options = context.new_page()
        address = Driver.background(context).url
        self.options.goto(address.replace("background.js", "options/options.html"))

    def call(self, name: str, *given: str) -> Any:
        return self.options.evaluate(CALL, [name, *given])

    def by_click(self, call: str) -> Any:
        """Evaluate in answer to a click: else no browser takes a question for leave."""
        self.options.evaluate(
            f"""async () => {{
                const sites = await import("/sites.js");
                globalThis.answer = new Promise((resolve, reject) => {{
                    const act = () => {call}.then(resolve, reject);
                    addEventListener("click", act, {{ once: true }});
                }});
            }}"""
        )
        self.options.locator("h1").click()
        return self.options.evaluate("() => answer")

    def turn_on(self, address: str) -> bool:
        return bool(self.by_click(f"sites.turnOn({json.dumps(address)})"))

    def allow(self, *, yes: bool) -> None:
        """Give leave to read the site, or take it back.

        The browser's own settings do so, for no test can press the buttons of Chromium's dialog.
        """
        browser_of(self.context).allow(self.context, PATTERN, yes=yes)

    def granted(self) -> bool:
        found = self.options.evaluate(f"chrome.permissions.contains({{origins: ['{PATTERN}']}})")
        return bool(found)

    def close(self) -> None:
        self.call("clear")
        self.allow(yes=False)
        self.options.close()


@pytest.fixture
def sites(context: BrowserContext, api: FakeApi) -> Iterator[Sites]:
    api.answer(Answer().attribution("told", "Mishov", "that he"))
    sites = Sites(context)
    yield sites
    sites.close()


def is_marked_soon(driver: Driver) -> bool:
    """Say whether marks come without a press; the pages of a test have some at once."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not driver.painted() and time.monotonic() < deadline:
        driver.page.wait_for_timeout(50)
    return bool(driver.painted())


def test_every_page_of_the_site_is_marked_until_the_site_is_removed(
    sites: Sites, opened: Open
) -> None:
    sites.allow(yes=True)
    assert sites.turn_on(f"{SITE}/light")
    assert sites.call("isOn", f"{SITE}/dark?page=2") is True
    assert sites.call("isOn", "http://news.example/light") is False
    driver = opened("light")
    assert is_marked_soon(driver)
    assert is_marked_soon(opened("strict"))

    # On this one page the button still ends it, and begins it again.
    driver.press()
    driver.wait_until_gone()
    driver.mark()

    row = sites.options.locator("#sites li")
    expect(row).to_contain_text("news.example")
    row.get_by_role("button", name="Remove news.example").click()
    expect(sites.options.locator("#sites")).to_have_text("No site yet.")
    expect(sites.options.locator("#sites-said")).to_contain_text("only when you press the button")
    assert not sites.granted()
    assert driver.painted()
    driver.page.reload()
    driver.page.wait_for_timeout(1500)
    assert driver.painted() == {}


def panel_for(driver: Driver) -> Page:
    driver.page.bring_to_front()
    tab = Driver.background(driver.context).evaluate(TAB)
    return open_page(driver.context, f"?tab={tab}")


def test_the_panels_switch(sites: Sites, opened: Open) -> None:
    sites.allow(yes=True)
    driver = opened("light")
    driver.mark()
    panel = panel_for(driver)
    switch = panel.get_by_role("switch", name="Always on at news.example")
    expect(switch).not_to_be_checked()
    switch.check()
    expect(sites.options.locator("#sites li")).to_contain_text("news.example")
    assert is_marked_soon(opened("dark"))
    switch.uncheck()
    expect(sites.options.locator("#sites")).to_have_text("No site yet.")
    assert not sites.granted()
    panel.close()


@pytest.mark.firefox_only("the buttons of Chromium's question are out of any test's reach")
@pytest.mark.parametrize("yes", [True, False])
def test_the_browser_asks_the_reader(sites: Sites, opened: Open, yes: bool) -> None:
    driver = opened("light")
    driver.mark()
    panel = panel_for(driver)
    panel.get_by_role("switch").click()
    firefox = browser_of(sites.context)
    assert isinstance(firefox, Firefox)
    firefox.answer(panel, yes=yes)
    if yes:
        assert is_marked_soon(opened("dark"))
    else:
        expect(panel.get_by_role("status")).to_contain_text("allow")
    expect(panel.get_by_role("switch")).to_be_checked(checked=yes)
    assert sites.call("list") == [PATTERN] * yes
    assert sites.granted() is yes
    panel.close()


def test_without_leave_nothing_is_on(sites: Sites) -> None:
    sites.options.evaluate(
        "() => { (globalThis.browser ?? chrome).permissions.request = async () => false }"
    )
    assert sites.turn_on(f"{SITE}/light") is False
    assert sites.call("list") == []
    for address in ("about:blank", "chrome://version", "file:///etc/hosts", "no address"):
        assert sites.call("patternOf", address) is None
        assert sites.call("turnOn", address) is False
        assert sites.call("isOn", address) is False


def test_leave_taken_back_in_the_browser_ends_it(sites: Sites, opened: Open) -> None:
    sites.allow(yes=True)
    sites.turn_on(f"{SITE}/light")
    sites.allow(yes=False)
    expect(sites.options.locator("#sites")).to_have_text("No site yet.")
    assert registered(sites.options) == []
    driver = opened("light")
    driver.page.wait_for_timeout(1500)
    assert driver.painted() == {}


def test_leave_given_for_something_else_turns_nothing_on(sites: Sites, opened: Open) -> None:
    sites.allow(yes=True)
    sites.by_click(f"chrome.permissions.request({{origins: ['{PATTERN}']}})")
    assert sites.granted()
    sites.call("keepInStep")
    assert sites.call("list") == []
    assert registered(sites.options) == []
    sites.call("giveBack", f"{SITE}/light")
    assert not sites.granted()


def test_an_update_of_the_extension_keeps_the_sites(sites: Sites) -> None:
    sites.allow(yes=True)
    sites.turn_on(f"{SITE}/light")
    # As an update does.
    sites.options.evaluate("chrome.scripting.unregisterContentScripts()")
    sites.call("keepInStep")
    assert registered(sites.options) == [PATTERN]


def registered(page: Page) -> list[str]:
    """Return the patterns of the pages that are marked by themselves."""
    patterns: list[str] = page.evaluate(
        "async () => (await chrome.scripting.getRegisteredContentScripts())"
        ".flatMap(({ matches }) => matches)"
    )
    return patterns
