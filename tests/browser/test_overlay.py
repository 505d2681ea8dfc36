"""The overlay on a page: what is painted, what the card says, and that the page stays as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .driver import Driver
from .fake_api import FakeApi
from .light_article import LOSSES, PILOT, WALKED, article

Open = Callable[[str], Driver]

LINES_OF_CLAIM = """(number) => {
    const range = [...CSS.highlights.get("hearsay-content-light")][number];
    range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
    return [...range.getClientRects()].map((rect) => rect.toJSON());
}"""


def dom(driver: Driver) -> str:
    """Return the page's markup without the one element that the overlay may add."""
    return str(
        driver.page.evaluate(
            """() => {
                const copy = document.documentElement.cloneNode(true);
                copy.querySelectorAll(':scope > hearsay-overlay').forEach((host) => host.remove());
                return copy.outerHTML;
            }"""
        )
    )


def told(painted: int, left_out: int) -> str:
    """Return the line that the console gets."""
    return f"Hearsay: {painted} marks painted; {left_out} left out, where the page's text differs."


def test_paints_each_span_in_its_own_look(marked: Driver) -> None:
    painted = marked.painted()
    assert painted["source-light"] == ["VPR", "Mishov", "he"]
    assert painted["vague-light"] == ["Critics"]
    assert painted["cue-light"] == ["According to", "told", "said", "say"]
    assert painted["unstated-light"] == ["is said"]
    assert painted["hedge-light"] == [
        "is said to",
        "I believe",
        "may",
        "could not be independently verified",
    ]


def test_paints_across_inline_elements_entities_and_soft_hyphens(marked: Driver) -> None:
    content = [text.replace("\xad", "").replace("\u202f", " ") for text in marked.content()]
    assert content == [
        PILOT,
        WALKED,
        "that he tried to leave the air force in January",
        LOSSES,
        "that the army may have lost",
    ]
    assert marked.console == [
        "Hearsay: 18 marks painted; 0 left out, where the page's text differs."
    ]


def test_plans_and_round_figures_are_not_painted_by_default(marked: Driver) -> None:
    texts = [text for texts in marked.painted().values() for text in texts]
    assert "the ministry" not in texts
    assert "about" not in texts
    assert "5 claims" in marked.text()


def test_the_page_is_as_it_was_but_for_one_element(api: FakeApi, opened: Open) -> None:
    api.answer(article())
    driver = opened("light")
    before = dom(driver)
    driver.mark()
    assert dom(driver) == before
    added = driver.page.evaluate("document.documentElement.lastElementChild.outerHTML")
    assert added == '<hearsay-overlay popover="manual"></hearsay-overlay>'
    driver.point_at("Critics")
    driver.wait_for_text("Vague source")
    assert dom(driver) == before
    driver.press()
    driver.wait_until_gone()
    assert driver.page.evaluate("document.documentElement.outerHTML") == before


def test_pressing_again_removes_every_trace(marked: Driver) -> None:
    marked.point_at("Critics")
    marked.wait_for_text("Vague source")
    marked.press()
    marked.wait_until_gone()
    assert marked.painted() == {}
    assert marked.page.evaluate("document.adoptedStyleSheets.length") == 0
    assert (
        marked.page.evaluate("Object.keys(globalThis).filter((key) => /hearsay/i.test(key))") == []
    )


def test_pressing_a_third_time_marks_again(marked: Driver) -> None:
    before = marked.painted()
    marked.press()
    marked.wait_until_gone()
    marked.mark()
    assert marked.painted() == before


def test_a_span_whose_text_differs_is_left_out_and_counted(api: FakeApi, opened: Open) -> None:
    reply = article()
    driver = opened("light")

    def wrong(blocks: list[dict[str, str]]) -> tuple[int, str, str]:
        value = reply.to_dict(blocks)
        value["attributions"][0]["source"]["start"] -= 2
        value["hedges"][0]["cue"]["end"] = 100_000
        value["hedges"][2]["cue"]["block"] = "elsewhere"
        return api.json(value)

    api.analyze = wrong
    driver.mark()
    painted = driver.painted()
    assert painted["source-light"] == ["Mishov", "he"]
    assert painted["hedge-light"] == ["I believe", "could not be independently verified"]
    assert driver.console == [
        "Hearsay: 15 marks painted; 3 left out, where the page's text differs."
    ]


