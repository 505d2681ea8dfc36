"""The lesson view: articles from files, by paste, and from the extension; handouts from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, Route, expect

from .driver import Driver
from .fake_api import Answer

TEXT = "The road may be closed.\n\nA naïve café said so: “Yes.”\n"
ARTICLE = {
    "title": "The road | News",
    "url": "https://news.example/road?id=1",
    "blocks": [
        {"id": "b1", "text": "The road may close", "kind": "headline"},
        {"id": "b2", "text": "What we know", "kind": "heading"},
        {"id": "b3", "text": "<b>Police</b> said so.", "kind": "paragraph"},
        {"id": "b4", "text": "One.", "kind": "item"},
        {"id": "b5", "text": "Two.", "kind": "item"},
    ],
}


# In the API's place: texts are told apart here by what is shown, not by what is found in them.
ANSWERS = """() => {
    hearsay.api.analyze = async (blocks) => {
        const hedges = blocks
            .map(({id, text}) => ({block: id, start: text.indexOf('may'), text: 'may'}))
            .filter(({start}) => start >= 0)
            .map((cue) => ({...cue, end: cue.start + 3}))
            .map((cue, index) => ({id: `h${index}`, cue, kind: 'modal', scope: [],
                                   attribution: null}));
        return {attributions: [], hedges, warnings: []};
    };
}"""


@pytest.fixture
def page(context: BrowserContext, server: str) -> Iterator[Page]:
    page = context.new_page()
    page.goto(server)
    page.evaluate(ANSWERS)
    yield page
    page.close()


def choose(page: Page, content: bytes, name: str = "road.txt") -> None:
    payload: FilePayload = {"name": name, "mimeType": "text/plain", "buffer": content}
    page.locator("#file").set_input_files(payload)


def paste(page: Page, text: str) -> None:
    other = page.context.new_page()
    other.set_content("<textarea></textarea>")
    other.locator("textarea").fill(text)
    other.keyboard.press("ControlOrMeta+a")
    other.keyboard.press("ControlOrMeta+c")
    other.close()
    page.bring_to_front()
    page.get_by_role("textbox").focus()
    page.keyboard.press("ControlOrMeta+v")


def paragraphs(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "#text > *", "all => all.map((element) => element.textContent)"
    )
    return found


def painted(page: Page) -> list[str]:
    return Driver(page).painted().get("hedge-light", [])


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("windows-1252"),
        TEXT.replace("\n", "\r\n").encode("utf-8"),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "crlf"],
)
def test_a_text_file_is_read_in_its_encoding(page: Page, content: bytes) -> None:
    choose(page, content)
    expect(page.locator("#text")).to_contain_text("“Yes.”")
    assert paragraphs(page) == ["The road may be closed.", "A naïve café said so: “Yes.”"]
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    assert page.inner_text("#origin") == "road.txt"


@pytest.mark.parametrize(
    ("text", "expected", "headline"),
    [
        ("A title\n\nIt may be.\n\nIt is.", ["A title", "It may be.", "It is."], True),
        ("It may be.\nIt is.\nSo.", ["It may be.", "It is.", "So."], False),
        (
            # broken by a program
            "The road along the river may be closed for the whole\nof next week.\n\nIt is.",
            ["The road along the river may be closed for the whole of next week.", "It is."],
            False,
        ),
        ("Only this may be", ["Only this may be"], False),
    ],
)
def test_paragraphs_and_headline(
    page: Page, text: str, expected: list[str], headline: bool
) -> None:
    choose(page, text.encode())
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    assert paragraphs(page) == expected
    assert page.locator("#text h2").count() == headline


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"%PDF-1.7\n1 0 obj", "This file is not plain text"),
        ("a.docx", b"PK\x03\x04\x14\x00\x06\x00", "This file is not plain text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "This file is not plain text"),
        ("a.rtf", rb"{\rtf1 It may be.}", "This file is not plain text"),
        ("a.html", b"<p>It may be.", "This file is a web page"),
        ("a.txt", b"<!DOCTYPE html><p>It may be.", "This file is a web page"),
        ("a.txt", b" \n", "This file is empty"),
        ("a.txt", b"x " * 500_001, "This file is too long"),
    ],
)
def test_another_file_gets_plain_words(page: Page, name: str, content: bytes, told: str) -> None:
    choose(page, content, name)
    expect(page.get_by_role("alert")).to_contain_text(told)
    assert page.inner_text("#text") == ""
    choose(page, b"It may be.")
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_file_can_be_chosen_by_keyboard_and_dropped(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        # Within: a key alone could overtake Playwright's word to the page to hold the chooser back.
        page.get_by_role("button", name="Open a text file").focus()
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"It may be."})
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")

    page.get_by_role("button", name="Clear").click()
    drop = """() => {
        const data = new DataTransfer();
        data.items.add(new File(['Snow may fall.'], 'snow.txt', {type: 'text/plain'}));
        for (const type of ['dragover', 'drop']) {
            const options = {dataTransfer: data, bubbles: true, cancelable: true};
            const aside = document.querySelector('aside');
            if (aside.dispatchEvent(new DragEvent(type, options))) return false;
        }
        return true;
    }"""
    assert page.evaluate(drop), "the browser would have left the page"
    expect(page.locator("#text")).to_have_text("Snow may fall.")
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")


def test_a_pasted_article_keeps_its_headline(page: Page) -> None:
    paste(page, "The road\n\nIt may be <b>closed</b>.")
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    assert paragraphs(page) == ["The road", "It may be <b>closed</b>."]
    assert page.inner_text("#text h2") == "The road"


@pytest.fixture
def send(context: BrowserContext, server: str) -> Iterator[Callable[[object], object]]:
    """Sends the background a message, as a part of the extension does."""
    Driver.use_server(context, server)
    extension = Driver.background(context).url.rpartition("/")[0]
    page = context.new_page()
    page.goto(f"{extension}/notice.html")
    yield lambda message: page.evaluate("(message) => chrome.runtime.sendMessage(message)", message)
    page.close()


def test_an_article_comes_from_the_extension(
    context: BrowserContext, server: str, send: Callable[[object], object]
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    with context.expect_page() as opened:
        reply = send({"type": "open-lesson", "article": ARTICLE})
    lesson = opened.value
    assert reply == {"opened": True}
    assert lesson.url == f"{server}/"
    expect(lesson.get_by_role("status").first).to_contain_text("1 unsure word", timeout=60_000)
    assert lesson.inner_text("#text h2") == "The road may close"
    assert lesson.inner_text("#text h3") == "What we know"
    assert lesson.inner_text("#text p") == "<b>Police</b> said so."
    assert lesson.locator("#text ul > li").count() == 2
    assert lesson.inner_text("#origin") == "From news.example"
    assert lesson.get_attribute("#origin a", "href") == ARTICLE["url"]
    assert [url for url in asked if "news.example" in url] == []
    lesson.close()


def test_no_article_goes_to_a_stranger(
    context: BrowserContext, send: Callable[[object], object]
) -> None:
    Driver.use_server(context, "http://127.0.0.1:1")
    pages = len(context.pages)
    reply = send({"type": "open-lesson", "article": ARTICLE})
    assert isinstance(reply, dict)
    assert reply["problem"]["kind"] == "unreachable"
    assert len(context.pages) == pages


def test_handouts_are_saved_and_printed(page: Page, tmp_path: Path) -> None:
    page.evaluate("(story) => hearsay.openStory(story)", ARTICLE)
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    page.get_by_role("button", name="Handout").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save: Key").click()
    assert saved.value.suggested_filename == "the-road-may-close-key.html"
    file = tmp_path / "key.html"
    saved.value.save_as(file)
    html = file.read_text(encoding="utf-8")
    assert '<main class="handout key">' in html
    assert "news.example: <a href=" in html

    page.evaluate(
        """() => { window.print = () => {
            dispatchEvent(new Event('beforeprint'));
            const { shadowRoot } = document.getElementById('paper');
            window.printed = [document.title, shadowRoot.querySelector('main').className];
            dispatchEvent(new Event('afterprint'));
        } }"""
    )
    title = page.title()
    page.get_by_role("button", name="Handout").click()
    page.get_by_role("button", name="Print: To mark").click()
    assert page.evaluate("printed") == ["The road may close (To mark)", "handout to-mark"]
    assert page.title() == title
    # What the browser's own command prints:
    page.evaluate("print()")
    assert page.evaluate("printed[1]") == "handout marked"
    assert painted(page) == ["may"]


def test_the_handout_alone_is_on_paper(page: Page) -> None:
    page.evaluate("(story) => hearsay.openStory(story)", ARTICLE)
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    Driver(page).emulate(paper=True)
    expect(page.get_by_text("Sample article")).to_be_hidden()
    expect(page.locator("#paper h1")).to_be_visible()
    line = page.locator("#paper .article .look-hedge, #paper h1 .look-hedge").first
    assert "wavy" in line.evaluate("(word) => getComputedStyle(word).textDecoration")
    Driver(page).emulate()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#paper h1")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screen_stays_as_it_was_where_no_end_of_printing_is_told(
    page: Page, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.evaluate("(story) => hearsay.openStory(story)", ARTICLE)
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    look = """() => ['body', 'html'].map((name) => document.querySelector(name))
        .map((element) => getComputedStyle(element))
        .map(({ margin, backgroundColor, color }) => [margin, backgroundColor, color].join())"""
    before = page.evaluate(look)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#paper h1")).to_have_count(1)
    expect(page.locator("#paper h1")).to_be_hidden()
    assert page.evaluate(look) == before


def test_printing_breaks_no_rule_of_the_page(page: Page) -> None:
    console: list[str] = []
    page.on("console", lambda message: console.append(message.text))
    page.evaluate("(story) => hearsay.openStory(story)", ARTICLE)
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#paper h1")).to_have_count(1)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert console == []


def test_the_article_outlives_a_reload_and_not_a_clearing(page: Page) -> None:
    page.evaluate("(story) => hearsay.openStory(story)", ARTICLE)
    before = page.inner_html("#text")
    page.reload()
    expect(page.locator("#text h2")).to_have_text("The road may close")
    assert page.inner_html("#text") == before
    assert page.inner_text("#origin") == "From news.example"
    page.get_by_role("button", name="Clear").click()
    page.reload()
    assert page.inner_text("#text") == ""


def test_without_marks_there_is_none_to_walk_to_and_none_to_guess(page: Page) -> None:
    names = ("Present", "Previous mark", "Next mark", "Guess first")
    buttons = [page.get_by_role("button", name=name) for name in names]
    choose(page, b"It is.")
    for button in buttons:
        expect(button).to_be_disabled()
    expect(page.get_by_role("button", name="Handout")).to_be_enabled()
    choose(page, b"It may be.")
    for button in buttons:
        expect(button).to_be_enabled()


def test_for_a_text_there_is_one_row_of_buttons(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    choose(page, b"It may be.")
    expect(page.get_by_role("status").first).to_contain_text("1 unsure word")
    buttons = page.locator(".desk button:visible")
    expect(buttons).to_have_text(["", "", "Present", "Guess first", "Handout", "Clear"])
    tops = {round(button.bounding_box()["y"]) for button in buttons.all()}  # type: ignore[index]
    assert len(tops) == 1
    page.get_by_role("button", name="Clear").click()
    expect(buttons).to_have_text(["Sample article", "Open a text file"])


def test_the_focus_goes_on_from_the_buttons_that_one_starts_with(page: Page) -> None:
    page.get_by_role("button", name="Sample article").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Present")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_the_menu_of_handouts_hangs_on_its_button(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("(story) => hearsay.openStory(story)", ARTICLE)
    button = page.get_by_role("button", name="Handout")
    button.click()
    menu = page.locator("#handouts")
    for _ in range(2):
        at, hung = button.bounding_box(), menu.bounding_box()
        assert at
        assert hung
        assert hung["x"] == pytest.approx(max(8, min(at["x"], width - 8 - hung["width"])), abs=16)
        below, room = at["y"] + at["height"] + 8, 800 - 8 - hung["height"]
        assert hung["y"] == pytest.approx(min(below, room), abs=1)
        page.evaluate("scrollBy(0, 30)")
        page.wait_for_timeout(200)


def test_half_a_letter_is_shown_as_what_is_sent(page: Page) -> None:
    page.evaluate(
        """() => hearsay.openStory(
            {title: '', url: '', blocks: [{text: 'It may \\ud83d be.', kind: 'paragraph'}]})"""
    )
    expect(page.locator("#text")).to_have_text("It may \ufffd be.")


def test_the_access_token_is_asked_for(context: BrowserContext, server: str) -> None:
    def guard(route: Route) -> None:
        if route.request.headers.get("authorization") == "Bearer sesame":
            route.fulfill(json=Answer().to_dict([]))
        else:
            route.fulfill(status=401, json={"title": "Unauthorized"})

    page = context.new_page()
    page.route("**/v1/analyze", guard)
    page.goto(server)
    page.evaluate("(story) => hearsay.openStory(story)", ARTICLE)
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("asks for its access token")
    page.get_by_label("Access token").fill("wrong")
    page.keyboard.press("Enter")
    expect(problem).to_contain_text("does not know this access token")
    page.get_by_label("Access token").fill("sesame")
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_role("status").first).to_contain_text("0 claims")
    page.reload()
    page.evaluate("(story) => hearsay.openStory(story)", ARTICLE)
    expect(page.get_by_role("status").first).to_contain_text("0 claims")
    expect(problem).to_be_hidden()
    page.close()
