"""Takes the pictures for the extension stores: the real extension, marking the sample article.

``python -m tests.store_pictures`` writes them to ``extension/store/pictures/``, 1280 × 800 each.
"""

from __future__ import annotations

import html
import shutil
from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Playwright, Route, expect, sync_playwright

from tests.browser.chromium import Chromium
from tests.browser.driver import Driver
from tests.browsers import find_chromium
from tests.server import ROOT, serving

EXTENSION = ROOT / "extension"
PICTURES = EXTENSION / "store" / "pictures"
SAMPLE = ROOT / "backend" / "web" / "page" / "sample.txt"
ADDRESS = "https://ledger.example/hallern-dam"

WIDTH, HEIGHT = 1280, 800
PANEL = 380
"""How wide the panel is beside the page."""

NEWS = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>
  body {{ margin: 0; font: 19px/1.55 Georgia, serif; color: #222; }}
  header {{ font: bold 24px Georgia, serif; padding: 14px 32px; border-bottom: 1px solid #ccc; }}
  nav {{ float: right; font: 15px/2.2 sans-serif; word-spacing: 1.5em; color: #555; }}
  article {{ max-width: 36em; margin: 1em auto 6em; padding: 0 1.5em; }}
  h1 {{ font-size: 30px; line-height: 1.2; margin: 0; }}
</style>
<header>The Vesland Ledger <nav>Home World Culture Sport</nav></header>
<article><h1>{title}</h1>{paragraphs}</article>
</html>"""

BESIDE = """<!doctype html><style>
  body {{ margin: 0; display: flex; }}
  img {{ display: block; height: {height}px; }}
  img + img {{ box-shadow: 0 0 0 1px #bbb; }}
</style><img src="{page}"><img src="{panel}">"""


def serve(route: Route) -> None:
    """Answer with the sample article, as a page of a newspaper."""
    title, *paragraphs = SAMPLE.read_text(encoding="utf-8").strip().split("\n\n")
    body = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in paragraphs)
    page = NEWS.format(title=html.escape(title), paragraphs=body)
    route.fulfill(body=page, content_type="text/html; charset=utf-8")


def opened(context: BrowserContext, width: int) -> Driver:
    """Open the article, with its marks."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    page.goto(ADDRESS)
    driver = Driver(page)
    driver.mark()
    return driver


def data_of(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def take_marks(context: BrowserContext, path: Path) -> None:
    """An article with its marks, and the card that explains one of them."""
    driver = opened(context, WIDTH)
    driver.point_at("is said")
    driver.wait_for_text("No source given")
    driver.page.screenshot(path=path, animations="disabled")
    driver.page.close()


def take_panel(context: BrowserContext, path: Path) -> None:
    """The panel beside the page; browsers show it in a part of the window that no test can see."""
    driver = opened(context, WIDTH - PANEL)
    background = Driver.background(context)
    tab = background.evaluate("async () => (await chrome.tabs.query({active: true}))[0].id")
    page_picture = driver.page.screenshot()
    panel = context.new_page()
    panel.set_viewport_size({"width": PANEL, "height": HEIGHT})
    panel.goto(f"{background.url.rsplit('/', 1)[0]}/panel/panel.html?tab={tab}")
    expect(panel.locator("#shares tr")).to_have_count(4)
    both = BESIDE.format(
        height=HEIGHT, page=data_of(page_picture), panel=data_of(panel.screenshot())
    )
    panel.close()
    driver.page.close()
    picture = context.new_page()
    picture.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    picture.set_content(both)
    picture.screenshot(path=path)
    picture.close()


def take_present(context: BrowserContext, path: Path) -> None:
    """One mark at a time, as on a classroom's wall."""
    driver = opened(context, WIDTH)
    driver.page.keyboard.press("Alt+Shift+O")
    driver.wait_for_text("1 of")
    for number in (2, 3):
        driver.page.keyboard.press("ArrowRight")
        driver.wait_for_text(f"{number} of")
    driver.page.screenshot(path=path, animations="disabled")
    driver.page.close()


def take_guess(context: BrowserContext, path: Path) -> None:
    """What a class marked, beside what Hearsay marks."""
    driver = opened(context, WIDTH)
    page = driver.page
    page.keyboard.press("Alt+Shift+G")
    driver.wait_for("button", "Reveal")
    for text in ("Varga resigned after", "The woman who gave up", "the boxes were handed in"):
        page.mouse.click(*driver.place_of(text))
    driver.click("Reveal")
    driver.click("Look at all")
    page.keyboard.press("ArrowRight")
    driver.wait_for_text("2 of")
    page.screenshot(path=path, animations="disabled")
    page.close()


def take_options(context: BrowserContext, path: Path) -> None:
    """Colours and lines for every eye."""
    page = context.new_page()
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.goto(f"{Driver.background(context).url.rsplit('/', 1)[0]}/options/options.html")
    page.locator("#palettes input").nth(1).check()
    page.get_by_role("heading", name="Colours and lines").evaluate(
        "(heading) => heading.scrollIntoView({ behavior: 'instant' })"
    )
    page.screenshot(path=path, animations="disabled")
    page.close()


TAKEN = {
    "1-marks": take_marks,
    "2-panel": take_panel,
    "3-present": take_present,
    "4-guess": take_guess,
    "5-options": take_options,
}
"""By their names; the listing says what each shows."""


def launch(playwright: Playwright, folder: Path) -> BrowserContext:
    """Start Chromium with the extension."""
    extension = folder / "hearsay"
    shutil.copytree(EXTENSION, extension, ignore=shutil.ignore_patterns("node_modules"))
    path = find_chromium()
    assert path, "there is no Chromium"
    return Chromium.launch(playwright, path, extension, folder / "profile")


def main() -> None:
    """Take them."""
    PICTURES.mkdir(exist_ok=True)
    with (
        serving() as server,
        TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        launch(playwright, Path(folder)) as context,
    ):
        context.route(ADDRESS, serve)
        Driver.use_server(context, server.address)
        for name, take in TAKEN.items():
            take(context, PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
