"""The page at the server's address: paste or type, and see the overlay, by the real pipeline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from .accessibility import violations
from .driver import Driver
from .fake_api import Answer

TEXT = "The road may be closed. The pilot is said to have fled on foot."


@pytest.fixture
def page(context: BrowserContext, server: str) -> Iterator[Page]:
    page = context.new_page()
    page.goto(server)
    yield page
    page.close()


def painted(page: Page, look: str) -> list[str]:
    return Driver(page).painted().get(f"{look}-light", [])


def test_the_sample_article_is_marked(page: Page) -> None:
    page.get_by_role("button", name="Sample article").click()
    expect(page.get_by_role("status").first).to_contain_text("unsure words")
    text = page.locator("#text").inner_text()
    assert len(text.split()) > 600
    hedges = painted(page, "hedge")
    assert len(hedges) > 3
    assert all(hedge in text for hedge in hedges)


def test_marks_come_as_one_types(page: Page) -> None:
    page.get_by_role("textbox").focus()
    page.keyboard.type(TEXT)
    expect(page.get_by_role("status").first).to_contain_text("2 unsure words")
    assert painted(page, "hedge") == ["may", "is said to"]
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("He probably left.")
    expect(page.get_by_role("status").first).to_contain_text("3 unsure words")
    assert painted(page, "hedge") == ["may", "is said to", "probably"]
    page.get_by_role("button", name="Clear").click()
    assert painted(page, "hedge") == []
    assert page.locator("#text").inner_text() == ""


def test_what_is_found_but_not_marked_is_told(page: Page) -> None:
    expect(page.locator("#not-shown")).to_contain_text("“Wanted” and “Roughly”")


GERMAN = (
    "Die Straße am Fluss bleibt nach Angaben der Polizei bis zum Ende der Woche gesperrt, weil das "
    "Wasser noch immer steigt und niemand weiß, wann es wieder fällt."
)


def test_another_language_is_told_and_nothing_else(page: Page) -> None:
    page.get_by_role("textbox").focus()
    page.keyboard.insert_text(GERMAN)
    status = page.get_by_role("status").first
    expect(status).to_contain_text("does not seem to be English")
    expect(status).not_to_contain_text("claims")
    for name in ("Present", "Guess first", "Next mark"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(TEXT)
    expect(status).to_contain_text("2 unsure words")
    expect(status).not_to_contain_text("English")


def test_pasted_markup_stays_text(page: Page) -> None:
    page.get_by_role("textbox").focus()
    page.keyboard.insert_text("<img src=x onerror=alert(1)> It may rain.")
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    assert page.locator("#text img").count() == 0


def test_an_answer_to_an_older_text_is_dropped(page: Page) -> None:
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/v1/analyze", hold_first)
    page.get_by_role("textbox").focus()
    page.keyboard.type("It may rain.")
    while not held:
        page.wait_for_timeout(20)
    page.keyboard.type(" It will probably snow.")
    expect(page.get_by_role("status").first).to_contain_text("2 unsure words")
    held[0].fulfill(json=Answer().to_dict([]))
    page.wait_for_timeout(300)
    assert painted(page, "hedge") == ["may", "probably"]


def test_a_card_by_pointing_and_by_keys(page: Page) -> None:
    driver = Driver(page)
    page.get_by_role("textbox").focus()
    page.keyboard.insert_text(TEXT)
    expect(page.get_by_role("status").first).to_contain_text("2 unsure words")
    driver.point_at("may")
    driver.wait_for_text("Maybe")
    page.keyboard.press("Escape")
    driver.wait_until_gone("Maybe")
    page.keyboard.press("Alt+Shift+J")
    driver.wait_for_text("“is said to”")
    page.get_by_role("button", name="Next mark").click()
    driver.wait_for_text("“may”")
    assert page.locator("#text").inner_text() == TEXT


def test_a_stopped_server_is_told(page: Page) -> None:
    page.route("**/v1/analyze", lambda route: route.abort())
    page.get_by_role("textbox").focus()
    page.keyboard.type("It may rain.")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("The Hearsay server is not running")
    page.unroute_all()
    problem.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    expect(problem).to_be_hidden()


def test_nothing_is_asked_of_another_address(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server)
    page.get_by_role("button", name="Sample article").click()
    expect(page.get_by_role("status").first).to_contain_text("unsure words")
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(f"{server}/")] == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1920])
def test_accessible(context: BrowserContext, server: str, scheme: str, width: int) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(server)
    assert violations(page) == []
    page.get_by_role("button", name="Sample article").click()
    expect(page.get_by_role("status").first).to_contain_text("unsure words")
    page.keyboard.press("Alt+Shift+J")
    page.get_by_text("Firefox", exact=True).click()
    assert violations(page) == []
    page.get_by_role("button", name="Handout").click()
    expect(page.get_by_role("dialog", name="Handout")).to_be_visible()
    assert violations(page) == []
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) == 0
    page.close()


def test_the_extension_leaves_this_page_to_itself(page: Page) -> None:
    driver = Driver(page)
    driver.press()
    driver.wait_for("heading", "This page marks its text itself")