def test_paints_under_a_strict_content_security_policy(api: FakeApi, opened: Open) -> None:
    api.answer(article())
    driver = opened("strict")
    driver.mark()
    assert driver.painted()["vague-light"] == ["Critics"]
    line = "getComputedStyle(document.body, '::highlight(hearsay-vague-light)').textDecorationStyle"
    assert driver.page.evaluate(line) == "dashed"
    assert [text for text in driver.console if "Content Security" in text] == []


def test_dark_pages_get_light_ink(api: FakeApi, opened: Open) -> None:
    api.answer(article())
    driver = opened("dark")
    driver.mark()
    assert {name.rsplit("-", 1)[1] for name in driver.painted()} == {"dark"}


def test_only_the_article_is_sent(api: FakeApi, opened: Open) -> None:
    driver = opened("light")
    driver.press()
    driver.wait_for_text("Nothing to mark in this text.")
    texts = [block["text"] for block in api.requests[0]]
    assert any(text.startswith("According to VPR") for text in texts)
    assert not any("Home" in text for text in texts)


def test_nothing_to_mark_is_said(api: FakeApi, opened: Open) -> None:
    driver = opened("light")
    driver.press()
    driver.wait_for_text("Nothing to mark in this text.")


def test_warnings_are_shown(api: FakeApi, opened: Open) -> None:
    answer = article()
    answer.warnings.append({"code": "not-english", "detail": "This is not English."})
    api.answer(answer)
    driver = opened("light")
    driver.mark()
    assert "⚠ This is not English." in driver.text()
    driver.wait_until_said("This is not English")


class TestCard:
    def test_pointing_at_a_mark_tells_what_it_is(self, marked: Driver) -> None:
        marked.point_at("Critics")
        marked.wait_for_text("Vague source")
        assert "A claim like this cannot be checked" in marked.text()
        marked.point_at("Pilot fled")
        marked.wait_until_gone("Vague source")

    def test_pointing_lights_up_what_belongs_together(self, marked: Driver) -> None:
        marked.point_at("Critics")
        marked.wait_for_text("Vague source")
        linked = ["Critics", "say", "that the army may have lost"]
        assert sorted(marked.painted()["linked-light"]) == linked

    def test_the_full_name_stands_for_a_pronoun(self, marked: Driver) -> None:
        marked.point_at("he said.")
        marked.wait_for_text("Dmitri Mishov")
        assert "Here “he”" in marked.text()

    def test_no_source_is_said(self, marked: Driver) -> None:
        marked.point_at("is said")
        marked.wait_for_text("No source given")

    def test_all_marks_at_a_point_innermost_first(self, marked: Driver) -> None:
        marked.point_at("I believe")
        marked.wait_for_text("“I believe”")
        text = marked.text()
        assert text.index("Unsure words") < text.index("Claim")
        assert "The caution of Dmitri Mishov, not of the writer." in text

    def test_the_writers_own_hedges_are_the_writers(self, marked: Driver) -> None:
        marked.point_at("could not be independently")
        marked.wait_for_text("The writer’s own caution.")

    def test_the_margin_beside_a_mark_is_no_mark(self, marked: Driver) -> None:
        x, y = marked.place_of("Critics")
        marked.page.mouse.move(x - 100, y)
        marked.page.wait_for_timeout(300)
        assert "Vague source" not in marked.text()

    def test_a_click_keeps_the_card_and_the_next_closes_it(self, marked: Driver) -> None:
        marked.page.mouse.click(*marked.place_of("Critics"))
        marked.point_at("Pilot fled")
        marked.page.wait_for_timeout(500)
        assert "Vague source" in marked.text()
        marked.page.mouse.click(*marked.place_of("Pilot fled"))
        marked.wait_until_gone("Vague source")

    def test_a_touch_opens_the_card(self, marked: Driver) -> None:
        marked.touch(*marked.place_of("Critics"))
        marked.wait_for_text("Vague source")

    def test_the_card_lies_between_the_window_s_top_and_the_bar(self, marked: Driver) -> None:
        marked.page.set_viewport_size({"width": 360, "height": 640})
        legend = marked.wait_for("button", "What the lines mean")
        _, bar, _, _ = marked.browser.box(marked.page, legend)
        marked.page.keyboard.press("Alt+Shift+K")
        for _ in range(6):
            left, top, right, bottom = marked.card_box()
            assert 0 <= left < right <= 360
            assert 0 <= top < bottom <= bar
            marked.page.keyboard.press("Alt+Shift+K")

    @pytest.mark.parametrize("size", [(1280, 800), (640, 420), (360, 640)])
    def test_the_card_covers_no_line_of_what_it_explains(
        self, marked: Driver, size: tuple[int, int]
    ) -> None:
        page = marked.page
        page.set_viewport_size({"width": size[0], "height": size[1]})
        claims = page.evaluate("() => CSS.highlights.get('hearsay-content-light').size")
        for number in range(claims):
            lines = page.evaluate(LINES_OF_CLAIM, number)
            # Claims begin with unsure words here, which have a card of their own.
            last = lines[-1]
            page.mouse.click(last["right"] - 4, (last["top"] + last["bottom"]) / 2)
            _, top, _, bottom = marked.card_box()
            for line in lines:
                assert line["bottom"] <= top or line["top"] >= bottom
            page.keyboard.press("Escape")


