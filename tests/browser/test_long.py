"""Long articles: in parts, what is on the screen first, with a bar that tells how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Route

from tests.long_page import analysis, html, paragraphs

from .driver import Driver
from .fake_api import FakeApi, Reply
from .test_live import wait_until
from .test_overlay import dom

Open = Callable[[str], Driver]

SITE = "https://long.example"


class Gate:
    """Lets the API answer so many requests, and then only when told to."""

    def __init__(self, api: FakeApi, answers: int) -> None:
        self.free = threading.Semaphore(answers)

        def analyze(blocks: list[dict[str, str]]) -> Reply:
            self.free.acquire()
            return api.json(analysis(blocks))

        api.analyze = analyze

    def open(self) -> None:
        for _ in range(100):
            self.free.release()


@pytest.fixture
def article(context: BrowserContext, opened: Open) -> Iterator[Callable[[int], Driver]]:
    """Opens an article of so many words."""
    words = 0

    def serve(route: Route) -> None:
        route.fulfill(body=html(paragraphs(words)), content_type="text/html; charset=utf-8")

    def open_article(length: int) -> Driver:
        nonlocal words
        words = length
        return opened(f"{SITE}/{length}")

    context.route(f"{SITE}/**", serve)
    yield open_article
    context.unroute(f"{SITE}/**", serve)


def sent(api: FakeApi) -> list[list[str]]:
    return [[block["text"] for block in request] for request in api.requests]


def wait_until_read(driver: Driver) -> None:
    for _ in range(600):
        if any("marks painted" in line for line in driver.console):
            return
        driver.page.wait_for_timeout(50)
    raise AssertionError(driver.text())


def painted(driver: Driver) -> int:
    return sum(map(len, driver.painted().values()))


def printed(driver: Driver) -> None:
    """Make the page ready to be printed, when all marks are to be seen."""
    driver.page.evaluate("dispatchEvent(new Event('beforeprint'))")


def test_an_article_of_usual_length_is_one_request(
    api: FakeApi, article: Callable[[int], Driver]
) -> None:
    api.analyze = lambda blocks: api.json(analysis(blocks))
    driver = article(4500)
    driver.mark()
    wait_until_read(driver)
    assert len(api.requests) == 1


def test_a_long_one_is_read_in_parts_with_nothing_twice(
    api: FakeApi, article: Callable[[int], Driver]
) -> None:
    api.analyze = lambda blocks: api.json(analysis(blocks))
    driver = article(7000)
    before = dom(driver)
    driver.mark()
    wait_until_read(driver)
    parts = sent(api)
    assert 3 <= len(parts) <= 5
    blocks = [text for part in parts for text in part]
    assert [text for text in blocks if text[0].isdigit()] == paragraphs(7000)
    assert all(sum(map(len, part)) >= 9_000 for part in parts[:-1])
    assert all(part[0].startswith("Part ") for part in parts[1:])
    expected = analysis([{"id": "b", "text": text} for text in blocks])
    marks = len(expected["hedges"]) + 3 * len(expected["attributions"])
    printed(driver)
    assert painted(driver) == marks
    assert driver.console == [
        f"Hearsay: {marks} marks painted; 0 left out, where the page's text differs."
    ]
    assert dom(driver) == before


def test_far_marks_are_painted_when_the_reader_gets_near_or_prints(
    api: FakeApi, article: Callable[[int], Driver]
) -> None:
    api.analyze = lambda blocks: api.json(analysis(blocks))
    driver = article(7000)
    driver.mark()
    wait_until_read(driver)
    wait_until(driver, lambda: 0 < painted(driver) < 200)
    in_sight = """() => [...CSS.highlights.get('hearsay-content-light') ?? []].some((range) => {
        const { top, bottom } = range.getBoundingClientRect();
        return top > 0 && bottom < innerHeight;
    })"""
    for share in (0.5, 1):
        driver.page.evaluate(f"scrollTo(0, document.body.scrollHeight * {share})")
        driver.page.wait_for_function(in_sight)
        wait_until(driver, lambda: 0 < painted(driver) < 200)
    printed(driver)
    assert painted(driver) > 400
    driver.page.evaluate("dispatchEvent(new Event('afterprint'))")
    wait_until(driver, lambda: 0 < painted(driver) < 200)


def test_what_is_on_the_screen_comes_first(api: FakeApi, article: Callable[[int], Driver]) -> None:
    gate = Gate(api, 1)
    driver = article(7000)
    driver.page.evaluate("scrollTo(0, document.body.scrollHeight * 0.6)")
    seen = driver.page.evaluate(
        """() => [...document.querySelectorAll('p')]
            .find((one) => one.getBoundingClientRect().top > 0).textContent"""
    )
    driver.mark()
    assert seen in sent(api)[0]
    _, y = driver.place_of(seen.split(".")[0] + ".")
    assert 0 < y < 800
    assert driver.page.evaluate(
        """() => [...CSS.highlights].some(([name, ranges]) => name.startsWith('hearsay-source') &&
            [...ranges].some((range) => {
                const { top, bottom } = range.getBoundingClientRect();
                return top > 0 && bottom < innerHeight;
            }))"""
    )
    gate.open()
    wait_until_read(driver)
    # On from there to the end, and then what lies above.
    order = [
        next(int(text.split(".")[0]) for text in part if text[0].isdigit()) for part in sent(api)
    ]
    later = [number for number in order if number >= order[0]]
    assert order[: len(later)] == sorted(later)
    assert sorted(order)[0] == min(order[len(later) :])


def test_a_bar_tells_how_far_it_is(api: FakeApi, article: Callable[[int], Driver]) -> None:
    gate = Gate(api, 1)
    driver = article(7000)
    driver.mark()
    first = driver.wait_for("progressbar", "Read so far")["value"]["value"]
    gate.free.release()
    wait_until(
        driver, lambda: driver.wait_for("progressbar", "Read so far")["value"]["value"] > first
    )
    assert 0.1 < first < 0.5
    assert driver.said() == "Reading the article …"
    gate.open()
    wait_until_read(driver)
    assert not any(node["role"]["value"] == "progressbar" for node in driver.nodes())
    assert "claims" in driver.said()


def test_the_legend_and_the_focus_stay_while_more_comes(
    api: FakeApi, article: Callable[[int], Driver]
) -> None:
    gate = Gate(api, 1)
    driver = article(5000)
    driver.mark()
    driver.click("What the lines mean")
    driver.wait_for_text("Signal words")
    driver.focus("What the lines mean")
    gate.open()
    wait_until_read(driver)
    driver.page.wait_for_timeout(300)
    assert "Signal words" in driver.text()
    driver.page.keyboard.press("Enter")
    driver.wait_until_gone("Signal words")


def test_a_problem_on_the_way_leaves_the_marks(
    api: FakeApi, article: Callable[[int], Driver]
) -> None:
    def fail_after_one(blocks: list[dict[str, str]]) -> Reply:
        if len(api.requests) > 1:
            return 500, "text/html", "broken"
        return api.json(analysis(blocks))

    api.analyze = fail_after_one
    driver = article(7000)
    driver.press()
    driver.wait_for("heading", "The Hearsay server ran into an error")
    assert driver.painted()["source-light"]
    api.analyze = lambda blocks: api.json(analysis(blocks))
    driver.click("Try again")
    wait_until_read(driver)
    blocks = [text for part in sent(api) for text in part]
    first = sent(api)[0]
    assert all(blocks.count(text) == 1 for text in first)


def test_a_second_visit_costs_no_analysis(api: FakeApi, article: Callable[[int], Driver]) -> None:
    api.analyze = lambda blocks: api.json(analysis(blocks))
    driver = article(7000)
    driver.mark()
    wait_until_read(driver)
    asked = len(api.requests)
    driver.page.reload()
    driver.page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    driver.console.clear()
    driver.mark()
    wait_until_read(driver)
    assert len(api.requests) == asked


def test_a_server_that_answers_differently_now_is_asked_again(
    api: FakeApi, article: Callable[[int], Driver]
) -> None:
    api.analyze = lambda blocks: api.json(analysis(blocks))
    driver = article(500)
    driver.mark()
    wait_until_read(driver)
    api.edition = "2"
    driver.page.reload()
    driver.console.clear()
    driver.mark()
    wait_until_read(driver)
    assert len(api.requests) == 2
