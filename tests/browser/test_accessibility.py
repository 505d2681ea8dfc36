"""The overlay for every reader: axe-core, forced colours, less motion, zoom, right to left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .accessibility import assert_accessible
from .browser import OVERLAY, name_of, role_of
from .driver import Driver
from .fake_api import FakeApi
from .light_article import article

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


def overlay(driver: Driver, expression: str) -> Any:
    """Evaluate in the page, where ``root`` is the overlay's shadow tree."""
    driver.browser.open_overlay(driver.page)
    root = f"document.querySelector('{OVERLAY}').shadowRoot"
    return driver.page.evaluate(f"((root) => {expression})({root})")


def line_of(driver: Driver, look: str) -> str:
    """Return the style of the line under a mark."""
    highlight = f"::highlight(hearsay-{look}-light)"
    style = f"getComputedStyle(document.body, '{highlight}').textDecorationStyle"
    return str(driver.page.evaluate(style))


def assert_in_window(driver: Driver) -> None:
    """The card, in which one can scroll, and the bar's buttons lie inside the window."""
    width, height = driver.page.evaluate("[innerWidth, innerHeight]")
    nodes = driver.nodes()
    scrolled: set[str] = set()
    for node in nodes:
        if role_of(node) == "note" or node["nodeId"] in scrolled:
            scrolled.update(node["childIds"])
    shown = [
        node
        for node in nodes
        if role_of(node) in ("note", "button") and node["nodeId"] not in scrolled
    ]
    assert len(shown) > 3
    for node in shown:
        left, top, right, bottom = driver.browser.box(driver.page, node)
        assert 0 <= left < right <= width, name_of(node)
        assert 0 <= top < bottom <= height, name_of(node)


def test_forced_colours_leave_the_lines(marked: Driver) -> None:
    marked.emulate(forced_colors=True)
    assert marked.page.evaluate("matchMedia('(forced-colors: active)').matches")
    lines = {look: line_of(marked, look) for look in ("source", "vague", "cue", "hedge")}
    assert lines == {"source": "double", "vague": "dashed", "cue": "dotted", "hedge": "wavy"}


def test_reduced_motion_stills_everything(marked: Driver) -> None:
    names = "[...root.querySelectorAll('*')].map((each) => getComputedStyle(each).animationName)"
    marked.point_at("Critics")
    marked.wait_for_text("Vague source")
    assert set(overlay(marked, names)) != {"none"}
    marked.emulate(reduced_motion=True)
    assert set(overlay(marked, names)) == {"none"}


def test_paper_has_the_marks_and_nothing_else_of_ours(marked: Driver) -> None:
    marked.point_at("Critics")
    marked.wait_for_text("Vague source")
    marked.emulate(paper=True)
    assert marked.page.evaluate("matchMedia('print').matches")
    seen = "[...root.querySelectorAll('.card, .bar')].filter((each) => each.checkVisibility())"
    assert overlay(marked, f"{seen}.length") == 0
    assert line_of(marked, "hedge") == "wavy"


def test_a_window_as_narrow_as_at_fourfold_zoom(marked: Driver) -> None:
    marked.page.set_viewport_size({"width": 320, "height": 256})
    for _ in range(4):
        marked.page.keyboard.press("Alt+Shift+J")
        assert_in_window(marked)


def test_a_page_from_right_to_left(api: FakeApi, opened: Open) -> None:
    api.answer(article())
    driver = opened("rtl")
    driver.mark()
    assert driver.painted()["source-light"] == ["VPR", "Mishov", "he"]
    for text, told in (("Critics", "Vague source"), ("could not be", "The writer’s own caution.")):
        driver.point_at(text)
        driver.wait_for_text(told)
        assert_in_window(driver)
    directions = "[...root.querySelectorAll('p')].map((each) => getComputedStyle(each).direction)"
    assert set(overlay(driver, directions)) == {"ltr"}


def test_text_in_an_open_shadow_tree(api: FakeApi, opened: Open) -> None:
    api.answer(article())
    driver = opened("shadow")
    driver.mark()
    assert driver.painted()["vague-light"] == ["Critics"]
    paragraph = "document.querySelector('news-story').shadowRoot.querySelector('p')"
    style = f"getComputedStyle({paragraph}, '::highlight(hearsay-hedge-light)')"
    assert driver.page.evaluate(f"{style}.textDecorationStyle") == "wavy"
    place = f"(({{ left, top }}) => [left + 200, top + 10])({paragraph}.getBoundingClientRect())"
    x, y = driver.page.evaluate(place)
    driver.page.mouse.click(x, y)
    driver.wait_for_text("VPR")
