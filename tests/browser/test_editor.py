"""The text on the server's page as one edits it: deleting, undoing, typing anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .test_lesson import ANSWERS, ARTICLE, paste

PLACEHOLDER = """() => {
    const field = document.getElementById("text");
    const { content, display } = getComputedStyle(field, "::before");
    return content !== "none" && display !== "none";
}"""
LOOK = """(place) => {
    const { fontSize, fontWeight } = getComputedStyle(document.querySelector(place));
    return [fontSize, fontWeight];
}"""


@pytest.fixture
def page(context: BrowserContext, server: str) -> Iterator[Page]:
    page = context.new_page()
    page.goto(server)
    page.evaluate(ANSWERS)
    page.evaluate("(story) => hearsay.openStory(story)", ARTICLE)
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    yield page
    page.close()


def empty(page: Page) -> None:
    page.get_by_role("textbox").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    expect(page.get_by_role("button", name="Sample article")).to_be_visible()


def kinds(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "JSON.parse(sessionStorage.getItem('hearsay-story')).blocks.map(({ kind }) => kind)"
    )
    return found


def test_undoing_a_deletion_brings_back_headline_and_source(page: Page) -> None:
    before = page.inner_html("#text")
    empty(page)
    assert page.evaluate(PLACEHOLDER)
    assert page.inner_text("#origin") == ""
    page.keyboard.press("ControlOrMeta+z")
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    assert page.inner_html("#text") == before
    assert page.inner_text("#origin") == "From news.example"
    assert kinds(page) == ["headline", "heading", "paragraph", "item", "item"]
    assert not page.evaluate(PLACEHOLDER)


def test_what_is_typed_after_a_deletion_is_plain_text(page: Page) -> None:
    empty(page)
    page.keyboard.type("It may rain.")
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    assert kinds(page) == ["paragraph"]
    assert not page.evaluate(PLACEHOLDER)
    innermost = "#text :not(:has(*)), #text:not(:has(*))"
    assert page.evaluate(LOOK, innermost) == page.evaluate(LOOK, "#text")


def test_what_is_pasted_after_a_deletion_is_an_article(page: Page) -> None:
    empty(page)
    paste(page, "Snow\n\nIt may snow.")
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    assert page.inner_text("#text h2") == "Snow"
    assert kinds(page) == ["headline", "paragraph"]
