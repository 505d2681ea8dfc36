"""What it takes to drive a Firefox with the extension, beyond what Playwright does.

Nothing of a page's own world shows the overlay's closed shadow tree, and no command of WebDriver
presses an extension's button; the browser's own code does both (``--remote-allow-system-access``).
"""

from __future__ import annotations

import json
import time
from base64 import b64decode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, Page, Playwright

from .browser import OVERLAY, Box, Node, Size
from .relay import START, Json, Relay

# Functions for the browser's main process. There a page is known by the id of its context.

PATIENCE_SECONDS = 10
CM_A_POINT = 2.54 / 72
SAME_AGE_MS = 2
"""Firefox rounds the times that it tells; no two tabs are opened so fast one after the other."""

# Both run with the rights of the browser's own code; what they share is put in by `_call`.
PRESS = """(page, id) => {
    const { browserActionFor } = ACTIONS;
    browserActionFor(WebExtensionPolicy.getByID(id).extension).triggerAction(WINDOW_OF(page));
}"""
# The real sidebar, opened as by its button in the browser, and what it shows.
SIDEBAR = """async (page, id, script) => {
    const window = WINDOW_OF(page);
    const { sidebarActionFor } = ACTIONS;
    const action = sidebarActionFor(WebExtensionPolicy.getByID(id).extension);
    if (!action.isOpen(window)) await action.open(window);
    const panel = () =>
        window.SidebarController.browser.contentDocument.getElementById("webext-panels-browser");
    while (!panel()?.messageManager) await new Promise((done) => window.setTimeout(done, 50));
    return ASK(panel().messageManager, script);
}"""
ACTIONS = """ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs")
    .ExtensionParent.apiManager.global"""
WINDOW_OF = """((page) => {
    const { NavigableManager } =
        ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs");
    return NavigableManager.getBrowserById(page).ownerDocument.defaultView;
})"""
SIDEBAR_TEXT = "() => content.document.body?.innerText ?? ''"

# Firefox stops an idle background script, and with it goes the server that it was turned to.
STAY_AWAKE = "() => Services.prefs.setIntPref('extensions.background.idle.timeout', 3_600_000)"
# On a machine without a screen it finds no mouse.
POINT_WITH = """(mouse) => {
    const [COARSE, FINE, HOVERING] = [1, 2, 4];
    const able = mouse ? FINE | HOVERING : COARSE;
    Services.prefs.setIntPref("ui.primaryPointerCapabilities", able);
    Services.prefs.setIntPref("ui.allPointerCapabilities", able);
}"""
STOP = """(id) => WebExtensionPolicy.getByID(id).extension.terminateBackground({
    disableResetIdleForTest: true,
})"""
UPDATE = """async (id) => {
    const { AddonManager } =
        ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
    await (await AddonManager.getAddonByID(id)).reload();
}"""
ALLOW = """async (id, pattern, yes) => {
    const { ExtensionPermissions } =
        ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
    const leave = { permissions: [], origins: [pattern], data_collection: [] };
    const { extension } = WebExtensionPolicy.getByID(id);
    await ExtensionPermissions[yes ? "add" : "remove"](id, leave, extension);
}"""
# The browser's question to the reader; a click too soon after it has come is none.
ANSWER = """async (page, yes) => {
    const window = WINDOW_OF(page);
    const { panel } = window.PopupNotifications;
    const question = () => panel.querySelector("#addon-webext-permissions-notification");
    const rest = () => new Promise((done) => window.setTimeout(done, 100));
    while (!question()) await rest();
    while (question()) {
        question()[yes ? "button" : "secondaryButton"].click();
        await rest();
    }
}"""

HOST = "(id) => WebExtensionPolicy.getByID(id).mozExtensionHostname"

