"""The article on paper: every form of it, from values alone, whatever the article holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
from numpy.typing import NDArray
from playwright.sync_api import BrowserContext, Page

from .accessibility import violations
from .conftest import EXTENSION
from .driver import Driver, browser_of
from .fake_api import LABELS, Answer

FORMS = ["marked", "to-mark", "key"]
HANDOUT = ["handout-marks", "handout-key", "handout-sheet", "handout"]
SCRIPTS = ["settings", "looks", "marks", "words", *HANDOUT]

BLOCKS = [
    {"id": "b1", "text": "The dam", "kind": "headline"},
    {"id": "b2", "text": "A standfirst.", "kind": "headline"},
    {"id": "b3", "text": "Critics say that VPR said the wall may move.", "kind": "paragraph"},
    {"id": "b4", "text": "What is known", "kind": "heading"},
    {"id": "b5", "text": "It is said to move.", "kind": "item"},
    {"id": "b6", "text": "It moves,\nsays Anna Weiss.", "kind": "item"},
    {"id": "b7", "text": "“The wall is 1 < 2 & safe.”", "kind": "quote"},
]

ANSWER = (
    Answer()
    .attribution("Critics [say]", "Critics", "that VPR said the wall may move", source_kind="vague")
    .attribution("VPR [said]", "VPR", "the wall may move")
    .attribution("is said", None, "said to [move]")
    .attribution("says", "Anna Weiss", "It moves", speaker="Anna Maria Weiss")
    .hedge("may", "modal", attribution="a2")
    .hedge("is said to", "hearsay")
)

Make = Callable[..., str]


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


@pytest.fixture
def make(page: Page) -> Make:
    """Makes a handout in a form."""
    page.goto("about:blank")
    for name in SCRIPTS:
        page.add_script_tag(content=(EXTENSION / "content" / f"{name}.js").read_text("utf-8"))
    labels = json.loads(LABELS.read_text(encoding="utf-8"))

    def make(form: str, answer: Answer = ANSWER, **reading: Any) -> str:
        blocks = reading.get("blocks", BLOCKS)
        given = {
            "title": "The dam | News",
            "url": "https://news.example/dam",
            "blocks": blocks,
            "analysis": answer.to_dict(blocks),
            "labels": labels,
            **reading,
        }
        return str(
            page.evaluate(
                "([reading, form]) => hearsay.handout(reading, form, {date: new Date(2026, 4, 3)})",
                [given, form],
            )
        )

    return make


@pytest.fixture
def shown(page: Page, make: Make, tmp_path: Path) -> Callable[..., Page]:
    """Opens a handout as the file that it is."""

    def show(form: str, *args: Any, **reading: Any) -> Page:
        file = tmp_path / "handout.html"
        file.write_text(make(form, *args, **reading), encoding="utf-8")
        page.goto(file.as_uri())
        return page

    return show


def texts(page: Page, selector: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all(selector, "all => all.map(e => e.textContent)")
    return found


def test_says_what_it_is_and_where_it_is_from(shown: Callable[..., Page]) -> None:
    page = shown("marked")
    assert texts(page, "h1") == ["The dam"]
    assert texts(page, ".source") == ["news.example: https://news.example/dam · read on 3 May 2026"]
    assert page.get_attribute(".source a", "href") == "https://news.example/dam"
    assert page.get_attribute("time", "datetime") == "2026-05-03"
    assert page.title() == "The dam (Marked)"
    assert texts(page, ".legend li") == [
        "The harbour master Source",
        "Critics Vague source",
        "said Signal words",
        "is said No source given",
        "the ferry was safe Claim",
        "may Unsure words",
    ]


def test_keeps_the_article_s_form(shown: Callable[..., Page]) -> None:
    page = shown("marked")
    assert texts(page, ".article > p") == ["A standfirst.", BLOCKS[2]["text"]]
    assert texts(page, ".article > h2") == ["What is known"]
    assert texts(page, ".article > ul > li") == ["It is said to move.", "It moves,says Anna Weiss."]
    assert page.locator(".article li br").count() == 1
    assert texts(page, ".article > blockquote") == [BLOCKS[6]["text"]]


def test_draws_each_mark_and_marks_in_marks(shown: Callable[..., Page]) -> None:
    page = shown("marked")
    article = ".article "
    assert texts(page, article + ".look-vague") == ["Critics"]
    assert texts(page, article + ".look-source") == ["VPR", "Anna Weiss"]
    assert texts(page, article + ".look-cue") == ["say", "said", "says"]
    assert texts(page, article + ".look-unstated") == ["is said"]
    assert texts(page, article + ".look-hedge") == ["may", "is said to"]
    assert texts(page, article + "p .look-content") == [
        "that VPR said the wall may move",
        "the wall may move",
    ]
    # The claim of one source holds that of another, and the word that weakens it.
    assert texts(page, ".look-content .look-content .look-hedge") == ["may"]
    assert texts(page, ".look-content .look-source") == ["VPR"]


def test_marks_that_cross_are_drawn_in_pieces(shown: Callable[..., Page]) -> None:
    blocks = [{"id": "b1", "text": "one two three four", "kind": "paragraph"}]
    answer = (
        Answer()
        .attribution("three four", "one two three")
        .hedge("two three", "modal")
        .hedge("four", "likelihood")
    )
    page = shown("marked", answer, blocks=blocks)
    assert texts(page, ".article p") == ["one two three four"]
    for look, text in (("source", "one two three"), ("unstated", ""), ("cue", "three four")):
        assert "".join(texts(page, f".article .look-{look}")) == text
    assert "".join(texts(page, ".article .look-hedge")) == "two threefour"
    # What lies under a word is what covers it.
    assert texts(page, ".article .look-source .look-hedge .look-cue") == ["three"]


def test_to_mark_has_no_lines_and_room_for_them(shown: Callable[..., Page]) -> None:
    page = shown("to-mark")
    page.set_viewport_size({"width": 794, "height": 1000})
    assert page.locator(".article [class^=look-]").count() == 0
    assert page.locator(".legend [class^=look-]").count() == 6
    margin = """() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector('.article'));
        const right = Math.max(...[...range.getClientRects()].map((line) => line.right));
        return (innerWidth - right) / innerWidth;
    }"""
    assert page.evaluate(margin) > 0.25


def test_the_key_s_numbers_lead_there_and_back(shown: Callable[..., Page]) -> None:
    page = shown("key")
    numbers = texts(page, ".article sup")
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    entries = texts(page, ".entries li")
    assert entries == [
        "1say Critics: Vague source, Retold",
        "2said VPR: Named source, Retold",
        "3may Maybe. The caution of VPR, not of the writer.",
        "4is said No source given: Retold",
        "5is said to Hearsay. The writer’s own caution.",
        "6says Anna Maria Weiss, here “Anna Weiss”: Named source, Retold",
    ]
    for number in numbers:
        assert page.get_attribute(f"#m{number}", "href") == f"#n{number}"
        assert page.get_attribute(f"#n{number} a", "href") == f"#m{number}"
    meanings = dict(zip(texts(page, "dt"), texts(page, "dd"), strict=True))
    assert list(meanings) == [
        "Named source 2, 6",
        "Vague source 1",
        "No source given 4",
        "Retold 1, 2, 4, 6",
        "Maybe 3",
        "Hearsay 5",
    ]
    assert "A claim like this cannot be checked" in meanings["Vague source 1"]
    # No number stands in the middle of another line: "is said" is part of "is said to".
    assert texts(page, ".article li")[0] == "It is said to45 move."


def test_what_is_hidden_on_the_page_is_hidden_here(page: Page, make: Make) -> None:
    blocks = [{"id": "b1", "text": "About 40 may come.", "kind": "paragraph"}]
    answer = Answer().hedge("About", "approximation").hedge("may", "modal")
    assert make("key", answer, blocks=blocks).count('<a id="m') == 1
    assert make("key", Answer(), blocks=blocks).count("Nothing is marked in this text.") == 1


@pytest.mark.parametrize("form", FORMS)
def test_markup_in_an_article_stays_text(shown: Callable[..., Page], form: str) -> None:
    hostile = "</title><script>document.title='bad'</script><img src=x onerror=alert(1)>&lt;b&gt;"
    blocks = [
        {"id": kind, "text": hostile, "kind": kind}
        for kind in ("headline", "paragraph", "preformatted", "item")
    ]
    answer = Answer().attribution("script", hostile[:8], hostile[8:], speaker=hostile)
    page = shown(
        form,
        answer,
        blocks=blocks,
        title=hostile,
        url="javascript:alert(1)",
        source="<script>alert(1)</script>",
    )
    assert page.locator("script, img, b:not(.entries b)").count() == 0
    assert page.title().startswith("</title><script>document.title=")
    for place in ("h1", ".article p", ".article pre", ".article li"):
        text = page.evaluate(
            "(selector) => { const copy = document.querySelector(selector).cloneNode(true);"
            " for (const sup of copy.querySelectorAll('sup')) sup.remove();"
            " return copy.textContent }",
            place,
        )
        assert text == hostile
    assert page.locator("a:not([href^='#'])").count() == 0
    assert "<script>alert(1)</script> · " in page.inner_text(".source")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://a.example/?id=3&utm_source=x&fbclid=y#top", "http://a.example/?id=3"),
        ("https://me:secret@a.example/", "https://a.example/"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("file:///home/me/article.html", None),
        ("data:text/html,<b>", None),
        ("", None),
    ],
)
def test_an_address_is_one_that_a_reader_can_open(
    shown: Callable[..., Page], url: str, kept: str | None
) -> None:
    page = shown("marked", url=url)
    links = page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))")
    assert links == ([kept] if kept else [])


def test_nothing_is_asked_of_the_network(page: Page, make: Make, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for form in FORMS:
        html = make(form)
        assert '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';' in html
        asked.clear()
        file = tmp_path / f"{form}.html"
        file.write_text(html, encoding="utf-8")
        page.goto(file.as_uri())
        assert [url for url in asked if url != file.as_uri()] == []
        page.goto("about:blank")
        for name in SCRIPTS:
            page.add_script_tag(content=(EXTENSION / "content" / f"{name}.js").read_text("utf-8"))


LINES = """() => Object.fromEntries(
    ['source', 'vague', 'cue', 'unstated', 'content', 'hedge'].map((look) => {
        const style = getComputedStyle(document.querySelector(`.article .look-${look}`));
        return [look, [style.textDecorationStyle, style.textDecorationColor,
                       style.backgroundColor]];
    }))"""


def test_on_paper_lines_alone_carry_the_meaning(shown: Callable[..., Page]) -> None:
    page = shown("key")
    Driver(page).emulate(paper=True)
    lines = page.evaluate(LINES)
    assert {look: style for look, (style, *_) in lines.items()} == {
        "source": "double",
        "vague": "dashed",
        "cue": "dotted",
        "unstated": "dashed",
        "content": "solid",
        "hedge": "wavy",
    }
    for look, (_, ink, ground) in lines.items():
        red, green, blue = json.loads(f"[{ink.removeprefix('rgb(').removesuffix(')')}]")
        assert red == green == blue, look
        assert ground == "rgba(0, 0, 0, 0)", look
    Driver(page).emulate()


Picture = NDArray[np.uint8]

PAPER = {"A4": (595.3, 841.9), "Letter": (612, 792)}
"""Width and height, in points."""
MARGIN = 45
"""Points: 16 mm."""
RAGGED = 8
"""Points that the longest line of a page may lack: words end where they end."""


def printed(page: Page, size: str) -> list[Picture]:
    """Return a picture of each page that comes out of the printer, in grey, a point a pixel."""
    document = pdfium.PdfDocument(browser_of(page.context).pdf(page, PAPER[size]))
    pictures = [sheet.render().to_numpy() for sheet in document]
    for picture in pictures:
        assert (picture.max(axis=2) == picture.min(axis=2)).all(), "only black, white and grey"
    return [picture[:, :, 0] for picture in pictures]


@pytest.mark.parametrize(
    ("size", "form", "sheets"),
    [
        ("A4", "marked", 2),
        ("A4", "to-mark", 4),
        ("A4", "key", 3),
        ("Letter", "marked", 3),
        ("Letter", "to-mark", 4),
        ("Letter", "key", 4),
    ],
)
def test_prints_on_either_paper(
    shown: Callable[..., Page], size: str, form: str, sheets: int
) -> None:
    sentences = "Critics say that the wall may move. The pilot is said to have fled on foot. " * 6
    blocks = [
        {"id": f"b{number}", "text": sentences.strip(), "kind": "paragraph"} for number in range(12)
    ]
    answer = Answer().attribution("Critics [say]", "Critics", "that the wall may move")
    pictures = printed(shown(form, answer.hedge("may", "modal"), blocks=blocks), size)
    assert abs(len(pictures) - sheets) <= 1, "fonts differ a little between machines"
    width, height = PAPER[size]
    for picture in pictures:
        assert abs(picture.shape[1] - width) <= 1
        assert abs(picture.shape[0] - height) <= 1
        ink = np.flatnonzero((picture < 200).any(axis=0))
        assert ink.min() >= MARGIN - 2
        assert ink.max() <= width - MARGIN + 2
    # Made smaller to fit, no line would reach from margin to margin.
    inked = [np.flatnonzero((picture < 200).any(axis=0)) for picture in pictures]
    assert min(columns.min() for columns in inked) <= MARGIN + 4
    assert max(columns.max() for columns in inked) >= width - MARGIN - RAGGED


def test_each_line_is_another_on_paper(shown: Callable[..., Page]) -> None:
    page = shown("to-mark")
    pictures = set()
    looks = ["none", "source", "vague", "unstated", "cue", "content", "hedge"]
    for look in looks:
        page.evaluate(
            "(look) => { document.querySelector('.article').innerHTML ="
            " `<p class='block'><span class='look-${look}'>the same words</span></p>` }",
            look,
        )
        pictures.add(printed(page, "A4")[0].tobytes())
    # A vague source and one that is not given ask for the same: nobody can be asked.
    assert len(pictures) == len(looks) - 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("width", [360, 674, 1280])
def test_a_long_word_runs_over_no_edge(shown: Callable[..., Page], form: str, width: int) -> None:
    """674 is what A4 leaves between its margins."""
    blocks = [{"id": "b1", "text": f"It may. {'x' * 300}", "kind": "paragraph"}]
    answer = Answer().hedge("may", "modal").attribution("It", "x" * 300)
    page = shown(form, answer, blocks=blocks, url=f"https://a.example/{'y' * 300}")
    page.set_viewport_size({"width": width, "height": 800})
    Driver(page).emulate(paper=width == 674)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) == 0
    Driver(page).emulate()


@pytest.mark.parametrize("form", FORMS)
def test_accessible(shown: Callable[..., Page], form: str) -> None:
    # axe is kept out by the file's own rules, as any script is: they are taken out for it.
    page = shown(form)
    page.evaluate("document.querySelector('meta[http-equiv]').remove()")
    html = page.content()
    page.goto("about:blank")
    page.set_content(html)
    assert violations(page) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The dam’s wall: “1 < 2”!", "the-dams-wall-1-2-key.html"),
        ("Café Über", "cafe-uber-key.html"),
        ("../../etc/passwd", "etc-passwd-key.html"),
        ("日本語", "article-key.html"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word-key.html"),
    ],
)
@pytest.mark.usefixtures("make")
def test_its_name_is_one_for_any_disk(page: Page, title: str, name: str) -> None:
    assert page.evaluate("(title) => hearsay.handoutName(title, 'key')", title) == name
