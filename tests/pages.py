"""Reads real pages with the real extension, and says how well.

``python -m tests.pages DIR OUT`` loads every ``DIR/html/*.html.gz`` in Chromium, presses the button
and writes to OUT, for each page by its name::

    {"text": "the article's text, without headlines", "painted": 12, "mismatched": 0,
     "dom_changed": false, "errors": []}

A page gets no script of its own to run, and nothing but itself and the API can be reached. With
``--text`` there is no API and nothing is painted: the text alone, by the content scripts that find
it. Where ``DIR/truth.json`` has the articles' bodies (``{NAME: {"articleBody": …}}``), the texts
are measured against them by shingles of four words, as in Zyte's
article-extraction-benchmark.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, sync_playwright

from tests.browser.driver import Driver, browser_of
from tests.browsers import find_chromium
from tests.server import serving

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "extension"
EXTRACTION = tuple(
    EXTENSION / "content" / f"{name}.js"
    for name in (
        "slices",
        "frames",
        "text-run",
        "blocks",
        "ranges",
        "furniture",
        "survey",
        "article",
    )
)
ANSWER_SECONDS = 120

Json = dict[str, Any]

# Styles of its own a page may have: they say what is hidden.
PAGE_RULES = "default-src 'none'; style-src 'unsafe-inline'"

BLOCKS = (
    "hearsay.blocksOf(hearsay.findArticle(document)).map(({id, kind, text}) => ({id, kind, text}))"
)

MARKUP = """() => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll(':scope > hearsay-overlay').forEach((host) => host.remove());
    return copy.outerHTML;
}"""


class Tab:
    """One tab in which page after page is read."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.body = b""
        self.console: list[str] = []
        self.errors: list[str] = []
        self.worlds: list[int] = []
        self.spans: list[str] = []
        """Texts of all spans that the API has found."""
        page.route("**/*", self._serve)
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.on("Runtime.executionContextCreated", self._on_world)
        self.cdp.on("Runtime.consoleAPICalled", self._on_console)
        self.cdp.on("Runtime.exceptionThrown", self._on_exception)
        self.cdp.send("Runtime.enable")

    def _serve(self, route: Route) -> None:
        request = route.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            headers = {"Content-Security-Policy": PAGE_RULES}
            route.fulfill(body=self.body, content_type="text/html; charset=utf-8", headers=headers)
        else:
            route.abort()

    def _on_world(self, event: Json) -> None:
        world = event["context"]
        if world.get("origin", "").startswith("chrome-extension://"):
            self.worlds.append(world["id"])

    def _on_console(self, event: Json) -> None:
        text = " ".join(str(arg.get("value", "")) for arg in event["args"])
        if event["type"] in ("error", "assert"):
            self.errors.append(text)
        self.console.append(text)

    def _on_exception(self, event: Json) -> None:
        details = event["exceptionDetails"]
        self.errors.append(details.get("exception", {}).get("description", details["text"]))

    def open(self, name: str, body: bytes) -> None:
        self.body = body
        self.page.goto(f"https://{name[:32]}.example/", wait_until="domcontentloaded")
        self.console, self.errors, self.worlds, self.spans = [], [], [], []

    def evaluate(self, expression: str, world: int) -> Any:
        """Evaluate in an isolated world: the page's own scripts may not run."""
        reply = self.cdp.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": world, "returnByValue": True},
        )
        if "exceptionDetails" in reply:
            self._on_exception(reply)
            return None
        return reply["result"].get("value")

    def wait_for(self, condition: Any) -> bool:
        deadline = time.monotonic() + ANSWER_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                return False
            self.page.wait_for_timeout(20)
        return True


def body_text(blocks: list[Json] | None) -> str:
    return "\n\n".join(block["text"] for block in blocks or [] if block["kind"] != "headline")


def read_text(tab: Tab, name: str, body: bytes) -> Json:
    """Find the article's text, without the rest of the extension."""
    tab.open(name, body)
    before = tab.page.evaluate(MARKUP)
    blocks = None
    try:
        blocks = browser_of(tab.page.context).evaluate_apart(tab.page, EXTRACTION, BLOCKS)
    except RuntimeError as error:
        tab.errors.append(str(error))
    return {
        "text": body_text(blocks),
        "dom_changed": tab.page.evaluate(MARKUP) != before,
        "errors": tab.errors,
    }


def read_marked(tab: Tab, name: str, body: bytes, api: str) -> Json:
    """Press the button, look at what is painted, press it again."""
    tab.open(name, body)
    driver = Driver(tab.page)
    Driver.use_server(driver.context, api)
    before = tab.page.evaluate(MARKUP)
    driver.press()
    # The world comes first, the scripts after it.
    ready = "Boolean(globalThis.hearsay?.toggle)"
    if not tab.wait_for(lambda: tab.worlds and tab.evaluate(ready, tab.worlds[0])):
        return {"text": "", "painted": 0, "mismatched": 0, "dom_changed": False, "errors": ["late"]}
    blocks = tab.evaluate(BLOCKS, tab.worlds[0]) or []
    painted = mismatched = 0
    if blocks:
        report = re.compile(r"Hearsay: (\d+) marks painted; (\d+) left out")
        if tab.wait_for(lambda: any(report.match(line) for line in tab.console)):
            line = next(found for line in tab.console if (found := report.match(line)))
            painted, mismatched = int(line[1]), int(line[2])
            mismatched += foreign_ranges(driver, tab.spans)
        else:
            tab.errors.append(f"no answer: {driver.text()}")
    changed = tab.page.evaluate(MARKUP) != before
    driver.press()
    driver.wait_until_gone()
    changed |= tab.page.evaluate("document.documentElement.outerHTML") != before
    if driver.painted():
        tab.errors.append("marks are left after the second press")
    return {
        "text": body_text(blocks),
        "painted": painted,
        "mismatched": mismatched,
        "dom_changed": changed,
        "errors": tab.errors,
    }