# Both run a script in another process, with the rights of the browser's own code: in that of a
# page, or in that of the extension's background. It answers with its value as JSON.
IN_PAGE = """async (page, script) => {
    const { NavigableManager } =
        ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs");
    return ASK(NavigableManager.getBrowserById(page).messageManager, script);
}"""
IN_BACKGROUND = """async (id, script) => {
    const { extension } = WebExtensionPolicy.getByID(id);
    await extension.wakeupBackground?.();
    return ASK(extension.backgroundContext.xulBrowser.messageManager, script);
}"""
ASK = """((manager, script) => new Promise((resolve, reject) => {
    const name = `tests:${Services.uuid.generateUUID()}`;
    manager.addMessageListener(name, function listener({ data: { json, error } }) {
        manager.removeMessageListener(name, listener);
        if (error) reject(new Error(error));
        else resolve(json);
    });
    const source = `Promise.resolve().then(${script}).then(
        (value) => sendAsyncMessage("${name}", { json: JSON.stringify(value ?? null) }),
        (error) => sendAsyncMessage("${name}", { error: String(error) }))`;
    const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`;
    manager.loadFrameScript(url, false);
}))"""

# Functions for the process of a page or of the background.

NODES = """async () => {
    const painted = () => new Promise((done) => {
        content.requestAnimationFrame(done);
        content.setTimeout(done, 1000);  // of a window that is hidden no frames are painted
    });
    await painted();
    await painted();
    const service =
        Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
    const { document } = content;
    // On our own page, which has an overlay itself, the extension's comes after it.
    const host = [...document.querySelectorAll("hearsay-overlay")].at(-1);
    const root = host?.openOrClosedShadowRoot;
    // A dialog that is open makes a screen reader pass over the region around it.
    const region = root?.querySelector("dialog[open]") ?? root?.querySelector("[role=region]");
    const elements = document.hearsayElements = [];  // seen by the browser's own code alone
    const found = [];
    const add = (accessible) => {
        const id = found.push(null) - 1;
        const node = accessible.DOMNode;
        elements.push(node);
        const leaf = node.nodeType === node.TEXT_NODE;
        const children = [];
        const role = leaf ? "StaticText" : accessible.computedARIARole;
        found[id] = {
            nodeId: id,
            role: { value: role },
            name: { value: accessible.name ?? "" },
            value: { value: valueOf(accessible) },
            properties: statesOf(node),
            childIds: children,
        };
        for (let i = 0; i < accessible.childCount; i++) {
            children.push(add(accessible.getChildAt(i)));
        }
        return id;
    };
    const valueOf = (accessible) =>
        accessible instanceof Ci.nsIAccessibleValue ? accessible.currentValue : null;
    const statesOf = (node) => ["expanded", "pressed", "checked", "selected"]
        .map((name) => [name, node.getAttribute?.(`aria-${name}`)])
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => ({ name, value: { value: value === "true" } }));
    const accessible = region && service.getAccessibleFor(region);
    if (accessible) add(accessible);
    return found;
}"""

FOCUS = "() => content.document.hearsayElements[%d].focus()"

BOX = """() => {
    const { left, top, right, bottom } =
        content.document.hearsayElements[%d].getBoundingClientRect();
    return [left, top, right, bottom];
}"""

# Runs `%s`, a function of the extension's own world. (The extension's rules forbid eval.)
OWN_WORLD = """async () => {
    const own = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
    const json = await Cu.evalInSandbox(
        `Promise.resolve((${%s})(${%s})).then((value) => JSON.stringify(value))`, own);
    return json === undefined ? null : JSON.parse(json);
}"""

# As the world of content scripts is made. `%s` are scripts, and an expression of which is told.
APART = """() => {
    const apart = Cu.Sandbox([content], { sandboxPrototype: content, sameZoneAs: content });
    for (const script of %s) Cu.evalInSandbox(script, apart);
    return JSON.parse(Cu.evalInSandbox(`JSON.stringify(${%s})`, apart));
}"""

SHOW = """(root) => {
    Object.defineProperty(root.host, "shadowRoot", { value: root, configurable: true });
}"""

COLOR_SCHEME = """(page, scheme) => {
    const { NavigableManager } =
        ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs");
    const context = NavigableManager.getBrowsingContextById(page);
    if (context) context.prefersColorSchemeOverride = scheme;
}"""

