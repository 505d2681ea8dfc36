"""The whole way: the real extension on a page with a golden article, against the real server.

Leaves pictures of what a reader sees in ``build/screenshots/``; the README's is one of them.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Route

from tests.browser.conftest import SITE
from tests.browser.driver import Driver
from tests.browser.test_overlay import dom

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed"
SAMPLE = ROOT / "tests" / "golden" / "hallern-dam" / "expected.json"
PICTURES = ROOT / "build" / "screenshots"
LEFT_OUT = ("approximation", "intention")

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{name}</title>
<style>
  body {{ margin: 0; font: 19px/1.6 Georgia, serif; }}
  header {{ font: bold 24px sans-serif; padding: 16px 32px; border-bottom: 1px solid #ccc; }}
  nav a {{ font-size: 15px; margin-right: 1em; }}
  article {{ max-width: 40em; margin: 2em auto; padding: 0 1em; }}
</style>
<header>The Daily Ledger <nav><a href="/">Home</a><a href="/world">World</a></nav></header>
<article><h1>{name}</h1>{paragraphs}</article>
</html>"""


def read(case: str) -> tuple[dict[str, Any], str]:
    """Return what is expected of an article, and its text."""
    if case == "seed":
        if not SEED.is_dir():
            pytest.skip("the seed article lies outside the repository")
        expected = json.loads((SEED / "expected.json").read_text(encoding="utf-8"))
        return expected, (SEED / "article.txt").read_text(encoding="utf-8")
    expected = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return expected, (ROOT / expected["article"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("case", ["sample", "seed"])
def test_an_article_is_marked_and_left_as_it_was(
    case: str, context: BrowserContext, opened: Callable[[str], Driver], server: str
) -> None:
    expected, text = read(case)
    title, paragraphs = _title_and_paragraphs(text)
    page = PAGE.format(
        name=html.escape(title),
        paragraphs="".join(f"<p>{html.escape(p)}</p>\n" for p in paragraphs),
    )

    def serve(route: Route) -> None:
        route.fulfill(body=page, content_type="text/html; charset=utf-8")

    context.route(f"{SITE}/{case}", serve)
    Driver.use_server(context, server)
    driver = opened(case)
    driver.page.set_viewport_size({"width": 1280, "height": 860})
    driver.page.emulate_media(reduced_motion="reduce")
    before = dom(driver)
    driver.mark()
    assert dom(driver) == before
    painted = driver.painted()
    missing = [
        wanted
        for wanted in _wanted(expected)
        if not any(wanted in t or t in wanted for texts in painted.values() for t in texts)
    ]
    assert not missing
    assert not [e for e in driver.console if "0 left out" not in e and "left out" in e]
    assert not driver.errors

    PICTURES.mkdir(parents=True, exist_ok=True)
    driver.page.screenshot(path=PICTURES / f"{case}.png")
    driver.point_at("is said")
    driver.wait_for_text("No source")
    driver.page.screenshot(path=PICTURES / f"{case}-card.png", animations="disabled")

    driver.press()
    driver.wait_until_gone()
    assert dom(driver) == before
    assert driver.painted() == {}


def _title_and_paragraphs(text: str) -> tuple[str, list[str]]:
    first, *rest = text.strip().split("\n\n")
    return ("An article", [first, *rest]) if first.endswith(".") else (first, rest)


def _wanted(expected: dict[str, Any]) -> list[str]:
    """Return the required sources and hedge cues, less what readers are not shown at first."""
    sources = [a["source"] for a in expected["attributions"] if a["must"] and a["source"]]
    hedges = [h["cue"] for h in expected["hedges"] if h["must"] and h["kind"] not in LEFT_OUT]
    return [*sources, *hedges]