def plain(text: str) -> str:
    """Return a text without what a reader does not see; not by the extension's own code."""
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad\u200b-\u200f\u2060\ufeff]", "", text)).strip()


def span_texts(analysis: Json) -> list[str]:
    """Return the texts of all spans in an answer of the API."""
    spans = [span for found in analysis["hedges"] for span in (found["cue"], *found["scope"])]
    for found in analysis["attributions"]:
        spans += [found["cue"], found["source"], *found["content"]]
    return [plain(span["text"]) for span in spans if span]


def foreign_ranges(driver: Driver, spans: list[str]) -> int:
    """Count the painted ranges whose text is that of no span (or of no part of one)."""
    whole = set(spans)
    texts = {plain(text) for ranges in driver.painted().values() for text in ranges}
    return sum(
        text not in whole and not any(text in span for span in spans) for text in texts if text
    )


@contextlib.contextmanager
def browser() -> Iterator[BrowserContext]:
    """Run a Chromium that has the extension, and no way to any address but this machine's."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("no Chromium on this machine: set CHROMIUM, or run `make test`")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        extension = Path(folder) / "extension"
        shutil.copytree(EXTENSION, extension, ignore=shutil.ignore_patterns("node_modules"))
        context = playwright.chromium.launch_persistent_context(
            Path(folder) / "profile",
            executable_path=chromium,
            headless=True,
            args=[
                f"--disable-extensions-except={extension}",
                f"--load-extension={extension}",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--no-sandbox",
            ],
        )
        yield context
        context.close()


def read_pages(folder: Path, text_only: bool) -> dict[str, Json]:
    results: dict[str, Json] = {}
    with contextlib.ExitStack() as stack:
        api = "" if text_only else stack.enter_context(serving()).address
        context = stack.enter_context(browser())
        tab = Tab(context.new_page())

        def guard(route: Route) -> None:
            """See to what the extension's background asks for."""
            if api and route.request.url.startswith(f"{api}/"):
                answer = route.fetch(timeout=ANSWER_SECONDS * 1000)
                if answer.ok and route.request.method == "POST":
                    tab.spans += span_texts(answer.json())
                route.fulfill(response=answer)
            else:
                tab.errors.append(f"the extension asked for {route.request.url}")
                route.abort()

        context.route("**/*", guard)
        for path in sorted(folder.glob("html/*.html.gz")):
            name = path.name.removesuffix(".html.gz")
            body = gzip.decompress(path.read_bytes())
            if api:
                results[name] = read_marked(tab, name, body, api)
            else:
                results[name] = read_text(tab, name, body)
    return results


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))


def precision_recall(found: str, truth: str) -> tuple[float, float]:
    """Return both over the multisets of 4-word shingles of one page."""
    ours, theirs = shingles(found), shingles(truth)
    shared = sum((ours & theirs).values())
    return shared / ours.total(), shared / theirs.total()


def report(results: dict[str, Json], truth: dict[str, Json], worst: int) -> None:
    """Print the figures over all pages, and the pages that fell short most."""
    scores = {
        name: precision_recall(result["text"], truth[name]["articleBody"])
        for name, result in results.items()
        if name in truth
    }
    for name in sorted(scores, key=lambda name: sum(scores[name]))[:worst]:
        precision, recall = scores[name]
        print(f"{precision:.3f} {recall:.3f}  {name}")
    if scores:
        precision = sum(p for p, _ in scores.values()) / len(scores)
        recall = sum(r for _, r in scores.values()) / len(scores)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{len(scores)} pages: precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}")
    for count in ("painted", "mismatched", "dom_changed"):
        print(f"{count}: {sum(result.get(count, 0) for result in results.values())}")
    for name, result in results.items():
        for error in result["errors"]:
            print(f"{name}: {error}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.pages", description=__doc__)
    parser.add_argument("dir", type=Path, help="has html/*.html.gz and perhaps truth.json")
    parser.add_argument("out", type=Path, help="the JSON file to write")
    parser.add_argument("--text", action="store_true", help="find the text only; no API")
    parser.add_argument("--worst", type=int, default=10, help="how many of the worst to list")
    arguments = parser.parse_args()
    results = read_pages(arguments.dir, arguments.text)
    arguments.out.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    truth = arguments.dir / "truth.json"
    report(results, json.loads(truth.read_bytes()) if truth.exists() else {}, arguments.worst)


if __name__ == "__main__":
    main()
