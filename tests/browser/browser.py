"""What the tests need of a browser, and no standard offers: Chromium and Firefox each have it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import BrowserContext, Page

OVERLAY = "hearsay-overlay"
"""The element that holds the overlay."""

Node = dict[str, Any]
"""A node of the accessibility tree, in the form of Chromium's DevTools protocol: ``nodeId``,
``childIds``, ``role`` and ``name`` (each ``{"value": …}``)."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

Size = tuple[float, float]
"""Width and height of paper, in points."""


class Background(Protocol):
    """The extension's background script."""

    @property
    def url(self) -> str: ...

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """Return what the function ``expression`` gives of ``arg``."""


class Browser(Protocol):
    """One kind of browser; `page` is always one of a context that it launched."""

    name: str

    closed_page: str
    """The address of a page on which no extension may run."""

    def background(self, context: BrowserContext) -> Background:
        """Return the background script, once it listens to presses of the button."""

    def stop_background(self, context: BrowserContext) -> None:
        """Stop the background script, as a browser does when it is idle."""

    def update(self, context: BrowserContext) -> None:
        """Load the extension anew, as an update does."""

    def allow(self, context: BrowserContext, pattern: str, *, yes: bool) -> None:
        """Give leave to read a site in the browser's own settings, or take it back there."""

    def one_window(self) -> AbstractContextManager[None]:
        """Open pages as tabs of one window, of which one is in front."""

    def evaluate_apart(self, page: Page, scripts: Iterable[Path], expression: str) -> Any:
        """Evaluate in a world of its own in the page, as content scripts have, after ``scripts``.

        It is a new one each time, and has nothing of the extension but them.
        """

    def press(self, page: Page) -> None:
        """Press the toolbar button, which grants ``activeTab`` as a reader's click does."""

    def nodes(self, page: Page) -> list[Node]:
        """Return what a screen reader finds in the overlay, which no script of a page can see."""

    def focus(self, page: Page, node: Node) -> None:
        """Put the focus on an element of the overlay."""

    def box(self, page: Page, node: Node) -> Box:
        """Return where in the window an element of the overlay is."""

    def touch(self, page: Page, x: float, y: float) -> None:
        """Touch the page as a finger does."""

    def emulate(
        self, page: Page, *, forced_colors: bool, reduced_motion: bool, paper: bool
    ) -> None:
        """Show the page as to a reader who set this in the system, or as it is printed."""

    def pdf(self, page: Page, size: Size) -> bytes:
        """Print the page on sheets of a size, to a file."""

    def panel(self, page: Page) -> str:
        """Open the reading panel in the browser's own place beside a page; return its text."""

    def close_panel(self, page: Page) -> None:
        """Close what ``panel`` opened."""

    def open_overlay(self, page: Page) -> None:
        """Let scripts of the page see the overlay's shadow tree, where there is one."""


def role_of(node: Node) -> str:
    return str(node.get("role", {}).get("value", ""))


def name_of(node: Node) -> str:
    return str(node.get("name", {}).get("value", ""))
