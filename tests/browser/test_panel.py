"""The panel beside the page: the real one, in a tab of its own that names the tab it is about."""

from __future__ import annotations

import csv
import html
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from .conftest import SITE
from .driver import Driver, browser_of
from .fake_api import Answer, FakeApi, Reply

Open = Callable[[str], Driver]

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "backend" / "web" / "page" / "sample.txt"
PICTURES = ROOT / "build" / "screenshots"
HTML = "text/html; charset=utf-8"

TAB = "async () => (await chrome.tabs.query({active: true, lastFocusedWindow: true}))[0].id"
FLEE = "the pilot Dmitri Mishov fled to avoid having to fight"
TRIED = "tried to leave the air force in January"
LOST = "the army may have lost about 40 aircraft"
BELIEF = "I believe that we have suffered the same losses in one year"


def answer() -> Answer:
    """Return what could be found on the page ``light``."""
    return (
        Answer()
        .attribution("According to", "VPR", FLEE, speaker="VPR")
        .attribution("is said", None, "[He] is said", "to have walked for three days")
        .attribution("told", "[Mishov] told", TRIED, speaker="Dmitri Mishov")
        .attribution(
            "he [said]", "” [he] said", f"“{BELIEF},”", speaker="Dmitri Mishov", quote="direct"
        )
        .attribution("Critics [say]", "Critics", LOST, source_kind="vague")
        .attribution("answer", "the ministry", "questions", source_kind="described", negated=True)
        .hedge("is said to", "hearsay")
        .hedge("believe", "belief", attribution="a4")
        .hedge("may", "modal", attribution="a5")
        .hedge("about", "approximation", attribution="a5")
        .hedge("could not be independently verified", "unverified")
    )


@pytest.fixture
def panel(context: BrowserContext) -> Iterator[Callable[[Driver], Page]]:
    """Opens the panel for a driver's page; closed when the test ends, and the settings reset."""
    pages: list[Page] = []

    def open_panel(driver: Driver) -> Page:
        driver.page.bring_to_front()
        tab = Driver.background(context).evaluate(TAB)
        page = open_page(context, f"?tab={tab}")
        pages.append(page)
        return page

    yield open_panel
    for page in pages:
        page.close()
    Driver.background(context).evaluate("() => hearsay.settings.reset()")


Panel = Callable[[Driver], Page]


def open_page(context: BrowserContext, query: str) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    origin = Driver.background(context).url.rsplit("/", 1)[0]
    page.goto(f"{origin}/panel/panel.html{query}")
    return page


@pytest.fixture
def marked(api: FakeApi, opened: Open) -> Driver:
    api.answer(answer())
    driver = opened("light")
    driver.mark()
    return driver


def source(panel: Page, name: str) -> Locator:
    return panel.locator("details.source").filter(has=panel.locator("summary", has_text=name))


def violations(page: Page) -> list[str]:
    response: dict[str, Any] = Axe().run(page).response
    return [f"{found['id']}: {found['nodes'][0]['html']}" for found in response["violations"]]


def test_every_source_stands_once_under_its_kind(marked: Driver, panel: Panel) -> None:
    page = panel(marked)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Pilot fled on foot, army says nothing"
    )
    kinds = page.locator("#sources .kind")
    expect(kinds).to_have_count(4)
    expect(page.locator("#sources summary .name")).to_have_text(
        ["Dmitri Mishov", "VPR", "The ministry", "Critics"]
    )
    mishov = source(page, "Dmitri Mishov")
    expect(mishov.locator(".tally")).to_have_text("2 claims, 20 words")
    expect(mishov.locator(".forms")).to_have_text("also “Mishov”, “he”")
    expect(mishov.locator(".mark")).to_have_count(0)
    mishov.locator("summary").click()
    expect(mishov.locator(".words")).to_have_text([TRIED, f"“{BELIEF},”"])
    expect(mishov.locator(".facts")).to_have_text(["told", "said · Word for word"])
    expect(mishov.locator(".words .look-hedge")).to_have_text(["believe"])
    # Where nobody can be asked, the claims are there to see.
    unstated = page.locator(".kind.unstated")
    expect(unstated.locator(".words")).to_have_text(["He … to have walked for three days"])
    expect(source(page, "Critics").locator(".words")).to_have_text([LOST])


