"""A lesson given by keys alone, on our own page: each step is reached, and the focus is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .driver import Driver

FOCUSED = """() => {
    let focused = document.activeElement;
    while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const { top, bottom, width } = focused.getBoundingClientRect();
    return {
        name: focused.getAttribute('aria-label') ?? focused.textContent.trim(),
        ringed: focused.matches(':focus-visible') && outlineStyle === 'solid'
            && parseFloat(outlineWidth) >= 2,
        inSight: width > 0 && bottom > 0 && top < innerHeight,
    };
}"""

MOST_STOPS = 20


@pytest.fixture
def lesson(context: BrowserContext, server: str) -> Iterator[Driver]:
    page = context.new_page()
    page.goto(server)
    yield Driver(page)
    page.close()


def focused(driver: Driver) -> str:
    """Return the name of what has the focus, which must be seen to have it."""
    if driver.page.locator("hearsay-overlay").count():
        driver.browser.open_overlay(driver.page)
    found = driver.page.evaluate(FOCUSED)
    assert found["ringed"], found
    assert found["inSight"], found
    return str(found["name"])


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(driver: Driver, name: str, key: str = "Tab") -> None:
    for _ in range(MOST_STOPS):
        driver.page.keyboard.press(key)
        if driver.page.evaluate(FOCUSED)["name"].startswith(name):
            break
    assert focused(driver).startswith(name)


def test_a_whole_lesson(lesson: Driver) -> None:
    page = lesson.page
    tab_to(lesson, "Sample article")
    press(page, "Enter")
    expect(page.get_by_role("status").first).to_contain_text("unsure words")

    tab_to(lesson, "Guess first")
    press(page, "Enter")
    lesson.wait_for("heading", "Guess first")
    assert focused(lesson).startswith("The text.")
    press(page, "ArrowDown", "ArrowDown", "c", "ArrowDown", "Shift+ArrowRight", "u")
    lesson.wait_for_text("You marked 1 claim and 1 unsure word.")
    press(page, "Backspace")
    lesson.wait_for_text("You marked 1 claim and 0 unsure words.")
    assert focused(lesson).startswith("The text.")

    press(page, "Enter")
    lesson.wait_for_text("Lines above the words are yours")
    assert focused(lesson).startswith("Look at all")
    press(page, "Enter")
    assert focused(lesson) == "Next"
    lesson.wait_for_text("1 of ")
    press(page, "ArrowRight")
    lesson.wait_for_text("2 of ")
    press(page, "Escape")
    assert focused(lesson).startswith("Look at all")
    press(page, "Escape")
    assert focused(lesson) == "Guess first"

    tab_to(lesson, "Present", "Shift+Tab")
    press(page, "Enter")
    assert focused(lesson) == "Next"
    press(page, "Escape")
    assert focused(lesson) == "Present"

    tab_to(lesson, "Handout")
    press(page, "Enter")
    tab_to(lesson, "Save: To mark")
    press(page, "Escape")
    assert focused(lesson) == "Handout"
