"""Takes the pictures of the page for teachers: each step of the lesson, in a real browser.

``python -m tests.pictures`` writes them to ``backend/web/page/pictures/``.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.driver import PLACE
from tests.browsers import find_chromium
from tests.server import ROOT, serving

PICTURES = ROOT / "backend" / "web" / "page" / "pictures"
SIZE = {"width": 1280, "height": 800}
SCALE = 0.75

EDGES = """(text) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const start = walker.currentNode.data.indexOf(text);
        if (start < 0) continue;
        const range = new Range();
        range.setStart(walker.currentNode, start);
        range.setEnd(walker.currentNode, start + text.length);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return [left + 3, right - 3, (top + bottom) / 2];
    }
    throw new Error(`the page has no ${text}`);
}"""


def take(page: Page, folder: Path) -> None:
    """Give the lesson as the page for teachers says, and take a picture of each step."""

    def picture(name: str) -> None:
        page.wait_for_timeout(500)  # what fades in
        page.screenshot(path=folder / f"{name}.png")

    def click(name: str) -> None:
        page.get_by_role("button", name=name).first.click()

    def place(text: str) -> tuple[float, float]:
        x, y = page.evaluate(PLACE, text)
        return x, y

    def drag_over(text: str) -> None:
        left, right, y = page.evaluate(EDGES, text)
        page.mouse.move(left, y)
        page.mouse.down()
        page.mouse.move(right, y, steps=5)
        page.mouse.up()

    def shown(text: str) -> None:
        page.evaluate(
            "(text) => [...document.querySelectorAll('#text p')]"
            ".find((p) => p.textContent.includes(text)).scrollIntoView({block: 'center'})",
            text,
        )

    click("Sample article")
    expect(page.get_by_role("status").first).to_contain_text("unsure words", timeout=60_000)

    click("Guess first")
    shown("is said to have driven")
    page.mouse.click(*place("Varga resigned after"))
    page.keyboard.press("u")
    drag_over("is said to")
    picture("guess")

    page.keyboard.press("Enter")
    page.get_by_role("button", name="Look at all").click()
    picture("reveal")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    click("Present")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    picture("present")
    page.keyboard.press("Escape")

    shown("is said to have driven")
    page.mouse.move(*place("has not been confirmed"))
    picture("marks")

    with page.expect_download() as saved:
        click("Handout")
        click("Save: To mark")
    with TemporaryDirectory() as temporary:
        file = Path(temporary) / "handout.html"
        saved.value.save_as(file)
        page.goto(file.as_uri())
        picture("handout")


def main() -> None:
    """Take them."""
    PICTURES.mkdir(exist_ok=True)
    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE, color_scheme="light")
        # The overlay's buttons stand in a closed shadow tree.
        page.add_init_script(
            "const attach = Element.prototype.attachShadow;"
            "Element.prototype.attachShadow = function () "
            "{ return attach.call(this, {mode: 'open'}) }"
        )
        page.goto(server.address)
        take(page, PICTURES)
        browser.close()


if __name__ == "__main__":
    main()
