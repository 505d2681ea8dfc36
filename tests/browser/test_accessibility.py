"""The overlay for every reader: axe-core, forced colours, less motion, zoom, right to left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .accessibility import assert_accessible
from .browser import OVERLAY
from .driver import Driver
from .fake_api import FakeApi
from .test_overlay import article

UNNAME_A_BUTTON = """() => {
    const button = document.querySelector("hearsay-overlay").shadowRoot.querySelector("button");
    button.removeAttribute("aria-label");
    button.removeAttribute("title");
}"""

Open = Callable[[str], Driver]


@pytest.mark.parametrize("page", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_bar_legend_and_card(
    page: str, api: FakeApi, opened: Open
) -> None:
    answer = article()
    answer.warnings.append({"code": "not-english", "detail": "This is not English."})
    api.answer(answer)
    driver = opened(page)
    driver.mark()
    driver.click("What the lines mean")
    driver.wait_for_text("Signal words")
    driver.page.keyboard.press("Alt+Shift+J")
    driver.wait_for_text("Passed on")
    assert_accessible(driver.page, OVERLAY)


def test_axe_finds_nothing_wrong_with_a_problem(api: FakeApi, opened: Open) -> None:
    driver = opened("bare")
    driver.press()
    driver.wait_for("heading", "No article found on this page")
    assert_accessible(driver.page, OVERLAY)


def test_axe_sees_the_overlay(api: FakeApi, opened: Open) -> None:
    api.answer(article())
    driver = opened("light")
    driver.mark()
    driver.browser.open_overlay(driver.page)
    driver.page.evaluate(UNNAME_A_BUTTON)
    with pytest.raises(AssertionError, match="button-name"):
        assert_accessible(driver.page, OVERLAY)
