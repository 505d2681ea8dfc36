"""What it takes to drive a Chromium with the extension, beyond what Playwright does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, Worker

from .browser import OVERLAY, Box, Node, Size, name_of, role_of

SHOW = """function () {
    Object.defineProperty(this.host, "shadowRoot", { value: this, configurable: true });
}"""

# It opens only in answer to the reader, for whom Playwright stands when it evaluates something.
OPEN_PANEL = """async () => {
    const { id } = await chrome.windows.getLastFocused();
    await chrome.sidePanel.open({ windowId: id });
}"""
PANEL_TEXT = """() => chrome.extension
    .getViews()
    .find(({ location }) => location.pathname === "/panel/panel.html")
    ?.document.body?.innerText ?? ""
"""
ALLOW = """([id, pattern, yes]) => {
    const { developerPrivate: settings } = chrome;
    return yes ? settings.addHostPermission(id, pattern)
        : settings.removeHostPermission(id, pattern).catch(() => {});  // none was given
}"""
# Without the developer mode, Chromium lets no extension stay that is from no store.
UPDATE = """async (id) => {
    const { developerPrivate: settings } = chrome;
    await settings.updateProfileConfiguration({ inDeveloperMode: true });
    await settings.reload(id, { failQuietly: true });
}"""
CLOSE_PANEL = """() => chrome.extension
    .getViews()
    .find(({ location }) => location.pathname === "/panel/panel.html")
    .close()