EMULATE = """(page, forcedColors, reducedMotion, medium) => {
    const { NavigableManager } =
        ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs");
    const context = NavigableManager.getBrowsingContextById(page);
    context.forcedColorsOverride = forcedColors;
    context.mediumOverride = medium;
    Services.prefs.setIntPref("ui.prefersReducedMotion", Number(reducedMotion));
}"""


class Firefox:
    """Firefox, by way of its own code."""

    name = "firefox"
    closed_page = "https://addons.mozilla.org/"

    def __init__(self, playwright: Playwright, path: str, extension: Path, profile: Path) -> None:
        self._relay = Relay()
        self._relay.answers["emulation.setMediaFeaturesOverride"] = lambda _: None
        # It knows none for the clipboard, which pages may read that wrote what is in it.
        self._relay.answers["permissions.setPermission"] = lambda _: None
        self._contexts: WeakKeyDictionary[Page, str] = WeakKeyDictionary()
        command = [path, "--headless", f"--profile={profile}", "--no-remote"]
        command += ["--remote-debugging-port=0", "--remote-allow-system-access"]
        self.context = playwright.firefox.launch_persistent_context(
            profile,
            channel="moz-firefox",
            executable_path="/bin/sh",
            ignore_default_args=True,
            args=["-c", START, "sh", str(self._relay.port), *command],
            headless=True,
            viewport={"width": 1000, "height": 800},
        )
        self.context.route(self.closed_page, lambda route: route.fulfill(body="A store"))
        data = {"type": "path", "path": str(extension)}
        self._id = self._relay.send("webExtension.install", extensionData=data)["extension"]
        windows = self._relay.send("browsingContext.getTree", **{"moz:scope": "chrome"})
        self._window = windows["contexts"][0]["context"]
        self._relay.answers["emulation.setMediaFeaturesOverride"] = self._emulate_color_scheme
        self._call(STAY_AWAKE)
        self._call(POINT_WITH, True)
        self.address = f"moz-extension://{self._call(HOST, self._id)}/"

    def close(self) -> None:
        self._relay.close()

    def background(self, context: BrowserContext) -> FirefoxBackground:
        return FirefoxBackground(self)

    def stop_background(self, context: BrowserContext) -> None:
        self._call(STOP, self._id)

    def update(self, context: BrowserContext) -> None:
        self._call(UPDATE, self._id)

    def allow(self, context: BrowserContext, pattern: str, *, yes: bool) -> None:
        self._call(ALLOW, self._id, pattern, yes)

    def answer(self, page: Page, *, yes: bool) -> None:
        """Press a button of the browser's question whether the extension may do something."""
        self._call(ANSWER, self._context_of(page), yes)

    @contextmanager
    def one_window(self) -> Iterator[None]:
        self._relay.changes["browsingContext.create"] = lambda given: {**given, "type": "tab"}
        yield
        del self._relay.changes["browsingContext.create"]

    @contextmanager
    def fingers_alone(self) -> Iterator[None]:
        """Be a device without a mouse and without keys."""
        self._call(POINT_WITH, False)
        yield
        self._call(POINT_WITH, True)

    def evaluate_apart(self, page: Page, scripts: Iterable[Path], expression: str) -> Any:
        sources = [script.read_text("utf-8") for script in scripts]
        return self._in_page(page, APART % (json.dumps(sources), json.dumps(expression)))

    def press(self, page: Page) -> None:
        page.bring_to_front()
        self._call(PRESS, self._context_of(page), self._id)

    def pdf(self, page: Page, size: Size) -> bytes:
        width, height = (points * CM_A_POINT for points in size)
        printed = self._relay.send(
            "browsingContext.print",
            context=self._context_of(page),
            page={"width": width, "height": height},
        )
        return b64decode(printed["data"])

    def panel(self, page: Page) -> str:
        answer = self._call(SIDEBAR, self._context_of(page), self._id, SIDEBAR_TEXT)
        text: str = json.loads(answer)
        return text

    def close_panel(self, page: Page) -> None:
        """Nothing: it closes with the page, which has a window of its own."""

    def nodes(self, page: Page) -> list[Node]:
        nodes: list[Node] = self._in_page(page, NODES)
        return nodes

    def focus(self, page: Page, node: Node) -> None:
        self._in_page(page, FOCUS % node["nodeId"])

    def box(self, page: Page, node: Node) -> Box:
        left, top, right, bottom = self._in_page(page, BOX % node["nodeId"])
        return left, top, right, bottom

    def touch(self, page: Page, x: float, y: float) -> None:
        actions: list[Json] = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        finger = {
            "type": "pointer",
            "id": "finger",
            "parameters": {"pointerType": "touch"},
            "actions": actions,
        }
        context = self._context_of(page)
        self._relay.send("input.performActions", context=context, actions=[finger])

    def emulate(
        self, page: Page, *, forced_colors: bool, reduced_motion: bool, paper: bool
    ) -> None:
        forced = "active" if forced_colors else "none"
        medium = "print" if paper else ""
        self._call(EMULATE, self._context_of(page), forced, reduced_motion, medium)

    def open_overlay(self, page: Page) -> None:
        context = {"context": self._context_of(page)}
        outcome = self._relay.send(
            "script.evaluate",
            expression=f"document.querySelector({json.dumps(OVERLAY)})",
            target=context,
            awaitPromise=False,
            serializationOptions={"includeShadowTree": "all", "maxDomDepth": 1},
        )
        root = outcome["result"].get("value", {}).get("shadowRoot")
        if root:
            self._relay.send(
                "script.callFunction",
                functionDeclaration=SHOW,
                target=context,
                arguments=[{"sharedId": root["sharedId"]}],
                awaitPromise=False,
            )

    def evaluate_in_background(self, expression: str, arg: Any) -> Any:
        script = OWN_WORLD % (json.dumps(expression), json.dumps(json.dumps(arg)))
        return json.loads(self._call(IN_BACKGROUND, self._id, script))

    def _emulate_color_scheme(self, parameters: Json) -> None:
        scheme = parameters["features"].get("prefers-color-scheme") or "none"
        for context in parameters.get("contexts", []):
            self._call(COLOR_SCHEME, context, scheme)

    def _in_page(self, page: Page, script: str) -> Any:
        return json.loads(self._call(IN_PAGE, self._context_of(page), script))

    def _call(self, function: str, *arguments: object) -> Any:
        """Call a function in the browser's main process."""
        for name, shared in (("ASK", ASK), ("ACTIONS", ACTIONS), ("WINDOW_OF", WINDOW_OF)):
            function = function.replace(name, shared)
        outcome = self._relay.send(
            "script.evaluate",
            expression=f"({function})({', '.join(map(json.dumps, arguments))})",
            target={"context": self._window},
            awaitPromise=True,
        )
        if outcome["type"] == "exception":
            raise RuntimeError(outcome["exceptionDetails"]["text"])
        return outcome["result"].get("value")

    def _context_of(self, page: Page) -> str:
        """Return what BiDi calls a page, which Playwright does not tell: the ages are the same."""
        if page in self._contexts:
            return self._contexts[page]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (found := self._find_context(page)) is None:
            if time.monotonic() > deadline:
                raise LookupError(f"no tab of Firefox has {page.url}")
            time.sleep(0.1)  # the tree of tabs comes behind what they show
        self._contexts[page] = found
        return found

    def _find_context(self, page: Page) -> str | None:
        age = page.evaluate("performance.timeOrigin")
        known = set(self._contexts.values())
        for context in self._relay.send("browsingContext.getTree")["contexts"]:
            if context["context"] in known or context["url"] != page.url:
                continue
            outcome = self._relay.send(
                "script.evaluate",
                expression="performance.timeOrigin",
                target={"context": context["context"]},
                awaitPromise=False,
            )
            value = outcome["result"].get("value")
            if value is not None and abs(value - age) < SAME_AGE_MS:
                return str(context["context"])
        return None


class FirefoxBackground:
    """The background script, which Firefox stops when idle and wakes up when asked."""

    def __init__(self, firefox: Firefox) -> None:
        self._firefox = firefox
        self.url = f"{firefox.address}background.js"

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        return self._firefox.evaluate_in_background(expression, arg)
