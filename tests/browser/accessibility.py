"""What axe-core finds wrong with a page, the overlay's closed shadow tree included."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from .driver import browser_of

RUN = "(within) => axe.run(within ?? document, { resultTypes: ['violations'] })"


def violations(page: Page, within: str | None = None) -> list[str]:
    """Have axe-core look at the whole page, or at what the CSS selector ``within`` names."""
    browser_of(page.context).open_overlay(page)
    page.evaluate(AXE_SCRIPT)
    result: dict[str, Any] = page.evaluate(RUN, within)
    return [
        f"{violation['id']}: {node['failureSummary']} {node['html']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def assert_accessible(page: Page, within: str | None = None) -> None:
    """Have axe-core find nothing wrong.

    ``assert_accessible(driver.page, "hearsay-overlay")`` looks at what Hearsay adds to a page.
    """
    found = violations(page, within)
    if found:
        raise AssertionError("\n".join(found))
