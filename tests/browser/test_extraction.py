"""The article's text on golden pages: what is found, and that every offset leads back to the page.

A case is a folder of ``tests/golden`` with a ``page.html`` and the ``blocks.json`` it must give:
``[[kind, text], …]``, empty where the page has no article.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Route

from tests.pages import EXTRACTION, MARKUP, PAGE_RULES

from .driver import browser_of

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(path.parent for path in GOLDEN.glob("*/page.html"))

# Of every character that has a place in the page: whether the place has the character, and whether
# the two ways there and back agree. A `<br>` is a line break that no Text node has.
ROUND_TRIP = """(() => {
    const wrong = [];
    for (const { id, text, pieces } of hearsay.blocksOf(hearsay.findArticle(document))) {
        const block = { id, text, pieces };
        const placed = new Set();
        for (const { node, nodeStart, start, end } of pieces) {
            for (let at = start; at < end; at++) {
                if (placed.has(at)) wrong.push(`${id} ${at}: two places`);
                placed.add(at);
                const there = node.data[nodeStart + at - start];
                const same = there === text[at] || (/\\s/.test(there) && /\\s/.test(text[at]));
                if (!same) wrong.push(`${id} ${at}: ${there} for ${text[at]}`);
                const [range, ...more] = hearsay.rangeOf(block, at, at + 1);
                if (more.length || range.startContainer !== node
                    || range.startOffset !== nodeStart + at - start
                    || hearsay.textOf([range]) !== text[at]) wrong.push(`${id} ${at}: no way back`);
            }
        }
        for (let at = 0; at < text.length; at++) {
            if (!placed.has(at) && text[at] !== '\\n') wrong.push(`${id} ${at}: no place`);
        }
        for (let at = 0; at < text.length; at += 3) {
            const part = text.slice(at, at + 40);
            const found = hearsay.textOf(hearsay.rangeOf(block, at, at + part.length));
            if (found.trim() !== part.trim()) wrong.push(`${id} ${at}: ${found} for ${part}`);
        }
    }
    return wrong;
})()"""

BLOCKS = """hearsay.blocksOf(hearsay.findArticle(document)).map(({ kind, text }) => [kind, text])"""


Read = Callable[[Path, str], Any]


@pytest.fixture(scope="module")
def read(context: BrowserContext) -> Iterator[Read]:
    """Evaluates in a world of our own in a case's page, which must stay as it was."""
    page = context.new_page()
    bodies: dict[str, bytes] = {}

    def serve(route: Route) -> None:
        body = bodies.get(route.request.url)
        if body is None:
            route.abort()
            return
        headers = {"Content-Security-Policy": PAGE_RULES}
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=headers)

    page.route("**/*", serve)

    def read(case: Path, expression: str) -> Any:
        address = f"https://{case.name}.example/"
        bodies[address] = (case / "page.html").read_bytes()
        page.goto(address, wait_until="domcontentloaded")
        before = page.evaluate(MARKUP)
        value = browser_of(context).evaluate_apart(page, EXTRACTION, expression)
        assert page.evaluate(MARKUP) == before
        return value

    yield read
    page.close()


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_finds_the_text_as_a_reader_sees_it(case: Path, read: Read) -> None:
    assert read(case, BLOCKS) == json.loads((case / "blocks.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_offset_leads_to_its_place_and_back(case: Path, read: Read) -> None:
    assert read(case, ROUND_TRIP) == []


def test_text_that_has_changed_is_not_taken_for_the_old(read: Read) -> None:
    changes = """(() => {
        const [, block] = hearsay.blocksOf(hearsay.findArticle(document));
        const ranges = () => hearsay.rangeOf(block, 4, 30);
        const read = () => hearsay.textOf(ranges()) === block.text.slice(4, 30);
        const before = read();
        const { node } = block.pieces.find(({ end }) => end > 20);
        const old = node.data;
        node.data = old.replace(/e/g, 'o');
        const changed = read();
        node.data = '';
        const emptied = ranges().length;
        node.data = old;
        return [before, changed, emptied, read()];
    })()"""
    assert read(GOLDEN / "furniture", changes) == [True, False, 0, True]
