"""The background: the badge, commands, and what messages may ask of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from .driver import PATIENCE_SECONDS, Driver, browser_of
from .fake_api import Answer, FakeApi, Reply

Open = Callable[[str], Driver]


@pytest.fixture
def own_page(context: BrowserContext) -> Iterator[Page]:
    """A page of the extension, which may do what its background does."""
    page = context.new_page()
    page.goto(Driver.background(context).url.replace("background.js", "options/options.html"))
    yield page
    page.evaluate("() => chrome.storage.local.clear()")
    page.close()


Stop = Callable[[], None]

CONNECT = """async (connection) => {
    const { write, DEFAULT } = await import('/connection.js');
    await write({ ...DEFAULT, ...connection });
}"""

ADD = """(text) => {
    const paragraph = document.querySelector("article p").cloneNode();
    paragraph.textContent = text;
    document.querySelector("article").append(paragraph);
}"""

IN_FRONT = "{ active: true, lastFocusedWindow: true }"


@pytest.fixture
def marked(api: FakeApi, opened: Open) -> Driver:
    api.answer(
        Answer()
        .attribution("told", "Mishov", "that he")
        .attribution("say", "Critics", "the army", source_kind="vague")
        .attribution("is said", None, "to have walked")
        .attribution("is said", None, "three days", attitude="intention")
    )
    driver = opened("light")
    driver.mark()
    return driver


def button(own_page: Page, driver: Driver) -> dict[str, str]:
    """Return what the toolbar button shows and says on the driver's tab."""
    driver.page.bring_to_front()
    found: dict[str, str] = own_page.evaluate(
        f"""async () => {{
            const [{{ id: tabId }}] = await chrome.tabs.query({IN_FRONT});
            return {{
                text: await chrome.action.getBadgeText({{ tabId }}),
                title: await chrome.action.getTitle({{ tabId }}),
            }};
        }}"""
    )
    return found


def wait_for_button(own_page: Page, driver: Driver, text: str, title: str) -> None:
    for _ in range(100):
        shown = button(own_page, driver)
        if shown["text"] == text and title in shown["title"]:
            return
        own_page.wait_for_timeout(100)
    raise AssertionError(shown)


def test_the_badge_counts_claims_that_nobody_answers_for(own_page: Page, marked: Driver) -> None:
    wait_for_button(own_page, marked, "2", "2 claims without a source to ask")
    # Labels that are switched on or off count, or do not.
    own_page.evaluate("() => hearsay.settings.write({ hidden: { attitude: [] } })")
    wait_for_button(own_page, marked, "3", "3 claims")
    own_page.evaluate("() => hearsay.settings.write({ hidden: { source_kind: ['vague'] } })")
    wait_for_button(own_page, marked, "1", "1 claim without")
    marked.press()
    marked.wait_until_gone()
    wait_for_button(own_page, marked, "", "Hearsay: who says it, and how sure?")


def test_the_badge_is_of_one_tab(own_page: Page, marked: Driver, opened: Open) -> None:
    wait_for_button(own_page, marked, "2", "2 claims")
    other = opened("light")
    assert button(own_page, other)["text"] == ""
    wait_for_button(own_page, marked, "2", "2 claims")


def test_a_problem_shows_on_the_badge(own_page: Page, api: FakeApi, opened: Open) -> None:
    api.analyze = lambda _: api.json({"detail": "No."}, status=422)
    driver = opened("light")
    driver.press()
    driver.wait_for("heading", "did not take this text")
    wait_for_button(own_page, driver, "!", "could not read this page")


RUN = f"""async (command) => {{
    const {{ run }} = await import("/commands.js");
    const [tab] = await chrome.tabs.query({IN_FRONT});
    await run(command, tab);
}}"""


def test_commands_walk_from_mark_to_mark(own_page: Page, marked: Driver) -> None:
    marked.page.bring_to_front()
    own_page.evaluate(RUN, "next")
    marked.wait_for("note", "")
    first = marked.text()
    own_page.evaluate(RUN, "next")
    marked.page.wait_for_timeout(300)
    assert marked.text() != first
    own_page.evaluate(RUN, "previous")
    marked.page.wait_for_timeout(300)
    assert marked.text() == first


def test_every_command_of_the_manifest_is_known(own_page: Page) -> None:
    unknown = own_page.evaluate(
        """async () => {
            const { COMMANDS } = await import("/commands.js");
            const { commands } = chrome.runtime.getManifest();
            return Object.keys(commands).filter((name) => name[0] !== "_" && !COMMANDS[name]);
        }"""
    )
    assert unknown == []


