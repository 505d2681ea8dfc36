"""Measures what reading a long page costs the page, with an API that answers at once.

``python -m tests.bench_page`` makes a page of 20,000 words (``--words``), presses the button, and
prints when the first marks were there, when all were, and the longest tasks of the page's thread
in between. The page has no scripts, so that every one of them is ours, or made by the browser for
what we did (style, layout, paint). Then the article gets a counter that changes 20 times a second:
printed is how much busier the page's thread is while Hearsay watches it. Times of tasks and of the
thread are processor time, so that another program on the machine does not count.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.driver import Driver
from tests.browser.fake_api import FakeApi
from tests.long_page import analysis, html, paragraphs
from tests.pages import browser

SITE = "https://long.example/"
WRAPPERS = ("RunTask", "ThreadControllerImpl::RunTask", "Receive mojo message")
PATIENCE_MS = 120_000

WATCH = """() => {
    const started = performance.now();
    globalThis.firstMarks = new Promise((resolve) => {
        const look = () => {
            const seen = [...CSS.highlights.keys()].some((name) => name.startsWith('hearsay-'));
            if (seen) resolve(performance.now() - started);
            else requestAnimationFrame(look);
        };
        look();
    });
}"""

TICK_SECONDS = 10
TICK = """async (seconds) => {
    const counter = document.querySelector('article').appendChild(document.createElement('p'));
    for (let tick = 0; tick < seconds * 20; tick++) {
        counter.textContent = `Read by ${tick} people`;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    counter.remove();
}"""

Event = dict[str, Any]


def main_thread_tasks(trace: list[Event], page_url: str) -> list[tuple[float, list[Event]]]:
    """Return each task's milliseconds, longest first, and the events inside it."""
    frames = [
        (event["pid"], frame)
        for event in trace
        if event["name"] == "TracingStartedInBrowser"
        for frame in event["args"]["data"].get("frames", [])
    ]
    process = next(frame["processId"] for _, frame in frames if frame["url"] == page_url)
    threads = {
        event["tid"]
        for event in trace
        if event["name"] == "thread_name"
        and event["pid"] == process
        and event["args"]["name"] == "CrRendererMain"
    }
    events = [
        event
        for event in trace
        if event["pid"] == process and event["tid"] in threads and event["ph"] == "X"
    ]
    tasks = [event for event in events if event["name"] == "RunTask"]
    tasks.sort(key=cost, reverse=True)
    found = []
    for task in tasks[:5]:
        inside = [
            event
            for event in events
            if task["ts"] <= event["ts"] <= task["ts"] + task["dur"]
            and event["name"] not in WRAPPERS
        ]
        found.append((cost(task), inside))
    return found


def cost(event: Event) -> float:
    """Return the milliseconds of processor time that an event took."""
    microseconds: float = event["tdur"] if "tdur" in event else event["dur"]
    return microseconds / 1000


def describe(inside: list[Event]) -> str:
    """Name the longest things that a task did."""
    longest = sorted(inside, key=cost, reverse=True)[:3]
    return ", ".join(f"{event['name']} {cost(event):.1f} ms" for event in longest)


def busy_share(page: Page) -> float:
    """Return the share of the time in which the page's thread works while a counter ticks."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = cdp.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")

    before = worked()
    page.evaluate(TICK, TICK_SECONDS)
    share = (worked() - before) / TICK_SECONDS
    cdp.detach()
    return share


def wait_until_done(page: Page, driver: Driver) -> int:
    """Wait until all is read and return the number of marks."""
    # No look at the overlay: the tree of a page so long takes the page's thread longer than we do.
    deadline = PATIENCE_MS
    while not (found := re.search(r"(\d+) marks painted", "\n".join(driver.console))):
        page.wait_for_timeout(20)
        deadline -= 20
        if deadline < 0:
            raise SystemExit("the page was not read to its end")
    return int(found[1])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench_page", description=__doc__)
    parser.add_argument("--words", type=int, default=20_000)
    arguments = parser.parse_args()
    text = paragraphs(arguments.words)
    api = FakeApi()
    api.analyze = lambda blocks: api.json(analysis(blocks))
    with browser() as context, tempfile.TemporaryDirectory() as folder:
        Driver.use_server(context, api.address)
        page = context.new_page()
        page.route(
            f"{SITE}**", lambda route: route.fulfill(body=html(text), content_type="text/html")
        )
        page.goto(SITE)
        driver = Driver(page)
        alone = busy_share(page)
        path = Path(folder) / "trace.json"
        assert context.browser
        context.browser.start_tracing(
            page=page,
            path=path,
            categories=["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel"],
        )
        page.evaluate(WATCH)
        started = time.monotonic()
        driver.press()
        marks = wait_until_done(page, driver)
        took = 1000 * (time.monotonic() - started)
        page.wait_for_timeout(200)
        first = page.evaluate("firstMarks")
        context.browser.stop_tracing()
        requests = len(api.requests)
        watched = busy_share(page)
        trace = json.loads(path.read_text(encoding="utf-8"))["traceEvents"]
    api.close()
    print(f"{sum(len(part.split()) for part in text)} words, {requests} requests")
    print(f"first marks after {first:.0f} ms")
    print(f"all {marks} marks after {took:.0f} ms")
    for milliseconds, inside in main_thread_tasks(trace, SITE):
        print(f"task of {milliseconds:.1f} ms: {describe(inside)}")
    print(f"thread busy while a counter ticks: {alone:.1%}, with Hearsay {watched:.1%}")
    print(f"requests meanwhile: {len(api.requests) - requests}")


if __name__ == "__main__":
    main()
