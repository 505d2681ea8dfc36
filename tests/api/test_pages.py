"""The pages that the server gives to readers: what they refer to and quote is there."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from backend import labels

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "backend" / "web" / "page"
PAGES = ["/", "/glossary.html", "/teachers.html"]


class Elements(HTMLParser):
    """Every element of a page, with its attributes; and the words in some."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.quotations: list[str] = []
        self._quoting = False
        self.feed(page)

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


def elements(api: FlaskClient, address: str) -> Elements:
    reply = api.get(address)
    assert (reply.status_code, reply.mimetype) == (200, "text/html")
    return Elements(reply.text)


@pytest.mark.parametrize("address", PAGES)
def test_what_a_page_refers_to_is_served(api: FlaskClient, address: str):
    page = elements(api, address)
    references = page.references()
    assert len(references) > 5
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    for reference in references:
        path, _, anchor = reference.partition("#")
        assert ":" not in path, "pages send no reader elsewhere"
        reply = api.get(urljoin(address, path))
        assert reply.status_code == 200, reference
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        if anchor and not path:
            assert anchor in ids


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_all_and_says_which_it_is(api: FlaskClient, address: str):
    links = [attributes for tag, attributes in elements(api, address).elements if tag == "a"]
    assert set(PAGES) <= {link["href"] for link in links}
    assert [link["href"] for link in links if link.get("aria-current") == "page"] == [address]


def test_a_page_that_is_known_is_not_sent_again(api: FlaskClient):
    tag = api.get("/glossary.html").headers["ETag"]
    assert api.get("/glossary.html", headers={"If-None-Match": tag}).status_code == 304
    assert api.get("/glossary.html", headers={"If-None-Match": '"other"'}).status_code == 200


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/nope", "/a/b/nope.html", "/pictures/nope.png"])
def test_a_reader_at_a_wrong_address_gets_a_page(api: FlaskClient, path: str):
    reply = api.get(path, headers=BROWSER)
    assert (reply.status_code, reply.mimetype) == (404, "text/html")
    assert "There is no such page" in reply.text
    page = Elements(reply.text)
    assert set(PAGES) <= set(page.references())
    for reference in page.references():
        assert api.get(urljoin(path, reference)).status_code == 200


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "application/problem+json"])
def test_a_program_at_a_wrong_address_gets_a_problem(api: FlaskClient, accept: str | None):
    reply = api.get("/nope", headers={"Accept": accept} if accept else {})
    assert (reply.status_code, reply.mimetype) == (404, "application/problem+json")
    assert "/v1/openapi.json" in reply.json["detail"]
    assert "Accept" in reply.headers["Vary"]


def test_a_reader_s_page_of_another_problem_says_what_to_change(api: FlaskClient):
    reply = api.get("/", headers={**BROWSER, "Host": "evil.example"})
    assert (reply.status_code, reply.mimetype) == (421, "text/html")
    assert "Hearsay cannot answer this" in reply.text
    assert "Use http://127.0.0.1:8484" in reply.text


def test_links_into_the_glossary_name_labels(api: FlaskClient):
    anchors = {family["id"] for family in labels.load()["families"]}
    anchors |= {
        f"{family['id']}-{label['value']}"
        for family in labels.load()["families"]
        for label in family["labels"]
    }
    named = {
        reference.partition("#")[2]
        for address in PAGES
        for reference in elements(api, address).references()
        if reference.startswith("/glossary.html#")
    }
    assert len(named) > 10
    assert named <= anchors


def test_pictures_have_the_size_that_the_page_says(api: FlaskClient):
    teachers = elements(api, "/teachers.html")
    images = [attributes for tag, attributes in teachers.elements if tag == "img"]
    pictures = [image for image in images if image["src"].startswith("/pictures/")]
    assert len(pictures) == len(list((PAGE / "pictures").iterdir()))
    for image in pictures:
        header = (PAGE / image["src"][1:]).read_bytes()[:24]
        size = tuple(int.from_bytes(header[at : at + 4], "big") for at in (16, 20))
        assert size == (int(image["width"]), int(image["height"]))
        assert image["alt"]


def test_the_lesson_quotes_the_sample_article(api: FlaskClient):
    sample = (PAGE / "sample.txt").read_text(encoding="utf-8")
    teachers = elements(api, "/teachers.html")
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


def test_figures_stand_in_one_place(api: FlaskClient):
    text = api.get("/teachers.html").text
    before, _, rest = text.partition('<table id="figures">')
    table, _, after = rest.partition("</table>")
    assert table.count("F1 0.") >= 3
    assert not re.search(r"F1 0\.|\d of \d|of 100|0\.\d\d", before + after)


def test_the_page_loads_the_extension_s_scripts_in_the_extension_s_order(api: FlaskClient):
    listed = re.findall(r'"content/(\S+\.js)"', (ROOT / "extension/scripts.js").read_text())
    loaded = [
        reference.removeprefix("/overlay/")
        for reference in elements(api, "/").references()
        if reference.startswith("/overlay/")
    ]
    assert len(loaded) > 8
    assert [name for name in loaded if name in listed] == [
        name for name in listed if name in loaded
    ]