class TestStopped:
    """Browsers stop a background that is idle, and start it for the next thing to do."""

    @pytest.fixture
    def stop(self, own_page: Page, context: BrowserContext, api: FakeApi) -> Iterator[Stop]:
        own_page.evaluate(CONNECT, {"server": api.address})
        yield lambda: browser_of(context).stop_background(context)
        own_page.evaluate(CONNECT, {})

    def test_it_forgets_nothing(
        self, own_page: Page, api: FakeApi, marked: Driver, stop: Stop
    ) -> None:
        wait_for_button(own_page, marked, "2", "2 claims")
        stop()
        marked.press()
        marked.wait_until_gone()
        wait_for_button(own_page, marked, "", "Hearsay: who says it")
        stop()
        marked.mark()
        wait_for_button(own_page, marked, "2", "2 claims")
        assert len(api.requests) == 1
        stop()
        own_page.evaluate("() => hearsay.settings.write({ hidden: { attitude: [] } })")
        wait_for_button(own_page, marked, "3", "3 claims")

    def test_an_article_on_its_way_is_sent_again(
        self, api: FakeApi, opened: Open, stop: Stop
    ) -> None:
        stopped = threading.Event()
        reply = Answer().attribution("told", "Mishov", "that he")

        def analyze(blocks: list[dict[str, str]]) -> Reply:
            stopped.wait(PATIENCE_SECONDS)
            return api.json(reply.to_dict(blocks))

        api.analyze = analyze
        driver = opened("light")
        driver.press()
        while not api.requests:
            driver.page.wait_for_timeout(20)
        stop()
        stopped.set()
        driver.wait_for("button", "Next mark")
        assert driver.painted()["source-light"] == ["Mishov"]
        assert len(api.requests) == 2


class TestUpdated:
    """An update lets what it finds in a page stand, with no way to the rest of the extension."""

    @pytest.fixture
    def updated(self, context: BrowserContext, api: FakeApi, marked: Driver) -> Driver:
        browser_of(context).update(context)
        Driver.use_server(context, api.address)
        marked.page.bring_to_front()
        return marked

    def test_what_is_left_behind_says_what_to_do(self, updated: Driver) -> None:
        if updated.browser.name == "firefox":
            pytest.skip("Firefox ends the scripts that an update leaves behind")
        updated.page.evaluate(ADD, "The minister said on Friday that the bridge may be closed.")
        updated.wait_for_text("Reload it")
        assert "mistake" not in updated.text()
        assert "Mishov" in updated.painted()["source-light"]
        updated.click("Close")
        updated.wait_until_gone()
        assert updated.painted() == {}

    def test_a_press_of_the_button_puts_the_new_one_in_its_place(
        self, updated: Driver, api: FakeApi
    ) -> None:
        api.answer(Answer().attribution("told", "Mishov", "that he"))
        updated.press()
        updated.wait_for_text("1 claim")
        assert updated.page.locator("hearsay-overlay").count() == 1
        assert set(updated.painted()) == {"source-light", "cue-light", "content-light"}
        updated.page.keyboard.press("Alt+Shift+J")
        updated.wait_for_text("Named source")
        updated.press()
        updated.wait_until_gone()
        assert updated.painted() == {}


def ask(own_page: Page, message: object) -> Any:
    return own_page.evaluate("(message) => chrome.runtime.sendMessage(message)", message)


def test_a_message_names_no_address(own_page: Page, api: FakeApi) -> None:
    other = FakeApi()
    blocks = [{"id": "b1", "text": "It may rain.", "server": other.address}]
    message = {"type": "analyze", "blocks": blocks, "server": other.address}
    assert "analysis" in ask(own_page, message)
    assert api.requests == [[{"id": "b1", "text": "It may rain."}]]
    assert other.requests == []
    other.close()


@pytest.mark.parametrize("blocks", [None, "text", [{"id": 1, "text": "a"}], [{"id": "b1"}], [None]])
def test_what_is_no_text_is_not_sent(own_page: Page, api: FakeApi, blocks: object) -> None:
    reply = ask(own_page, {"type": "analyze", "blocks": blocks})
    assert reply["problem"]["kind"] == "bug"
    assert api.requests == []


@pytest.mark.parametrize("message", [{"type": "toString"}, {"type": "fetch"}, {}, "analyze", None])
def test_other_messages_get_no_answer(own_page: Page, message: object) -> None:
    reply = own_page.evaluate(
        "(message) => chrome.runtime.sendMessage(message).catch(({ message }) => message)", message
    )
    assert reply is None or "receiv" in reply or "port closed" in reply


def test_the_token_is_not_where_content_scripts_read(own_page: Page) -> None:
    """What they can read is all that a page can which breaks into the process they share."""
    own_page.evaluate(CONNECT, {"token": "secret"})
    kept = own_page.evaluate("async () => JSON.stringify(await chrome.storage.local.get(null))")
    connection = own_page.evaluate("async () => (await import('/connection.js')).read()")
    own_page.evaluate(CONNECT, {})
    assert connection["token"] == "secret"
    assert "secret" not in kept
