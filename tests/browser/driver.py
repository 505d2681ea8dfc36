"""Hands and eyes for the overlay: presses the button, reads what is painted and what is said."""

from __future__ import annotations

import time
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, Page

from .browser import Background, Box, Browser, Node, name_of, role_of
from .chromium import Chromium

PATIENCE_SECONDS = 30

PAINTED = """() => Object.fromEntries([...CSS.highlights]
    .filter(([name]) => name.startsWith('hearsay-'))
    .map(([name, ranges]) => [name.slice('hearsay-'.length), [...ranges].map(String)]))"""


PLACE = """(text) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const start = walker.currentNode.data.indexOf(text);
        if (start < 0) continue;
        const range = new Range();
        range.setStart(walker.currentNode, start);
        range.setEnd(walker.currentNode, start + text.length);
        const { left, right, top, bottom } = range.getClientRects()[0];
        return [(left + right) / 2, (top + bottom) / 2];
    }
    throw new Error(`the page has no ${text}`);
}"""


_browsers: WeakKeyDictionary[BrowserContext, Browser] = WeakKeyDictionary()
"""Of contexts that are none of a Chromium."""


def browser_of(context: BrowserContext) -> Browser:
    return _browsers.get(context, Chromium())


def register(context: BrowserContext, browser: Browser) -> None:
    """Have drivers of this context's pages use ``browser``."""
    _browsers[context] = browser


class Driver:
    """One page, as a reader with the extension meets it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.context: BrowserContext = page.context
        self.browser = browser_of(page.context)
        self.console: list[str] = []
        self.errors: list[str] = []
        page.on("console", lambda message: self.console.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    @staticmethod
    def background(context: BrowserContext) -> Background:
        return browser_of(context).background(context)

    @classmethod
    def use_server(cls, context: BrowserContext, address: str) -> None:
        """Turn the extension to another server than the default, with nothing remembered."""
        cls.background(context).evaluate(
            "async (address) => { hearsay.api.server = address;"
            " await (globalThis.browser ?? chrome).storage.session.clear() }",
            address,
        )

    def press(self) -> None:
        """Press the toolbar button, which grants ``activeTab`` as a reader's click does."""
        self.browser.press(self.page)

    def mark(self) -> None:
        """Press the button, and wait until the marks are there."""
        self.press()
        self.wait_for("button", "Next mark (Alt+Shift+J)")

    def painted(self) -> dict[str, list[str]]:
        """Return the texts of the painted ranges, by the name of their highlight."""
        painted: dict[str, list[str]] = self.page.evaluate(PAINTED)
        return painted

    def nodes(self) -> list[Node]:
        """Return what a screen reader finds in the overlay, which no script of a page can see."""
        return self.browser.nodes(self.page)

    def text(self) -> str:
        """Return all words that the overlay shows or says."""
        return " ".join(name_of(node) for node in self.nodes() if role_of(node) == "StaticText")

    def said(self) -> str:
        """Return what the live region tells a screen reader."""
        nodes = self.nodes()
        statuses = [node for node in nodes if role_of(node) == "status"]
        children = {child for status in statuses for child in status["childIds"]}
        return " ".join(name_of(node) for node in nodes if node["nodeId"] in children)

    def wait_until_said(self, text: str) -> None:
        """Wait until a screen reader is told something with this in it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text not in (said := self.said()):
            assert time.monotonic() < deadline, said
            self.page.wait_for_timeout(50)

    def wait_for(self, role: str, name: str) -> Node:
        """Return the node of the overlay that has this role and this in its name."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            nodes = self.nodes()
            for node in nodes:
                if role_of(node) == role and name in name_of(node):
                    return node
            if time.monotonic() > deadline:
                seen = [(role_of(node), name_of(node)) for node in nodes]
                raise AssertionError(f"no {role} {name!r} in {seen}")
            self.page.wait_for_timeout(50)

    def wait_for_text(self, text: str) -> None:
        self.wait_for("StaticText", text)

    def wait_until_gone(self, text: str = "") -> None:
        """Wait until the overlay no longer shows this text, or with none, until it is gone."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text in self.text() if text else self.nodes():
            assert time.monotonic() < deadline, self.text()
            self.page.wait_for_timeout(50)

    def content(self) -> list[str]:
        """Return the texts painted as claims, those in several ranges joined."""
        return self.painted()["content-light"]

    def click(self, name: str) -> None:
        """Click a button of the overlay."""
        node = self.wait_for("button", name)
        left, top, right, bottom = self.browser.box(self.page, node)
        self.page.mouse.click((left + right) / 2, (top + bottom) / 2)

    def focus(self, name: str) -> None:
        """Put the focus on a button of the overlay."""
        node = self.wait_for("button", name)
        self.browser.focus(self.page, node)

    def card_box(self) -> Box:
        """Return left, top, right and bottom of the card."""
        return self.browser.box(self.page, self.wait_for("note", ""))

    def touch(self, x: float, y: float) -> None:
        """Touch the page as a finger does."""
        self.browser.touch(self.page, x, y)

    def emulate(
        self, *, forced_colors: bool = False, reduced_motion: bool = False, paper: bool = False
    ) -> None:
        """Show the page as to a reader who set this in the system, or as it is printed."""
        self.browser.emulate(
            self.page, forced_colors=forced_colors, reduced_motion=reduced_motion, paper=paper
        )

    def point_at(self, text: str) -> None:
        """Rest the pointer on the first place of the page that has this text."""
        x, y = self.place_of(text)
        self.page.mouse.move(x - 1, y)
        self.page.mouse.move(x, y)

    def place_of(self, text: str) -> tuple[float, float]:
        """Return the middle of the first line of this text."""
        x, y = self.page.evaluate(PLACE, text)
        return x, y
