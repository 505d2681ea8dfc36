"""Guess first: marks are hidden, pupils mark, and see what they found, missed, and marked alone."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from .accessibility import assert_accessible
from .browser import OVERLAY, name_of, role_of
from .driver import PATIENCE_SECONDS, Driver
from .fake_api import FakeApi, Reply
from .firefox import Firefox
from .light_article import article
from .test_overlay import dom
from .test_present import in_overlay

Open = Callable[[str], Driver]

SENTENCE = "According to VPR, the pilot Dmitri Mishov fled to avoid having to fight."
CLAIM = "guess-claim-light"
UNSURE = "guess-unsure-light"

HIDE_APPROXIMATIONS_NO_LONGER = """async () => {
    await hearsay.settings.write({ hidden: { ...hearsay.settings.defaults.hidden, hedge: [] } });
}"""


@pytest.fixture
def guessing(marked: Driver) -> Driver:
    marked.page.keyboard.press("Alt+Shift+G")
    marked.wait_for("heading", "Guess first")
    return marked


def press(driver: Driver, *keys: str) -> None:
    for key in keys:
        driver.page.keyboard.press(key)


def click_at(driver: Driver, text: str) -> None:
    driver.page.mouse.click(*driver.place_of(text))


def drag_over(driver: Driver, first: str, last: str) -> None:
    """Drag from the middle of one text to the middle of another."""
    mouse = driver.page.mouse
    mouse.move(*driver.place_of(first))
    mouse.down()
    mouse.move(*driver.place_of(last), steps=4)
    mouse.up()


def test_the_marks_are_hidden_until_they_are_revealed(guessing: Driver) -> None:
    assert guessing.painted() == {}
    guessing.click("Reveal")
    guessing.wait_for_text("You found 0 of 5 claims and 0 of 4 unsure words.")
    assert guessing.painted()["source-light"] == ["VPR", "Mishov", "he"]


def test_asked_for_while_the_article_is_read_it_shows_no_marks(api: FakeApi, opened: Open) -> None:
    go_on = threading.Event()

    def analyze(blocks: list[dict[str, str]]) -> Reply:
        go_on.wait(PATIENCE_SECONDS)
        return api.json(article().to_dict(blocks))

    api.analyze = analyze
    driver = opened("light")
    driver.press()
    driver.wait_for_text("Reading")
    press(driver, "Alt+Shift+G")
    assert "Reading" in driver.text()
    go_on.set()
    driver.wait_for("heading", "Guess first")
    assert driver.painted() == {}


def test_a_click_marks_a_sentence_as_a_claim_and_another_takes_it_back(guessing: Driver) -> None:
    click_at(guessing, "to avoid having")
    assert guessing.painted() == {CLAIM: [SENTENCE]}
    guessing.wait_for_text("You marked 1 claim and 0 unsure words.")
    click_at(guessing, "According to")
    assert guessing.painted() == {}


def test_words_that_stand_together_become_one_guess(guessing: Driver) -> None:
    guessing.click("Unsure words")
    for word in ("walked", "verified", "independently"):
        click_at(guessing, word)
    assert guessing.painted() == {UNSURE: ["walked", "independently verified"]}
    guessing.wait_for_text("You marked 0 claims and 2 unsure words.")
    click_at(guessing, "verified")
    assert guessing.painted() == {UNSURE: ["walked"]}


def test_dragging_marks_whole_words_in_each_sentence(guessing: Driver) -> None:
    drag_over(guessing, "Mishov told", "tried")
    assert guessing.painted() == {CLAIM: ["Mishov told VPR that he tried"]}
    press(guessing, "u")
    drag_over(guessing, "aircraft", "figure")
    assert guessing.painted()[UNSURE] == ["aircraft.", "The figure"]
    assert guessing.page.evaluate("getSelection().isCollapsed")


def test_what_is_selected_is_marked_by_a_pen(guessing: Driver) -> None:
    """As with the handles that a long touch gives."""
    guessing.page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    guessing.click("Unsure words")
    assert guessing.painted() == {UNSURE: ["Pilot fled on foot, army says nothing"]}


def test_a_touch_marks_and_follows_no_link(guessing: Driver) -> None:
    guessing.touch(*guessing.place_of("VPR"))
    guessing.wait_for_text("You marked 1 claim")
    assert guessing.painted() == {CLAIM: [SENTENCE]}
    assert not guessing.page.url.endswith("#vpr")


def test_outside_the_article_the_page_is_the_pages(guessing: Driver) -> None:
    guessing.page.evaluate(
        "() => { document.querySelector('nav').onclick = (event) => {"
        " globalThis.clicked = true; event.preventDefault(); }; }"
    )
    click_at(guessing, "World")
    assert guessing.page.evaluate("globalThis.clicked")
    assert guessing.painted() == {}


def test_by_keys_alone(guessing: Driver) -> None:
    press(guessing, "ArrowRight")
    assert guessing.painted() == {"guess-caret-light": ["Pilot"]}
    assert guessing.said().endswith(" Pilot")
    press(guessing, "ArrowDown")
    assert guessing.said().endswith(f" {SENTENCE}")
    press(guessing, "c")
    assert guessing.painted()[CLAIM] == [SENTENCE]
    assert guessing.said().endswith(f" Somebody’s claim: {SENTENCE}")
    press(guessing, "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    assert guessing.painted()["guess-caret-light"] == ["is said to"]
    press(guessing, "u")
    assert guessing.painted()[UNSURE] == ["is said to"]
    press(guessing, "ArrowLeft", "ArrowRight")
    assert guessing.said().endswith(" to, Unsure words")
    press(guessing, "Backspace")
    assert UNSURE not in guessing.painted()
    press(guessing, "Enter")
    guessing.wait_for_text("You found 1 of 5 claims and 0 of 4 unsure words.")
    press(guessing, "Enter")
    guessing.wait_for_text("1 of 9")
    press(guessing, "Escape", "Escape")
    guessing.wait_for("button", "Next mark")


def test_the_last_guess_is_taken_back_by_the_button(guessing: Driver) -> None:
    click_at(guessing, "to avoid having")
    press(guessing, "u")
    click_at(guessing, "may")
    guessing.click("Take back")
    assert guessing.painted() == {CLAIM: [SENTENCE]}
    guessing.click("Take back")
    assert guessing.painted() == {}


def test_hits_misses_and_what_only_the_pupils_marked(guessing: Driver) -> None:
    click_at(guessing, "to avoid having")
    click_at(guessing, "The woods at the border")
    press(guessing, "u")
    click_at(guessing, "may")
    click_at(guessing, "told")
    guessing.click("Reveal")
    guessing.wait_for_text(
        "You found 1 of 5 claims and 1 of 4 unsure words. 2 marks are yours alone."
    )
    painted = guessing.painted()
    assert painted[UNSURE] == ["may", "told"]
    assert painted["hedge-light"][2] == "may"

    guessing.click("Look at all 11")
    guessing.wait_for_text("1 of 11")
    verdicts = []
    for number in range(1, 12):
        guessing.wait_for_text(f"{number} of 11")
        verdicts.append(guessing.said().removeprefix(f"{number} of 11. ").partition(".")[0])
        press(guessing, "PageDown")
    found, missed, extra = "You found it", "You missed it", "Only you marked this"
    assert verdicts == [found, *[missed] * 3, extra, *[missed] * 3, found, missed, extra]
    press(guessing, "Escape")
    guessing.click("2 yours alone")
    guessing.wait_for_text("Hearsay sees somebody else’s claim here, but no unsure words.")
    press(guessing, "ArrowRight")
    guessing.wait_for_text("Hearsay sees no claim of somebody else here.")
    press(guessing, "Escape")
    guessing.click("7 missed")
    guessing.wait_for_text("1 of 7")


def test_a_guess_on_what_is_unsure_is_told_the_words_that_make_it_so(guessing: Driver) -> None:
    press(guessing, "u")
    click_at(guessing, "walked")
    guessing.click("Reveal")
    guessing.click("Look at all")
    press(guessing, "PageDown", "PageDown")
    guessing.wait_for_text("You found it")
    guessing.wait_for_text("You marked what is unsure.")


def test_what_is_switched_off_is_found_too_and_never_missed(guessing: Driver) -> None:
    press(guessing, "u")
    click_at(guessing, "about 40")
    guessing.click("Reveal")
    guessing.wait_for_text(
        "You found 0 of 5 claims and 0 of 4 unsure words, and 1 more of a kind that is not shown."
    )
    assert "yours alone" not in guessing.text()
    guessing.click("Look at all 10")
    guessing.wait_for_text("1 of 10")
    press(guessing, "End", "PageUp")
    guessing.wait_for_text("You found it")
    guessing.wait_for_text("Hearsay sees it too, but marks of this kind are switched off.")
    guessing.wait_for_text("Roughly")
    excerpt = in_overlay(guessing, "(root) => root.querySelector('.excerpt').innerHTML")
    assert '<span class="look-guess-unsure"><span class="look-hedge">about</span></span>' in excerpt


def test_the_focus_is_on_the_text(guessing: Driver) -> None:
    assert in_overlay(guessing, "(root) => root.activeElement.role") == "application"
    press(guessing, "ArrowRight")
    assert guessing.painted() == {"guess-caret-light": ["Pilot"]}


@pytest.mark.firefox_only("Chromium without a screen has a mouse that no test takes away")
def test_where_fingers_alone_point_the_focus_is_on_the_pen(marked: Driver) -> None:
    assert isinstance(marked.browser, Firefox)
    with marked.browser.fingers_alone():
        marked.page.wait_for_function("() => matchMedia('(hover: none)').matches")
        press(marked, "Alt+Shift+G")
        marked.wait_for("heading", "Guess first")
        assert in_overlay(marked, "(root) => root.activeElement.ariaPressed") == "true"
        press(marked, "ArrowRight")
        assert marked.painted() == {"guess-caret-light": ["Pilot"]}


def test_starting_again_forgets_the_guesses(guessing: Driver) -> None:
    click_at(guessing, "to avoid having")
    guessing.click("Reveal")
    guessing.click("Start again")
    guessing.wait_for_text("You marked 0 claims and 0 unsure words.")
    assert guessing.painted() == {}


def test_the_end_leaves_the_marks_and_the_page_as_they_were(marked: Driver) -> None:
    before = dom(marked)
    painted = marked.painted()
    press(marked, "Alt+Shift+G")
    marked.wait_for("heading", "Guess first")
    click_at(marked, "to avoid having")
    press(marked, "ArrowRight")
    assert dom(marked) == before
    press(marked, "Escape")
    marked.wait_for("button", "Next mark")
    assert marked.painted() == painted
    assert dom(marked) == before


def test_nothing_is_sent_and_nothing_kept(guessing: Driver, api: FakeApi) -> None:
    stored = "async () => JSON.stringify(await chrome.storage.local.get())"
    background = guessing.background(guessing.context)
    asked: list[str] = []
    guessing.page.on("request", lambda request: asked.append(request.url))
    requests = len(api.requests)
    before = background.evaluate(stored)
    click_at(guessing, "to avoid having")
    guessing.click("Reveal")
    guessing.wait_for_text("You found 1 of 5 claims")
    assert len(api.requests) == requests
    assert asked == []
    assert background.evaluate(stored) == before
    assert guessing.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_guesses_and_hiding_outlive_a_change_of_what_is_marked(guessing: Driver) -> None:
    click_at(guessing, "to avoid having")
    background = guessing.background(guessing.context)
    background.evaluate(HIDE_APPROXIMATIONS_NO_LONGER)
    try:
        guessing.page.wait_for_timeout(500)
        assert guessing.painted() == {CLAIM: [SENTENCE]}
        guessing.click("Reveal")
        guessing.wait_for_text("You found 1 of 5 claims and 0 of 5 unsure words.")
    finally:
        background.evaluate("() => hearsay.settings.reset()")


def test_once_revealed_the_marks_explain_themselves(guessing: Driver) -> None:
    guessing.click("Reveal")
    guessing.point_at("Critics")
    guessing.wait_for_text("Vague source")
    press(guessing, "Escape")
    guessing.wait_until_gone("Vague source")
    guessing.wait_for("heading", "You found 0 of 5")


@pytest.mark.parametrize("page", ["light", "dark"])
def test_a_pupils_phone(api: FakeApi, opened: Open, page: str) -> None:
    api.answer(article())
    driver = opened(page)
    driver.page.set_viewport_size({"width": 390, "height": 844})
    driver.mark()
    press(driver, "Alt+Shift+G")
    driver.wait_for("heading", "Guess first")
    for revealed in (False, True):
        if revealed:
            driver.click("Reveal")
            driver.wait_for("heading", "You found")
        for node in driver.nodes():
            if role_of(node) == "button":
                left, top, right, bottom = driver.browser.box(driver.page, node)
                assert 0 <= left < right <= 390, name_of(node)
                assert 844 / 2 < top < bottom <= 844, name_of(node)
                assert bottom - top >= 40, name_of(node)
        assert_accessible(driver.page, OVERLAY)


def test_on_our_own_page_a_touch_marks_and_types_nothing(
    context: BrowserContext, server: str
) -> None:
    text = "The road may be closed. The pilot is said to have fled on foot."
    page = context.new_page()
    page.goto(server)
    page.get_by_role("textbox").focus()
    page.keyboard.insert_text(text)
    page.get_by_role("button", name="Guess first").click()
    driver = Driver(page)
    driver.wait_for("heading", "Guess first")
    driver.click("Unsure words")
    driver.touch(*driver.place_of("may"))
    driver.wait_for_text("You marked 0 claims and 1 unsure word.")
    page.keyboard.type("x")
    assert page.locator("#text").inner_text().strip() == text
    driver.click("Reveal")
    driver.wait_for_text("You found 0 of 1 claim and 1 of 2 unsure words.")
    driver.click("End")
    expect(page.get_by_role("button", name="Guess first")).to_be_focused()
    page.close()
