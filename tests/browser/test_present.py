"""Present mode: each mark large enough for a class, by keys, clicker and finger."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from .accessibility import assert_accessible
from .browser import OVERLAY, Box
from .driver import Driver
from .fake_api import FakeApi
from .light_article import article
from .test_overlay import dom

Open = Callable[[str], Driver]

STOPS = 9
"""Five claims and four unsure words: plans and round figures are not shown by default."""

LIT = "(root) => root.querySelector('.dim path').getAttribute('d')"
BOX = re.compile(r"M(\S+) (\S+)h(\S+)v([\d.]+)")

PANEL = """(root) => {
    const { top, bottom } = root.querySelector('.panel').getBoundingClientRect();
    return [top, bottom];
}"""

SIZES = """(root) => [...root.querySelectorAll('dialog *')]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((each) => each.checkVisibility() && !each.closest('.said'))
    .map((each) => [each.textContent, parseFloat(getComputedStyle(each).fontSize)])"""

SWIPE = """(root, [from, to]) => {
    const dialog = root.querySelector('dialog');
    for (const [type, clientX] of [['pointerdown', from], ['pointerup', to]]) {
        const init = { clientX, clientY: 300, pointerType: 'touch', bubbles: true };
        dialog.dispatchEvent(new PointerEvent(type, init));
    }
}"""

IN_OVERLAY = """([code, argument]) => {
    const { shadowRoot } = document.querySelector("%s");
    return (0, eval)(code)(shadowRoot, argument);
}"""


def in_overlay(driver: Driver, function: str, argument: Any = None) -> Any:
    """Call a function with the overlay's shadow root, which scripts of the page cannot see."""
    driver.browser.open_overlay(driver.page)
    return driver.page.evaluate(IN_OVERLAY % OVERLAY, [function, argument])


def lit(driver: Driver) -> Box:
    """Return the box around all that is not dimmed, once the light has come there."""
    driver.page.wait_for_timeout(100)
    found = BOX.findall(in_overlay(driver, LIT))
    lines = [tuple(map(float, line)) for line in found]
    return (
        min(left for left, _, _, _ in lines),
        min(top for _, top, _, _ in lines),
        max(left + width for left, _, width, _ in lines),
        max(top + height for _, top, _, height in lines),
    )


@pytest.fixture
def presented(marked: Driver) -> Driver:
    marked.page.keyboard.press("Alt+Shift+O")
    marked.wait_for("dialog", "the marks, one by one")
    return marked


def test_shows_a_mark_in_its_sentence_with_what_it_means(presented: Driver) -> None:
    presented.wait_for_text(f"1 of {STOPS}")
    excerpt = in_overlay(presented, "(root) => root.querySelector('.excerpt').innerHTML")
    assert excerpt.startswith('<span class="look-cue">According to</span>')
    assert '<span class="look-source">VPR</span>' in excerpt
    assert excerpt.endswith('having to fight</span><span class="rest">.</span>')
    assert "Passed on" in presented.text()
    assert presented.said().startswith(f"1 of {STOPS}. According to VPR, the pilot")


def test_every_claim_and_every_unsure_word_is_a_stop(presented: Driver) -> None:
    titles = []
    for _ in range(STOPS):
        titles.append(in_overlay(presented, "(root) => root.querySelector('.title').textContent"))
        presented.page.keyboard.press("ArrowRight")
    assert titles == [
        "VPR",
        "No source given",
        "“is said to”",
        "Mishov",
        "“I believe”",
        "Dmitri Mishov",
        "Critics",
        "“may”",
        "“could not be independently verified”",
    ]
    presented.wait_for_text(f"1 of {STOPS}")


def test_a_hedge_is_shown_with_what_it_makes_unsure(presented: Driver) -> None:
    for _ in range(2):
        presented.page.keyboard.press("PageDown")
    presented.wait_for_text("“is said to”")
    excerpt = in_overlay(presented, "(root) => root.querySelector('.excerpt').innerHTML")
    assert '<span class="look-hedge">is said to</span>' in excerpt
    assert '<span class="look-scope">have walked for three days</span>' in excerpt


def test_unsure_words_keep_their_wave_in_a_claim(presented: Driver) -> None:
    for _ in range(6):
        presented.page.keyboard.press("PageDown")
    presented.wait_for_text(f"7 of {STOPS}")
    line, text = in_overlay(
        presented,
        """(root) => {
            const wave = root.querySelector('.excerpt .look-content .look-hedge');
            return [getComputedStyle(wave).textDecorationStyle, wave.textContent];
        }""",
    )
    assert (line, text) == ("wavy", "may")


@pytest.mark.parametrize("page", ["light", "dark"])
def test_lines_are_as_thick_as_large_type_wants_them(api: FakeApi, opened: Open, page: str) -> None:
    api.answer(article())
    driver = opened(page)
    driver.mark()
    driver.page.keyboard.press("Alt+Shift+O")
    driver.wait_for_text(f"1 of {STOPS}")
    shares = in_overlay(
        driver,
        """(root) => [...root.querySelectorAll('.excerpt [class^=look-]')]
            .map((word) => getComputedStyle(word))
            .map(({ textDecorationThickness: line, fontSize }) =>
                parseFloat(line) / parseFloat(fontSize))""",
    )
    assert sorted(shares) == pytest.approx([0.075, 0.1, 0.1], abs=0.01)