def test_a_claim_leads_to_its_place_by_mouse_and_by_keys(marked: Driver, panel: Panel) -> None:
    marked.page.set_viewport_size({"width": 700, "height": 260})
    page = panel(marked)
    page.get_by_role("button", name=LOST).first.click()
    marked.wait_for_text("Critics")
    source(page, "VPR").locator("summary").focus()
    page.keyboard.press("Enter")
    # A browser tells of what was opened a moment later, and its inside is made only then.
    expect(source(page, "VPR").get_by_role("button").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    marked.wait_for_text("VPR")
    # A tab behind another does not scroll; beside a real panel the page is in front.
    marked.page.bring_to_front()
    page.get_by_role("button", name=LOST).first.evaluate("(button) => button.click()")
    marked.page.wait_for_function("() => scrollY > 0")
    assert 0 < marked.place_of(LOST)[1] < 260


def test_the_mark_pointed_at_is_shown(marked: Driver, panel: Panel) -> None:
    page = panel(marked)
    marked.page.bring_to_front()
    marked.point_at("told")
    current = page.locator(".mark[aria-current]")
    expect(current).to_contain_text(TRIED)
    expect(current).to_be_visible()
    marked.point_at("could not be")
    expect(current).to_contain_text("could not be independently verified")
    expect(source(page, "Dmitri Mishov")).not_to_have_attribute("open", "")
    marked.page.keyboard.press("Escape")
    expect(current).to_have_count(0)


def test_the_writers_unsure_words_stand_apart(marked: Driver, panel: Panel) -> None:
    page = panel(marked)
    parts = page.locator("#hedges .kind")
    expect(parts.nth(0).locator("summary .name")).to_have_text(["Hearsay", "Not confirmed"])
    expect(parts.nth(1).locator("summary .name")).to_have_text(["Maybe", "Held as a belief"])
    parts.nth(1).locator("summary").first.click()
    expect(parts.nth(1).locator(".words")).to_contain_text("the army may have lost")
    expect(parts.nth(1).locator(".facts")).to_have_text("Critics")
    parts.nth(1).get_by_role("button").click()
    marked.wait_for_text("“may”")


def test_the_shares_are_the_whole_text(marked: Driver, panel: Panel) -> None:
    page = panel(marked)
    expect(page.locator("#shares tr")).to_have_count(4)
    rows = [row.split("\t") for row in page.locator("#shares tr").all_inner_texts()]
    words = [int(cells[-2].split()[0]) for cells in rows]
    percents = [int(cells[-1].strip("%")) for cells in rows]
    text = marked.page.locator("article").inner_text().replace("\u00ad", "")
    assert sum(words) == len(text.split())
    assert sum(percents) == 100
    assert words[0] == 10 + 20  # Mishov's and VPR's
    assert words[1] == 1  # the ministry's
    assert words[2] == 8 + 7  # of critics and of nobody
    expect(page.locator("#shares p").first).to_contain_text(
        f"{percents[3]}% of the text is the writer’s"
    )


def test_labels_are_switched_on_the_page_and_here(marked: Driver, panel: Panel) -> None:
    page = panel(marked)
    expect(page.locator("#hedges-tally")).to_have_text("4 unsure words")
    page.locator(".switches summary").click()
    page.get_by_role("checkbox", name="Roughly").check()
    expect(page.locator("#hedges-tally")).to_have_text("5 unsure words")
    page.get_by_role("checkbox", name="Named source").focus()
    page.keyboard.press("Space")
    expect(source(page, "VPR")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Named source")).to_be_focused()
    expect(page.locator("#sources-tally")).to_have_text("3 claims, 2 without a source to ask")
    marked.page.wait_for_function(
        "() => ![...CSS.highlights.get('hearsay-source-light') ?? []].map(String).includes('VPR')"
    )
    assert "about" in marked.painted()["hedge-light"]
    page.reload()
    page.locator(".switches summary").click()
    expect(page.get_by_role("checkbox", name="Named source")).not_to_be_checked()
    expect(page.locator(".switches .forms")).to_have_text("Off: Named source, Wanted")
    page.get_by_role("button", name="As at first").click()
    expect(source(page, "VPR")).to_have_count(1)


def test_a_claim_is_copied_with_its_source(marked: Driver, panel: Panel) -> None:
    page = panel(marked)
    page.bring_to_front()
    copy = page.get_by_role("button", name="Copy this claim with its source").first
    copy.click()
    expect(page.get_by_role("status")).to_have_text("Copied, with its source.")
    marked.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert page.evaluate("navigator.clipboard.readText()").split("\n") == [
        f"Claim: {LOST}",
        "Source: Critics (Vague source)",
        "In the text: “Critics”, “say”",
        "Whose words: Retold",
        "Article: The pilot",
        "https://news.example/light",
    ]


def test_a_claim_is_copied_from_the_card_by_a_key(marked: Driver) -> None:
    marked.context.grant_permissions(["clipboard-read", "clipboard-write"])
    marked.page.keyboard.press("Alt+Shift+J")
    marked.wait_for_text("VPR")
    marked.page.keyboard.press("Alt+Shift+C")
    marked.wait_for_text("Copied, with its source.")
    assert "Copied, with its source." in marked.said()
    copied = marked.page.evaluate("navigator.clipboard.readText()").split("\n")
    assert copied[:2] == [f"Claim: {FLEE}", "Source: VPR (Named source)"]
    assert copied[-2:] == ["Article: The pilot", "https://news.example/light"]


def saved(page: Page, name: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(
        f"Saved as {download.value.suggested_filename}"
    )
    return Path(download.value.path())


def test_what_is_shown_can_be_taken_away(marked: Driver, panel: Panel) -> None:
    page = panel(marked)
    with saved(page, "Table").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    claims = [row for row in rows if row["Mark"] == "Claim"]
    assert [row["Whose"] for row in claims] == [
        "VPR",
        "No source given",
        "Dmitri Mishov",
        "Dmitri Mishov",
        "Critics",
        "The ministry",
    ]
    assert [row["Text"] for row in rows if row["Mark"] != "Claim"] == [
        "is said to",
        "believe",
        "may",
        "could not be independently verified",
    ]
    collection = json.loads(saved(page, "Annotations").read_text(encoding="utf-8"))
    annotations = collection["first"]["items"]
    assert collection["total"] == len(annotations) == len(rows)
    article = [block["text"] for block in marked_blocks(page)]
    whole = "\n\n".join(article)
    for annotation in annotations:
        targets = annotation["target"]
        for target in targets if isinstance(targets, list) else [targets]:
            quote, position = target["selector"]
            assert whole[position["start"] : position["end"]] == quote["exact"]
            found = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert sum(block.count(found) for block in article) == 1


def marked_blocks(page: Page) -> list[dict[str, str]]:
    tab = page.url.split("=")[1]
    blocks: list[dict[str, str]] = page.evaluate(
        "async (tab) => (await chrome.tabs.sendMessage(tab, {type: 'get-reading'})).blocks",
        int(tab),
    )
    return blocks


def test_it_says_how_to_start_and_what_goes_on(api: FakeApi, opened: Open, panel: Panel) -> None:
    api.answer(answer())
    go_on = threading.Event()
    reply = api.analyze

    def slow(blocks: list[dict[str, str]]) -> Reply:
        go_on.wait(20)
        return reply(blocks)

    api.analyze = slow
    driver = opened("light")
    page = panel(driver)
    state = page.locator("#state")
    expect(state).to_contain_text("Hearsay is off in this tab")
    expect(state.locator("kbd")).to_have_text("Alt+Shift+H")
    driver.press()
    expect(state).to_contain_text("Reading the article")
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert not violations(page)
    go_on.set()
    expect(source(page, "VPR")).to_be_visible()
    expect(state).to_be_hidden()
    driver.press()
    expect(state).to_contain_text("Hearsay is off in this tab")
    expect(source(page, "VPR")).to_be_hidden()


def test_it_says_what_went_wrong(api: FakeApi, opened: Open, panel: Panel) -> None:
    api.analyze = lambda _: (500, "text/html", "<h1>Internal Server Error</h1>")
    driver = opened("light")
    driver.press()
    driver.wait_for("heading", "The Hearsay server ran into an error")
    page = panel(driver)
    expect(page.get_by_role("heading", name="The Hearsay server ran into an error")).to_be_visible()
    expect(page.locator("#state code")).to_have_text("make run")
    assert not violations(page)


def test_it_warns_as_the_page_does(api: FakeApi, opened: Open, panel: Panel) -> None:
    warned = answer()
    warned.warnings = [{"code": "not-english", "detail": "This does not seem to be English."}]
    api.answer(warned)
    driver = opened("dark")
    driver.mark()
    page = panel(driver)
    expect(page.locator("#warnings")).to_have_text("⚠ This does not seem to be English.")


def test_an_article_that_is_left_is_gone_here_too(marked: Driver, panel: Panel) -> None:
    page = panel(marked)
    expect(source(page, "VPR")).to_be_visible()
    marked.page.goto("https://news.example/dark")
    expect(page.locator("#state")).to_contain_text("Hearsay is off in this tab")


def test_it_is_about_the_tab_in_front(api: FakeApi, opened: Open, context: BrowserContext) -> None:
    api.answer(answer())
    with browser_of(context).one_window():
        page = open_page(context, "")
        try:
            first = opened("light")
            first.mark()
            expect(source(page, "VPR")).to_be_visible()
            other = opened("bare")
            expect(page.locator("#state")).to_contain_text("Hearsay is off in this tab")
            other.press()
            expect(page.locator("#state")).to_contain_text("No article found on this page")
            first.page.bring_to_front()
            expect(source(page, "VPR")).to_be_visible()
        finally:
            page.close()


def test_lesson_modes_start_from_here(marked: Driver, panel: Panel) -> None:
    page = panel(marked)
    page.get_by_role("button", name="Present").click()
    marked.wait_for("dialog", "")


def test_it_can_be_read_by_everyone(marked: Driver, panel: Panel) -> None:
    page = panel(marked)
    expect(source(page, "VPR")).to_be_visible()
    closed = page.locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert not violations(page)
    for width in (280, 360, 900):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_open_and_focused_stays_so_when_the_page_changes(
    marked: Driver, panel: Panel
) -> None:
    page = panel(marked)
    mishov = source(page, "Dmitri Mishov")
    mishov.locator("summary").click()
    mishov.get_by_role("button", name=TRIED).focus()
    marked.page.evaluate("history.pushState(null, '', '#later')")
    page.evaluate("() => hearsay.settings.write({hidden: {hedge: []}})")
    expect(page.locator("#hedges-tally")).to_have_text("5 unsure words")
    expect(mishov.get_by_role("button", name=TRIED)).to_be_focused()


def test_the_sample_article(
    context: BrowserContext, opened: Open, panel: Panel, server: str
) -> None:
    """By the real server; leaves pictures in ``build/screenshots/``."""
    title, *paragraphs = SAMPLE.read_text(encoding="utf-8").strip().split("\n\n")
    body = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in paragraphs)
    source = f"<!doctype html><title>{title}</title><article><h1>{title}</h1>{body}</article>"
    context.route(
        f"{SITE}/sample-article", lambda route: route.fulfill(body=source, content_type=HTML)
    )
    Driver.use_server(context, server)
    driver = opened("sample-article")
    driver.mark()
    page = panel(driver)
    expect(page.locator("#shares tr")).to_have_count(4)
    rows = [row.split("\t") for row in page.locator("#shares tr").all_inner_texts()]
    assert sum(int(cells[-2].split()[0]) for cells in rows) > 800
    PICTURES.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=PICTURES / f"panel-{scheme}.png")
    page.locator("#sources details").evaluate_all("(all) => all.forEach((one) => one.reveal())")
    shown = [mark.get_attribute("data-id") for mark in page.locator("#sources .mark").all()]
    assert len(shown) == len(set(shown))
    expect(page.locator("#sources-tally")).to_contain_text(f"{len(shown)} claims")
