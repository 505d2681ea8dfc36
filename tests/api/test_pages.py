"""The pages that the server gives to readers: what they refer to and quote is there."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from backend import labels

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "backend" / "web" / "page"
PAGES = ["index.html", "glossary.html", "teachers.html"]


class Elements(HTMLParser):
    """Every element of a page, with its attributes; and the words in some."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.quotations: list[str] = []
        self._quoting = False
        self.feed((PAGE / name).read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "q":
            self.quotations.append("")
            self._quoting = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "q":
            self._quoting = False

    def handle_data(self, data: str) -> None:
        if self._quoting:
            self.quotations[-1] += data

    def references(self) -> list[str]:
        return [
            address
            for _, attributes in self.elements
            for name in ("href", "src")
            if (address := attributes.get(name))
        ]


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_refers_to_is_served(api: FlaskClient, name: str):
    references = Elements(name).references()
    assert len(references) > 5
    ids = {attributes["id"] for _, attributes in Elements(name).elements if "id" in attributes}
    for reference in references:
        path, _, anchor = reference.partition("#")
        assert ":" not in path, "pages send no reader elsewhere"
        reply = api.get(f"/{path.removeprefix('./')}" if path else f"/{name}")
        assert reply.status_code == 200, reference
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        if anchor and not path:
            assert anchor in ids


def test_links_into_the_glossary_name_labels():
    anchors = {family["id"] for family in labels.load()["families"]}
    anchors |= {
        f"{family['id']}-{label['value']}"
        for family in labels.load()["families"]
        for label in family["labels"]
    }
    named = {
        reference.partition("#")[2]
        for name in PAGES
        for reference in Elements(name).references()
        if reference.startswith("glossary.html#")
    }
    assert len(named) > 10
    assert named <= anchors


def test_pictures_have_the_size_that_the_page_says():
    images = [attributes for tag, attributes in Elements("teachers.html").elements if tag == "img"]
    pictures = [image for image in images if image["src"].startswith("pictures/")]
    assert len(pictures) == len(list((PAGE / "pictures").iterdir()))
    for image in pictures:
        header = (PAGE / image["src"]).read_bytes()[:24]
        size = tuple(int.from_bytes(header[at : at + 4], "big") for at in (16, 20))
        assert size == (int(image["width"]), int(image["height"]))
        assert image["alt"]


def test_the_lesson_quotes_the_sample_article():
    sample = (PAGE / "sample.txt").read_text(encoding="utf-8")
    teachers = Elements("teachers.html")
    quoted = [" ".join(quotation.split()).rstrip(" …") for quotation in teachers.quotations]
    of_the_article = [quotation for quotation in quoted if len(quotation.split()) > 4]
    assert len(of_the_article) > 6
    made_up = {
        "The wall of the dam has lost several anchors.",
        "her claim that the vote was stolen",
    }
    changed = {"The wall is said to have lost several anchors."}
    assert [
        quotation
        for quotation in of_the_article
        if quotation not in sample and quotation not in made_up | changed
    ] == []


def test_figures_stand_in_one_place():
    text = (PAGE / "teachers.html").read_text(encoding="utf-8")
    before, _, rest = text.partition('<table id="figures">')
    table, _, after = rest.partition("</table>")
    assert table.count("F1 0.") >= 3
    assert not re.search(r"F1 0\.|\d of \d|of 100|0\.\d\d", before + after)


def test_the_page_loads_the_extension_s_scripts_in_the_extension_s_order():
    listed = re.findall(r'"content/(\S+\.js)"', (ROOT / "extension/scripts.js").read_text())
    loaded = [
        reference.removeprefix("overlay/")
        for reference in Elements("index.html").references()
        if reference.startswith("overlay/")
    ]
    assert len(loaded) > 8
    assert [name for name in loaded if name in listed] == [
        name for name in listed if name in loaded
    ]