class TestKeys:
    def test_walk_the_marks_and_tell_a_screen_reader(self, marked: Driver) -> None:
        keyboard = marked.page.keyboard
        keyboard.press("Alt+Shift+J")
        marked.wait_until_said("Signal words: VPR. Passed on.")
        keyboard.press("Alt+Shift+J")
        marked.wait_until_said("No source given")
        marked.wait_until_said("“is said to”")
        keyboard.press("Alt+Shift+K")
        marked.wait_until_said("Signal words: VPR.")
        keyboard.press("Alt+Shift+K")
        marked.wait_until_said("“could not be independently verified”")

    def test_walking_scrolls_to_the_mark(self, marked: Driver) -> None:
        marked.page.set_viewport_size({"width": 500, "height": 300})
        marked.page.keyboard.press("Alt+Shift+K")
        _, y = marked.place_of("could not be independently")
        assert 0 < y < 300

    def test_the_focus_stays_on_the_page(self, marked: Driver) -> None:
        marked.page.focus("nav a")
        marked.page.keyboard.press("Alt+Shift+J")
        assert marked.page.evaluate("document.activeElement.textContent") == "Home"

    def test_in_the_bar_arrows_walk(self, marked: Driver) -> None:
        marked.focus("What the lines mean")
        marked.page.keyboard.press("ArrowRight")
        marked.wait_until_said("Signal words: VPR.")
        marked.page.keyboard.press("n")
        marked.wait_until_said("“is said to”")
        marked.page.keyboard.press("p")
        marked.wait_until_said("Signal words: VPR.")

    def test_escape_closes_the_card_and_then_the_overlay(self, marked: Driver) -> None:
        marked.page.keyboard.press("Alt+Shift+J")
        marked.page.keyboard.press("Escape")
        assert "Passed on" not in marked.text().removesuffix(marked.said())
        assert marked.painted()
        marked.page.keyboard.press("Escape")
        marked.wait_until_gone()

    def test_other_keys_are_the_pages(self, marked: Driver) -> None:
        marked.page.evaluate(
            "globalThis.keys = []; addEventListener('keydown', ({ key }) => keys.push(key))"
        )
        for key in ("j", "n", "ArrowRight", "Alt+j", "Shift+K"):
            marked.page.keyboard.press(key)
        pressed = marked.page.evaluate("keys.filter((key) => !['Alt', 'Shift'].includes(key))")
        assert pressed == ["j", "n", "ArrowRight", "j", "K"]

    def test_keys_in_the_bar_do_not_reach_the_page(self, marked: Driver) -> None:
        marked.page.evaluate(
            "globalThis.keys = [];document.addEventListener('keydown', ({ key }) => keys.push(key))"
        )
        marked.focus("What the lines mean")
        marked.page.keyboard.press("n")
        assert marked.page.evaluate("keys") == []


class TestBar:
    def test_counts_what_is_marked(self, marked: Driver) -> None:
        text = marked.text()
        assert "5 claims" in text
        assert "2 without a source to ask" in text
        assert "4 unsure words" in text

    def test_the_legend_opens_and_closes(self, marked: Driver) -> None:
        marked.click("What the lines mean")
        marked.wait_for_text("Signal words")
        marked.click("What the lines mean")
        marked.wait_until_gone("Signal words")

    def test_its_buttons_walk_and_close(self, marked: Driver) -> None:
        marked.click("Next mark")
        marked.wait_for_text("VPR")
        marked.click("Close")
        marked.wait_until_gone()
        assert marked.painted() == {}
