"""Pages that change: new text is read and nothing twice, and marks go with their text."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.long_page import analysis

from .driver import PAINTED, Driver
from .fake_api import FakeApi
from .test_overlay import dom

Open = Callable[[str], Driver]

MENDING = Path(__file__).parents[2] / "extension" / "content" / "mending.js"

FIRST = (
    "Mara Quint said the bridge over the river would be closed for repairs until the spring, on a"
    " day on which the market opened at six as it always has.",
    "Two buses stood at the stop with their doors open and nobody inside, and the driver of one of"
    " them read a newspaper that was a week old.",
    "Jon Abel said nobody had looked at the cables since the flood eleven years ago, which the"
    " council has not denied so far.",
)
LATE = (
    "Ines Oduya said the money for it might come from the fund for roads, and the council met for"
    " the third time in a week."
)
OTHER = (
    "Critics said the town could lose half of its visitors in a single summer, and the hotels have"
    " begun to count their empty beds.",
    "On the far bank the market opened at six, as it has on every Saturday since the war, and sold"
    " nothing but umbrellas until noon.",
    "The ministry said nobody had looked at the cables since the flood eleven years ago, in a"
    " letter of four lines.",
)

FIRST_SOURCES = ["Mara Quint", "Jon Abel"]

WRITE = """(paragraphs) => {
    const article = document.querySelector('article');
    article.replaceChildren();
    const headline = article.appendChild(document.createElement('h1'));
    headline.textContent = 'What became of the bridge over the river';
    for (const text of paragraphs) {
        article.appendChild(document.createElement('p')).textContent = text;
    }
}"""

APPEND = """([selector, text]) => {
    document.querySelector(selector).appendChild(document.createElement('p')).textContent = text;
}"""


@pytest.fixture
def story(api: FakeApi, opened: Open) -> Driver:
    """A page with the first story, read to its end."""
    api.analyze = lambda blocks: api.json(analysis(blocks))
    driver = opened("story")
    driver.page.evaluate(WRITE, FIRST)
    driver.mark()
    assert len(api.requests) == 1
    return driver


def sources(driver: Driver) -> list[str]:
    return driver.painted().get("source-light", [])


def wait_until(driver: Driver, condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, (driver.painted(), driver.text())
        driver.page.wait_for_timeout(50)


def texts(api: FakeApi, request: int) -> list[str]:
    return [block["text"] for block in api.requests[request]]


def test_only_what_is_new_is_sent(api: FakeApi, story: Driver) -> None:
    story.page.evaluate(APPEND, ["article", LATE])
    wait_until(story, lambda: sources(story) == [*FIRST_SOURCES, "Ines Oduya"])
    assert len(api.requests) == 2
    assert texts(api, 1) == [LATE]
    story.wait_for_text("3 claims")


def test_a_live_blog_grows_at_its_top(api: FakeApi, story: Driver) -> None:
    story.page.evaluate(
        """(text) => {
            const entry = document.createElement('p');
            entry.textContent = text;
            document.querySelector('h1').after(entry);
        }""",
        LATE,
    )
    wait_until(story, lambda: len(sources(story)) == 3)
    assert texts(api, 1) == [LATE]
    story.page.keyboard.press("Alt+Shift+J")
    assert "Ines Oduya" in story.said()


def test_another_story_below_leaves_the_first_its_marks(api: FakeApi, story: Driver) -> None:
    longer = [f"{text} {text.replace('said', 'wrote')}" for text in OTHER * 4]
    story.page.evaluate(
        """(paragraphs) => {
            const more = document.createElement('section');
            for (const text of paragraphs) {
                more.appendChild(document.createElement('p')).textContent = text;
            }
            document.querySelector('main').after(more);
            history.replaceState(null, '', '/second-story');
        }""",
        longer,
    )
    wait_until(story, lambda: len(sources(story)) == len(FIRST_SOURCES) + 4)
    assert sources(story)[:2] == FIRST_SOURCES
    assert texts(api, 1) == longer


def test_a_changed_paragraph_is_read_again_alone(api: FakeApi, story: Driver) -> None:
    story.page.evaluate(
        """(text) => { document.querySelectorAll('article p')[2].firstChild.data = text }""", LATE
    )
    wait_until(story, lambda: sources(story) == ["Mara Quint", "Ines Oduya"])
    assert texts(api, 1) == [LATE]


def test_what_is_removed_takes_its_marks_along(api: FakeApi, story: Driver) -> None:
    story.page.evaluate("document.querySelector('article p').remove()")
    wait_until(story, lambda: sources(story) == ["Jon Abel"])
    story.wait_for_text("1 claim")
    assert len(api.requests) == 1


def test_what_is_hidden_takes_its_marks_along(api: FakeApi, story: Driver) -> None:
    story.page.evaluate("document.querySelector('article p').style.display = 'none'")
    wait_until(story, lambda: sources(story) == ["Jon Abel"])
    assert len(api.requests) == 1


def test_the_same_text_in_new_nodes_is_marked_without_a_request(
    api: FakeApi, story: Driver
) -> None:
    before = story.painted()
    story.page.evaluate(WRITE, FIRST)
    story.page.evaluate("CSS.highlights.forEach((highlight) => highlight.clear())")
    wait_until(story, lambda: story.painted() == before)
    assert len(api.requests) == 1


def test_a_single_page_application_goes_to_another_article(api: FakeApi, story: Driver) -> None:
    story.page.keyboard.press("Alt+Shift+J")
    story.wait_for("note", "")
    story.page.evaluate("history.pushState(null, '', '/another')")
    story.page.evaluate(WRITE, OTHER)
    wait_until(story, lambda: sources(story) == ["The ministry"])
    assert story.painted()["vague-light"] == ["Critics"]
    assert len(api.requests) == 2
    assert texts(api, 1)[1:] == list(OTHER)
    story.wait_for_text("2 claims")
    assert not any(node["role"]["value"] == "note" for node in story.nodes())


def test_an_article_that_its_script_shows_late_is_found(api: FakeApi, opened: Open) -> None:
    api.analyze = lambda blocks: api.json(analysis(blocks))
    driver = opened("story")
    driver.page.evaluate(WRITE, FIRST)
    driver.page.evaluate("document.querySelector('main').style.display = 'none'")
    driver.press()
    driver.wait_for("heading", "No article found on this page")
    driver.page.evaluate("document.querySelector('main').style.display = ''")
    driver.wait_for("button", "Next mark")
    assert sources(driver) == FIRST_SOURCES


class TestUnasked:
    """On a site that is always on, nobody has asked for the page."""

    @pytest.fixture
    def quiet(self, api: FakeApi, opened: Open) -> Driver:
        """A page without an article, on which the site and not the reader has started Hearsay."""
        api.analyze = lambda blocks: api.json(analysis(blocks))
        driver = opened("story")
        driver.press()
        driver.wait_for("heading", "No article found on this page")
        driver.press()
        driver.wait_until_gone()
        Driver.background(driver.context).evaluate(
            """async () => {
                const { scripting, tabs } = globalThis.browser ?? chrome;
                const [tab] = await tabs.query({ active: true, lastFocusedWindow: true });
                const target = { tabId: tab.id };
                await scripting.executeScript({ target, func: () => { delete hearsay.toggle } });
                const files = ["content/unasked.js", "content/main.js"];
                await scripting.executeScript({ target, files });
            }"""
        )
        driver.page.wait_for_timeout(500)
        assert driver.text() == ""
        return driver

    def test_an_article_that_comes_is_marked(self, quiet: Driver) -> None:
        quiet.page.evaluate(WRITE, FIRST)
        quiet.wait_for("button", "Next mark")
        assert sources(quiet) == FIRST_SOURCES

    def test_a_press_of_the_button_gets_an_answer(self, quiet: Driver) -> None:
        quiet.press()
        quiet.wait_for("heading", "No article found on this page")


def test_tickers_cost_no_request_and_no_mark(api: FakeApi, story: Driver) -> None:
    story.page.evaluate(
        """async () => {
            const ticker = document.body.appendChild(document.createElement('div'));
            const counter = document.querySelector('article').appendChild(
                document.createElement('p'));
            for (let count = 0; count < 40; count++) {
                ticker.textContent = `Live: ${count}`;
                counter.textContent = `This was shared ${count} times.`;
                document.body.style.setProperty('--scrolled', count);
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
        }"""
    )
    assert len(api.requests) == 1
    assert sources(story) == FIRST_SOURCES


def test_a_ticker_that_halts_for_a_moment_is_not_read(api: FakeApi, story: Driver) -> None:
    story.page.evaluate(
        """async () => {
            const counter = document.querySelector('article').appendChild(
                document.createElement('p'));
            for (let count = 0; count < 100; count++) {
                counter.textContent = `This was shared ${count} times.`;
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
        }"""
    )
    story.page.wait_for_timeout(500)
    story.page.evaluate(APPEND, ["article", LATE])
    wait_until(story, lambda: len(sources(story)) == 3)
    assert len(api.requests) == 2
    assert texts(api, 1) == [LATE]


def test_nothing_of_the_page_changes_while_it_is_watched(story: Driver) -> None:
    story.page.evaluate(APPEND, ["article", LATE])
    before = dom(story)
    wait_until(story, lambda: len(sources(story)) == 3)
    assert dom(story) == before


def test_nothing_is_read_once_hearsay_is_off(api: FakeApi, story: Driver) -> None:
    story.press()
    story.wait_until_gone()
    story.page.evaluate(APPEND, ["article", LATE])
    story.page.wait_for_timeout(1500)
    assert len(api.requests) == 1
    assert story.painted() == {}


class TestSharedRegistries:
    """Page scripts can clear the highlights and the style sheets, which they share with us."""

    def test_cleared_highlights_are_painted_again(self, story: Driver) -> None:
        before = story.painted()
        assert story.page.evaluate("(CSS.highlights.clear(), CSS.highlights.size)") == 0
        wait_until(story, lambda: story.painted() == before)

    def test_a_replaced_list_of_style_sheets_gets_ours_again(self, story: Driver) -> None:
        story.page.evaluate("document.adoptedStyleSheets = [new CSSStyleSheet()]")
        style = "getComputedStyle(document.body, '::highlight(hearsay-source-light)')"
        line = f"{style}.textDecorationLine"
        wait_until(story, lambda: story.page.evaluate(line) == "underline")
        story.press()
        story.wait_until_gone()
        assert story.page.evaluate("document.adoptedStyleSheets.length") == 1

    def test_a_page_that_always_clears_them_has_its_way(self, opened: Open) -> None:
        page = opened("story").page
        page.clock.install()
        page.evaluate(f"{MENDING.read_text(encoding='utf-8')}; null")
        page.evaluate(
            """() => {
                globalThis.mended = 0;
                const mend = () => { mended++; return true };
                hearsay.keepMended(mend, new AbortController().signal);
            }"""
        )
        page.clock.run_for(10_000)
        assert 3 <= page.evaluate("mended") <= 5
        page.clock.run_for(3_600_000)
        assert page.evaluate("mended") == 8


class TestCache:
    def test_the_same_article_costs_one_analysis(self, api: FakeApi, story: Driver) -> None:
        before = story.painted()
        story.press()
        story.wait_until_gone()
        story.mark()
        assert story.painted() == before
        story.page.reload()
        story.page.evaluate(WRITE, FIRST)
        story.mark()
        assert story.painted() == before
        assert len(api.requests) == 1

    def test_another_text_is_another_article(self, api: FakeApi, story: Driver) -> None:
        story.page.reload()
        story.page.evaluate(WRITE, [*FIRST[:2], LATE])
        story.mark()
        assert sources(story) == ["Mara Quint", "Ines Oduya"]
        assert len(api.requests) == 2


def test_an_article_in_a_frame_of_the_same_origin(api: FakeApi, opened: Open) -> None:
    api.analyze = lambda blocks: api.json(analysis(blocks))
    driver = opened("framed")
    frame = driver.page.frames[1]
    frame.evaluate(WRITE, FIRST)
    before = frame.evaluate("document.documentElement.outerHTML")
    driver.mark()
    assert driver.painted() == {}
    assert frame.evaluate(PAINTED)["source-light"] == FIRST_SOURCES
    assert frame.evaluate("document.documentElement.outerHTML") == before

    box = frame.frame_element().bounding_box()
    assert box
    x, y = frame.evaluate(
        """() => {
            const range = [...CSS.highlights.get('hearsay-source-light')][0];
            const { left, top, height } = range.getBoundingClientRect();
            return [left + 5, top + height / 2];
        }"""
    )
    driver.page.mouse.move(box["x"] + x, box["y"] + y)
    driver.page.mouse.move(box["x"] + x + 1, box["y"] + y)
    driver.wait_for_text("Mara Quint")
    left, top, _, bottom = driver.card_box()
    assert abs(left - box["x"]) < 200
    assert bottom < box["y"] + y or top > box["y"] + y

    frame.evaluate(APPEND, ["article", LATE])
    wait_until(driver, lambda: len(frame.evaluate(PAINTED)["source-light"]) == 3)
    driver.press()
    driver.wait_until_gone()
    assert frame.evaluate(PAINTED) == {}
    assert frame.evaluate("document.adoptedStyleSheets.length") == 0


class TestSettings:
    """What a reader chooses anywhere is seen on the page at once."""

    def test_a_label_that_is_switched_off(
        self, api: FakeApi, story: Driver, context: BrowserContext
    ) -> None:
        background = Driver.background(context)
        try:
            background.evaluate(
                "() => hearsay.settings.write({ hidden: { source_kind: ['named'] } })"
            )
            wait_until(story, lambda: not sources(story))
            story.wait_for_text("Nothing to mark")
        finally:
            background.evaluate("() => hearsay.settings.reset()")
        wait_until(story, lambda: sources(story) == FIRST_SOURCES)
        assert len(api.requests) == 1

    def test_a_line_of_another_kind(self, story: Driver, context: BrowserContext) -> None:
        line = "getComputedStyle(document.body, '::highlight(hearsay-source-light)')"
        style = f"{line}.textDecorationStyle"
        before = story.page.evaluate(style)
        background = Driver.background(context)
        try:
            background.evaluate(
                "() => hearsay.settings.write("
                "{ looks: { palette: 'standard', lines: { source: 'wavy' } } })"
            )
            wait_until(story, lambda: story.page.evaluate(style) == "wavy")
        finally:
            background.evaluate("() => hearsay.settings.reset()")
        wait_until(story, lambda: story.page.evaluate(style) == before)


class TestReading:
    """What the extension's other parts hear and ask."""

    def ask(self, story: Driver, message: str) -> object:
        return Driver.background(story.context).evaluate(
            """async (message) => {
                const { tabs } = globalThis.browser ?? chrome;
                const [tab] = await tabs.query({ active: true, lastFocusedWindow: true });
                return tabs.sendMessage(tab.id, JSON.parse(message));
            }""",
            message,
        )

    def test_the_snapshot(self, story: Driver) -> None:
        reading = self.ask(story, '{"type": "get-reading"}')
        assert isinstance(reading, dict)
        assert reading["state"] == "done"
        assert reading["progress"] == {"done": 4, "all": 4}
        assert [block["text"] for block in reading["blocks"]][1:] == list(FIRST)
        assert [found["source"]["text"] for found in reading["analysis"]["attributions"]] == (
            FIRST_SOURCES
        )
        assert reading["labels"]["families"]
        assert reading["url"].endswith("/story")

    def test_ids_stay_unique_and_in_the_order_of_the_text(self, story: Driver) -> None:
        story.page.evaluate(
            "(text) => { document.querySelector('h1').after(Object.assign("
            "document.createElement('p'), { textContent: text })) }",
            LATE,
        )
        wait_until(story, lambda: len(sources(story)) == 3)
        reading = self.ask(story, '{"type": "get-reading"}')
        assert isinstance(reading, dict)
        found = reading["analysis"]["attributions"]
        assert [one["source"]["text"] for one in found] == ["Ines Oduya", *FIRST_SOURCES]
        assert len({one["id"] for one in found}) == 3
        ids = [block["id"] for block in reading["blocks"]]
        assert len(set(ids)) == len(ids)
        assert [one["source"]["block"] for one in found] == [ids[1], ids[2], ids[4]]

    def test_going_to_a_claim_opens_its_card(self, story: Driver) -> None:
        story.page.set_viewport_size({"width": 500, "height": 200})
        self.ask(story, '{"type": "go", "id": "a2"}')
        story.wait_for_text("Jon Abel")
        _, y = story.place_of("Jon Abel")
        assert 0 < y < 200

    def test_going_to_a_claim_that_a_filter_hides_shows_its_place(self, story: Driver) -> None:
        background = Driver.background(story.context)
        story.page.set_viewport_size({"width": 500, "height": 200})
        try:
            background.evaluate(
                "() => hearsay.settings.write({ hidden: { source_kind: ['named'] } })"
            )
            wait_until(story, lambda: not sources(story))
            self.ask(story, '{"type": "go", "id": "a2"}')
            wait_until(story, lambda: 0 < story.place_of("Jon Abel")[1] < 200)
        finally:
            background.evaluate("() => hearsay.settings.reset()")

    def test_without_the_overlay_there_is_no_reading(self, story: Driver) -> None:
        story.press()
        story.wait_until_gone()
        assert self.ask(story, '{"type": "get-reading"}') is None