"""

_sessions: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()
_ids: WeakKeyDictionary[BrowserContext, str] = WeakKeyDictionary()
"""Of the extension, also while its background does not run."""


class Chromium:
    """Chromium, over its DevTools protocol."""

    name = "chromium"
    closed_page = "chrome://version"

    @staticmethod
    def launch(playwright: Playwright, path: str, extension: Path, profile: Path) -> BrowserContext:
        return playwright.chromium.launch_persistent_context(
            profile,
            executable_path=path,
            headless=True,
            viewport={"width": 1000, "height": 800},
            args=[
                f"--disable-extensions-except={extension}",
                f"--load-extension={extension}",
                "--no-sandbox",
            ],
        )

    def background(self, context: BrowserContext) -> Worker:
        workers = context.service_workers
        worker = workers[0] if workers else context.wait_for_event("serviceworker")
        # A press before the listener is there would be lost.
        worker.evaluate(
            "async () => { while (!chrome.action.onClicked.hasListeners())"
            " await new Promise((resolve) => setTimeout(resolve, 20)) }"
        )
        return worker

    def stop_background(self, context: BrowserContext) -> None:
        page = self._own_page(context)
        stopped = False

        def on_update(event: dict[str, Any]) -> None:
            nonlocal stopped
            stopped |= any(each["runningStatus"] == "stopped" for each in event["versions"])

        cdp = _cdp(page)
        cdp.on("ServiceWorker.workerVersionUpdated", on_update)
        cdp.send("ServiceWorker.enable")
        cdp.send("ServiceWorker.stopAllWorkers")
        while not stopped:
            page.wait_for_timeout(20)
        page.close()

    def update(self, context: BrowserContext) -> None:
        page = context.new_page()
        page.goto("chrome://extensions")
        [before] = context.service_workers
        page.evaluate(UPDATE, self._id(context))
        while context.service_workers in ([], [before]):
            page.wait_for_timeout(20)
        page.close()

    def allow(self, context: BrowserContext, pattern: str, *, yes: bool) -> None:
        page = context.new_page()
        page.goto("chrome://extensions")
        page.evaluate(ALLOW, [self._id(context), pattern, yes])
        page.close()

    def one_window(self) -> AbstractContextManager[None]:
        return nullcontext()  # Chromium has no other way

    def evaluate_apart(self, page: Page, scripts: Iterable[Path], expression: str) -> Any:
        cdp = _cdp(page)
        frame = cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = cdp.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"]
        value = None
        for source in (*(script.read_text("utf-8") for script in scripts), expression):
            given = {"expression": source, "contextId": world, "returnByValue": True}
            reply = cdp.send("Runtime.evaluate", given)
            if "exceptionDetails" in reply:
                raise RuntimeError(reply["exceptionDetails"]["exception"]["description"])
            value = reply["result"].get("value")
        return value

    def press(self, page: Page) -> None:
        extension_id = self._id(page.context)
        page.bring_to_front()
        cdp = _browser_cdp(page.context)
        tabs = cdp.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        target = next(tab["targetId"] for tab in tabs if tab["url"] == page.url)
        cdp.send("Extensions.triggerAction", {"id": extension_id, "targetId": target})
        cdp.detach()

    def pdf(self, page: Page, size: Size) -> bytes:
        width, height = size
        return page.pdf(width=f"{width / 72}in", height=f"{height / 72}in")

    def panel(self, page: Page) -> str:
        own_page = self._own_page(page.context)
        own_page.evaluate(OPEN_PANEL)
        page.bring_to_front()
        text: str = own_page.evaluate(PANEL_TEXT)
        own_page.close()
        return text

    def close_panel(self, page: Page) -> None:
        own_page = self._own_page(page.context)
        own_page.evaluate(CLOSE_PANEL)
        own_page.close()

    def _id(self, context: BrowserContext) -> str:
        if context not in _ids:
            _ids[context] = self.background(context).url.split("/")[2]
        return _ids[context]

    def _own_page(self, context: BrowserContext) -> Page:
        """Open a page of the extension, which may do what the extension may."""
        page = context.new_page()
        page.goto(self.background(context).url.replace("background.js", "options/options.html"))
        return page

    def nodes(self, page: Page) -> list[Node]:
        nodes: list[dict[str, Any]] = _cdp(page).send("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}
        queue = [node for node in nodes if _is_overlay(node)]
        found = []
        while queue:
            node = queue.pop(0)
            found.append(node)
            queue = [by_id[child] for child in node["childIds"] if child in by_id] + queue
        return [node for node in found if not node["ignored"]]

    def focus(self, page: Page, node: Node) -> None:
        _cdp(page).send("DOM.focus", {"backendNodeId": node["backendDOMNodeId"]})

    def box(self, page: Page, node: Node) -> Box:
        box = _cdp(page).send("DOM.getBoxModel", {"backendNodeId": node["backendDOMNodeId"]})
        corners = box["model"]["border"]
        return corners[0], corners[1], corners[4], corners[5]

    def touch(self, page: Page, x: float, y: float) -> None:
        cdp = _cdp(page)
        point = {"x": x, "y": y}
        cdp.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def emulate(
        self, page: Page, *, forced_colors: bool, reduced_motion: bool, paper: bool
    ) -> None:
        page.emulate_media(
            media="print" if paper else "screen",
            forced_colors="active" if forced_colors else "none",
            reduced_motion="reduce" if reduced_motion else "no-preference",
        )

    def open_overlay(self, page: Page) -> None:
        cdp = _cdp(page)
        document = cdp.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        for root in _overlay_roots(document):
            found = cdp.send("DOM.resolveNode", {"backendNodeId": root["backendNodeId"]})
            target = {"objectId": found["object"]["objectId"]}
            cdp.send("Runtime.callFunctionOn", {"functionDeclaration": SHOW, **target})


def _is_overlay(node: Node) -> bool:
    """Tell its root: a dialog that is open makes a screen reader pass over the region around it."""
    name = name_of(node)
    return (role_of(node) == "region" and name == "Hearsay") or (
        role_of(node) == "dialog" and name.startswith("Hearsay: ")
    )


def _overlay_roots(node: Node) -> Iterator[Node]:
    for root in node.get("shadowRoots", []):
        if node["localName"] == OVERLAY:
            yield root
    for child in node.get("children", []):
        yield from _overlay_roots(child)


def _browser_cdp(context: BrowserContext) -> CDPSession:
    assert context.browser
    return context.browser.new_browser_cdp_session()


def _cdp(page: Page) -> CDPSession:
    if page not in _sessions:
        _sessions[page] = page.context.new_cdp_session(page)
    return _sessions[page]
