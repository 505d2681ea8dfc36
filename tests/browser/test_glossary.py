"""The glossary: every label in plain words, with its examples drawn as on a page."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .accessibility import violations
from .driver import Driver
from .fake_api import LABELS

FAMILIES = json.loads(LABELS.read_text(encoding="utf-8"))["families"]


@pytest.fixture
def page(context: BrowserContext, server: str) -> Iterator[Page]:
    page = context.new_page()
    page.goto(f"{server}/glossary.html")
    expect(page.locator("#families")).not_to_have_attribute("aria-busy", "true")
    yield page
    page.close()


def test_has_every_label_with_its_term_and_examples(page: Page) -> None:
    found = page.eval_on_selector_all(
        ".labels article",
        """all => all.map((article) => ({
            id: article.id,
            name: article.querySelector('h3').firstChild.data,
            texts: [...article.querySelectorAll('p')].map((p) => p.textContent),
            examples: [...article.querySelectorAll('li')].map((li) => li.textContent),
            marks: [...article.querySelectorAll('mark')].map((mark) => mark.textContent),
        }))""",
    )
    assert found == [
        {
            "id": f"{family['id']}-{json.dumps(label['value']).strip(chr(34))}",
            "name": label["name"],
            "texts": [label["definition"], label["why"], f"Researchers call it: {label['term']}"],
            "examples": label["examples"],
            "marks": label["marks"],
        }
        for family in FAMILIES
        for label in family["labels"]
    ]


def test_examples_are_drawn_as_on_a_page(page: Page) -> None:
    lines = page.evaluate(
        """() => ['attribution-source', 'source_kind-vague', 'stance-neutral', 'hedge-modal']
            .map((id) => getComputedStyle(document.querySelector(`#${id} mark`)))
            .map((style) => style.textDecorationLine + ' ' + style.textDecorationStyle)"""
    )
    assert lines == ["underline double", "underline dashed", "underline dotted", "underline wavy"]


def test_each_label_has_an_address(page: Page, server: str) -> None:
    page.goto(f"{server}/glossary.html#hedge-modal")
    expect(page.locator("#hedge-modal:target")).to_be_in_viewport()
    page.get_by_role("link", name="Kind of source").click()
    expect(page.locator("#source_kind")).to_be_in_viewport()
    page.get_by_role("link", name="Link to Vague source").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source_kind-vague:target")).to_be_in_viewport()


def test_without_its_server_it_says_so(page: Page) -> None:
    page.route("**/v1/labels", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("The Hearsay server is not running")


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1920), ("dark", 360), ("forced", 1000), ("print", 674)]
)
@pytest.mark.parametrize("name", ["glossary.html", "teachers.html"])
def test_accessible(page: Page, server: str, name: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    Driver(page).emulate(forced_colors=scheme == "forced", paper=scheme == "print")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server}/{name}")
    page.wait_for_selector("#families:not([aria-busy])" if "glossary" in name else "#wrong")
    assert violations(page) == []
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) == 0


def test_teachers_see_the_pictures(page: Page, server: str) -> None:
    page.goto(f"{server}/teachers.html")
    for picture in page.locator("figure img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("(image) => image.naturalWidth") > 0