def test_keys_for_the_next_and_the_one_before(presented: Driver) -> None:
    for key in ("ArrowRight", "ArrowDown", "PageDown", "Space", "n", "Alt+Shift+J"):
        presented.page.keyboard.press(key)
        presented.wait_for_text(f"2 of {STOPS}")
        presented.page.keyboard.press("Home")
        presented.wait_for_text(f"1 of {STOPS}")
    for key in ("ArrowLeft", "ArrowUp", "PageUp", "Shift+Space", "p", "Alt+Shift+K", "End"):
        presented.page.keyboard.press(key)
        presented.wait_for_text(f"{STOPS} of {STOPS}")
        presented.page.keyboard.press("Home")
        presented.wait_for_text(f"1 of {STOPS}")


def test_buttons_and_a_finger_go_on_too(presented: Driver) -> None:
    presented.click("Next")
    presented.wait_for_text(f"2 of {STOPS}")
    presented.click("Previous")
    presented.wait_for_text(f"1 of {STOPS}")
    in_overlay(presented, SWIPE, [300, 200])
    presented.wait_for_text(f"2 of {STOPS}")
    in_overlay(presented, SWIPE, [200, 300])
    presented.wait_for_text(f"1 of {STOPS}")
    in_overlay(presented, SWIPE, [200, 210])
    presented.wait_for_text(f"1 of {STOPS}")


@pytest.mark.parametrize("size", [(1920, 1080), (1000, 800), (390, 844)])
def test_the_sentence_is_lit_and_never_covered(presented: Driver, size: tuple[int, int]) -> None:
    """Where the page is long enough: the panel takes two thirds of the window."""
    presented.page.evaluate("document.body.style.paddingBlockEnd = '100vh'")
    width, height = size
    presented.page.set_viewport_size({"width": width, "height": height})
    presented.page.keyboard.press("Home")
    for number in range(STOPS):
        presented.wait_for_text(f"{number + 1} of {STOPS}")
        left, top, right, bottom = lit(presented)
        assert right - left > 100
        upper, lower = in_overlay(presented, PANEL)
        assert bottom <= upper or top >= lower
        assert top >= 0
        assert bottom <= height
        presented.page.keyboard.press("PageDown")


def test_the_light_follows_the_sentence(presented: Driver) -> None:
    presented.page.evaluate("document.body.style.paddingBlockEnd = '200vh'")
    presented.page.keyboard.press("Home")
    _, before, _, _ = lit(presented)
    presented.page.evaluate("scrollBy(0, 60)")
    _, after, _, _ = lit(presented)
    assert after == pytest.approx(before - 60, abs=1)


def test_nothing_is_smaller_than_24_px_on_a_projector(presented: Driver) -> None:
    presented.page.set_viewport_size({"width": 1920, "height": 1080})
    presented.page.keyboard.press("l")
    presented.wait_for_text("Vague source")
    presented.page.keyboard.press("End")
    sizes = in_overlay(presented, SIZES)
    assert len(sizes) > 15
    assert [size for size in sizes if size[1] < 24] == []


def test_escape_ends_it_and_leaves_the_page_as_it_was(marked: Driver) -> None:
    before = dom(marked)
    painted = marked.painted()
    marked.page.focus("nav a")
    marked.page.keyboard.press("Alt+Shift+O")
    marked.wait_for("dialog", "the marks, one by one")
    assert dom(marked) == before
    marked.page.keyboard.press("Escape")
    marked.wait_for("button", "Next mark")
    assert marked.painted() == painted
    assert dom(marked) == before
    assert marked.page.evaluate("document.activeElement.textContent") == "Home"


def test_its_keys_do_not_reach_the_page(presented: Driver) -> None:
    presented.page.evaluate(
        "globalThis.keys = []; document.addEventListener('keydown', ({ key }) => keys.push(key))"
    )
    for key in ("PageDown", "ArrowUp", "Space", "Home", "Escape"):
        presented.page.keyboard.press(key)
    assert presented.page.evaluate("keys") == []


def test_begins_at_the_mark_that_the_card_explained(marked: Driver) -> None:
    for _ in range(3):
        marked.page.keyboard.press("Alt+Shift+J")
    marked.click("Present to a class")
    marked.wait_for_text(f"4 of {STOPS}")


def test_the_extension_can_start_it(marked: Driver) -> None:
    marked.background(marked.context).evaluate(
        """async () => {
            const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
            await chrome.tabs.sendMessage(tab.id, { type: "present" });
        }"""
    )
    marked.wait_for_text(f"1 of {STOPS}")


@pytest.mark.parametrize("page", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1920])
def test_accessible(api: FakeApi, opened: Open, page: str, width: int) -> None:
    api.answer(article())
    driver = opened(page)
    driver.page.set_viewport_size({"width": width, "height": 844})
    driver.mark()
    driver.page.keyboard.press("Alt+Shift+O")
    driver.page.keyboard.press("PageDown")
    driver.page.keyboard.press("l")
    driver.wait_for_text(f"2 of {STOPS}")
    assert_accessible(driver.page, OVERLAY)


def test_on_our_own_page(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    page.goto(server)
    page.get_by_role("textbox").focus()
    page.keyboard.insert_text("The road may be closed. The pilot is said to have fled on foot.")
    page.get_by_role("button", name="Present").click()
    driver = Driver(page)
    driver.wait_for_text("1 of 3")
    page.keyboard.type("x")
    page.keyboard.press("PageDown")
    driver.wait_for_text("2 of 3")
    page.keyboard.press("Escape")
    driver.wait_until_gone("2 of 3")
    expect(page.get_by_role("button", name="Present")).to_be_focused()
    assert page.locator("#text").inner_text().startswith("The road may be closed.")
    page.close()
