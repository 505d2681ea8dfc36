"""The options: the server and its test, inks and lines, labels, keys, and back to the start."""

from __future__ import annotations

import itertools
import re
import socket
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from .accessibility import assert_accessible
from .driver import Driver
from .fake_api import Answer, FakeApi

Open = Callable[[str], Driver]
Rgb = tuple[int, ...]

DEFAULT_SERVER = "http://127.0.0.1:8484"
WHITE = (255, 255, 255)
DARK_PAGE = (27, 27, 27)


def open_options(context: BrowserContext) -> Page:
    page = context.new_page()
    origin = Driver.background(context).url.rsplit("/", 1)[0]
    page.goto(f"{origin}/options/options.html")
    expect(page.locator("#keys tr").first).to_be_visible()  # all sections have started
    return page


@pytest.fixture
def options(context: BrowserContext, api: FakeApi) -> Iterator[Page]:
    """The page, on which everything is put back when the test ends."""
    page = open_options(context)
    yield page
    page.emulate_media(color_scheme="light")
    page.reload()
    page.get_by_role("button", name="Reset everything").click()
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.get_by_text("Everything is as at first.")).to_be_visible()
    wait_for_server(context, DEFAULT_SERVER)
    page.close()


def wait_for_server(context: BrowserContext, address: str) -> None:
    """Wait until the background has heard of the change."""
    background = Driver.background(context)
    for _ in range(200):
        if background.evaluate("() => hearsay.api.server") == address:
            return
        time.sleep(0.05)
    raise AssertionError(background.evaluate("() => hearsay.api.server"))


def save(options: Page, address: str, token: str = "") -> Locator:
    options.get_by_label("Address").fill(address)
    options.get_by_label("Access token").fill(token)
    options.get_by_role("button", name="Save and test").click()
    return options.locator("#outcome")


def test_the_extension_speaks_to_the_server_that_was_saved(
    options: Page, api: FakeApi, context: BrowserContext, opened: Open
) -> None:
    api.token = "secret"
    Driver.use_server(context, "http://127.0.0.1:1")
    outcome = save(options, f" {api.address.removeprefix('http://')}/ ", "secret")
    expect(outcome).to_contain_text("Hearsay answers")
    expect(options.get_by_label("Address")).to_have_value(api.address)
    wait_for_server(context, api.address)
    api.answer(Answer().attribution("told", "Mishov", "that he"))
    opened("light").mark()
    # Who is asked what it is, and for its labels, is not shown the token.
    assert set(api.authorizations) == {None, "Bearer secret"}
    assert api.requests[0] == [{"id": "trial", "text": "The mayor said that it might rain."}]


def test_what_is_wrong_with_a_server_is_said_in_words(options: Page, api: FakeApi) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound and not listening: nobody else answers there
        outcome = save(options, f"127.0.0.1:{closed.getsockname()[1]}")
        expect(outcome).to_contain_text("The Hearsay server is not running")
        expect(outcome.locator("code")).to_have_text("make run")
    api.token = "secret"
    expect(save(options, api.address)).to_contain_text("asks for its access token")
    expect(save(options, api.address, "wrong")).to_contain_text("does not know this access token")
    api.openapi = api.json({"info": {"title": "Hearsay", "version": "0.9.0"}})
    expect(save(options, api.address)).to_contain_text("The Hearsay server is too old")
    api.openapi = api.json({"info": {"title": "Hearsay", "version": "2.0.0"}})
    expect(save(options, api.address)).to_contain_text("This extension is too old")
    api.openapi = 200, "text/html", "<h1>It works!</h1>"
    expect(save(options, api.address)).to_contain_text("Another program answers")
    api.openapi = api.json({"title": "Not found"}, status=404)
    expect(save(options, api.address)).to_contain_text("Another program answers")


def test_what_is_no_address_is_not_saved(options: Page, context: BrowserContext) -> None:
    for address in ("", "ftp://10.0.0.5", "http://", "http://user:pass@10.0.0.5", "a b", "x?y=z"):
        expect(save(options, address)).to_contain_text("This is no address of a server")
    expect(options.get_by_label("Address")).to_be_focused()
    expect(save(options, DEFAULT_SERVER, "två ord")).to_contain_text("This is no access token")
    options.reload()
    expect(options.get_by_label("Address")).to_have_value(DEFAULT_SERVER)


@pytest.mark.parametrize("refused", ["return false", "throw new Error('managed')"])
def test_a_server_elsewhere_needs_the_readers_leave(options: Page, refused: str) -> None:
    options.get_by_label("Address").fill("http://school.example:8484")
    expect(options.locator("#sent-to")).to_contain_text(
        "the text of every page that you mark will be sent to school.example, "
        "and can be read on the way"
    )
    # The browser's own question cannot be answered from a test.
    options.evaluate(f"() => {{ chrome.permissions.request = async () => {{ {refused} }} }}")
    outcome = save(options, "http://school.example:8484")
    expect(outcome).to_contain_text("Hearsay may not reach school.example:8484")
    expect(outcome).to_contain_text("not allowed, so the address stays as it was before")
    options.reload()
    expect(options.get_by_label("Address")).to_have_value(DEFAULT_SERVER)
    expect(options.locator("#sent-to")).to_be_hidden()


def marked_style(driver: Driver, look: str) -> dict[str, str]:
    style: dict[str, str] = driver.page.evaluate(
        """(look) => {
            const name = `::highlight(hearsay-${look}-light)`;
            const { textDecorationColor: color, textDecorationStyle: line } =
                getComputedStyle(document.body, name);
            return { color, line };
        }""",
        look,
    )
    return style


def test_inks_and_lines_change_at_once_where_a_page_is_marked(
    options: Page, api: FakeApi, opened: Open
) -> None:
    api.answer(Answer().attribution("told", "Mishov", "that he").hedge("may", "modal"))
    driver = opened("light")
    driver.mark()
    usual = marked_style(driver, "source"), marked_style(driver, "hedge")
    assert usual[1]["line"] == "wavy"

    options.bring_to_front()
    options.get_by_label("Easy to tell apart").check()
    options.get_by_label("Unsure words").select_option("dots")
    preview = options.locator(".preview.light .look-hedge").first
    expect(preview).to_have_css("text-decoration-style", "dotted")
    expect(options.locator("#alike")).to_contain_text("“Signal words” and “Unsure words”")
    driver.page.bring_to_front()
    driver.page.wait_for_function(
        "() => getComputedStyle(document.body, '::highlight(hearsay-hedge-light)')"
        ".textDecorationStyle === 'dotted'"
    )
    assert marked_style(driver, "source")["color"] == "rgb(0, 96, 160)"

    options.bring_to_front()
    options.locator("#looks-reset").click()
    expect(options.get_by_label("Standard")).to_be_checked()
    expect(options.locator("#alike")).to_be_empty()
    driver.page.bring_to_front()
    assert (marked_style(driver, "source"), marked_style(driver, "hedge")) == usual


def test_what_was_chosen_stays(options: Page) -> None:
    options.get_by_label("Strong").check()
    options.get_by_label("Claim").select_option("dashes")
    expect(options.locator(".preview.dark .look-content").first).to_have_css(
        "text-decoration-style", "dashed"
    )
    options.reload()
    expect(options.get_by_label("Strong")).to_be_checked()
    expect(options.get_by_label("Claim")).to_have_value("dashed")


def test_settings_that_are_none_are_the_usual_ones(options: Page, context: BrowserContext) -> None:
    Driver.background(context).evaluate(
        "() => chrome.storage.local.set({ hidden: { hedge: 7, stance: [{}, 'neutral'] },"
        " looks: { palette: 'toString', lines: { cue: 'zigzag', hedge: null } } })"
    )
    settings = options.evaluate("() => hearsay.settings.read()")
    assert settings["hidden"] == {
        "attitude": ["intention"],
        "hedge": ["approximation"],
        "stance": ["neutral"],
    }
    options.reload()
    expect(options.get_by_label("Standard")).to_be_checked()
    expect(options.get_by_label("Signal words")).to_have_value("dotted")


LOOKS = {"source": "source", "nobody": "vague", "doubt": "hedge", "pupil": "guess-claim"}

CONES: dict[str, tuple[tuple[float, ...], ...]] = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How a colour in linear RGB looks to eyes without one kind of cones (Machado et al. 2009)."""


def linear(rgb: Rgb) -> list[float]:
    shares = [value / 255 for value in rgb]
    return [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of WCAG."""
    weights = (0.2126, 0.7152, 0.0722)
    low, high = sorted(
        sum(w * v for w, v in zip(weights, linear(rgb), strict=True)) for rgb in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


def seen(rgb: Rgb, cones: str) -> tuple[float, float, float]:
    """Return the colour in CIELAB, as eyes with these cones see it."""
    r, g, b = (
        min(1.0, max(0.0, sum(w * v for w, v in zip(row, linear(rgb), strict=True))))
        for row in CONES[cones]
    )
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Rgb, other: Rgb, cones: str) -> float:
    pairs = zip(seen(one, cones), seen(other, cones), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def inks(options: Page, palette: str) -> dict[str, dict[str, Rgb]]:
    """Return the inks in use for light and dark pages, by what they stand for."""
    options.locator(f"input[value={palette}]").check()
    expect(options.locator(f"input[value={palette}]")).to_be_checked()
    options.wait_for_function(
        "async (palette) => (await hearsay.settings.read()).looks.palette === palette", arg=palette
    )
    options.wait_for_timeout(200)
    css = options.evaluate("() => hearsay.looks.sampleSheet()")
    found: dict[str, dict[str, Rgb]] = {}
    for tone, before in (("light", r"\n"), ("dark", r"\n\.dark ")):
        found[tone] = {}
        for ink, look in LOOKS.items():
            rule = re.search(rf"{before}\.look-{look} {{[^}}]*line \w+ rgb\(([\d ]+)\)", css)
            assert rule
            found[tone][ink] = tuple(map(int, rule[1].split()))
    return found


def test_every_ink_can_be_seen(options: Page) -> None:
    palettes = options.evaluate("() => hearsay.looks.palettes")
    assert palettes == ["standard", "distinct", "strong", "grey"]
    for palette in palettes:
        found = inks(options, palette)
        least = 7 if palette == "strong" else 4.5
        for ink, light in found["light"].items():
            assert contrast(light, WHITE) >= least, (palette, ink)
            assert contrast(found["dark"][ink], DARK_PAGE) >= least, (palette, ink)


def test_the_distinct_inks_differ_for_every_eye(options: Page) -> None:
    for tone, found in inks(options, "distinct").items():
        for one, other in itertools.combinations(found, 2):
            for cones in CONES:
                # Of two colours with a difference of 2 one can just say which is which.
                assert difference(found[one], found[other], cones) > 30, (tone, one, other, cones)


def test_labels_go_back_to_the_usual(options: Page) -> None:
    told = options.locator("#labels-off")
    expect(told).to_have_text("2 kinds are off now, as usual.")
    options.evaluate("() => hearsay.settings.write({ hidden: { attitude: [], hedge: ['modal'] } })")
    expect(told).to_have_text("One kind is off now.")
    options.locator("#labels-reset").click()
    expect(told).to_have_text("2 kinds are off now, as usual.")


def test_the_browser_leaves_us_our_keys(options: Page) -> None:
    """A key that the browser uses itself is not given to an extension."""
    rows = options.locator("#keys tr")
    expect(rows.nth(0)).to_have_text("Mark this page, or take the marks awayAlt Shift H")
    expect(rows.nth(1)).to_contain_text("Alt Shift V")
    expect(rows.nth(2)).to_contain_text("Alt Shift O")
    expect(rows.nth(3)).to_contain_text("Alt Shift G")
    expect(rows.nth(4)).to_have_text("Go to the next markAlt Shift J")
    expect(rows.nth(6)).to_have_text("Close the card, then the marksEsc")


def test_reset_asks_first_and_all_works_by_keyboard(options: Page, api: FakeApi) -> None:
    address = options.get_by_label("Address")
    address.focus()
    options.keyboard.press("ControlOrMeta+a")
    options.keyboard.type(api.address)
    options.keyboard.press("Enter")
    expect(options.locator("#outcome")).to_contain_text("Hearsay answers")
    options.get_by_label("Standard").focus()
    options.keyboard.press("ArrowDown")
    expect(options.get_by_label("Easy to tell apart")).to_be_checked()
    options.get_by_role("button", name="Reset everything").focus()
    options.keyboard.press("Enter")
    expect(options.get_by_role("button", name="Keep it")).to_be_focused()
    options.keyboard.press("Escape")
    expect(address).to_have_value(api.address)
    options.keyboard.press("Enter")
    options.keyboard.press("Shift+Tab")
    options.keyboard.press("Enter")
    expect(address).to_have_value(DEFAULT_SERVER)
    expect(options.get_by_label("Standard")).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_accessible(options: Page, api: FakeApi, scheme: str, width: int) -> None:
    options.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    options.set_viewport_size({"width": width, "height": 900})
    options.get_by_label("Unsure words").select_option("dots")
    expect(save(options, api.address)).to_contain_text("Hearsay answers")
    assert_accessible(options)
    expect(save(options, "a b")).to_contain_text("no address")
    options.get_by_label("Address").fill("http://school.example")
    assert_accessible(options)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert options.evaluate(overflow) == 0
    options.get_by_role("button", name="Reset everything").click()
    assert_accessible(options)
    options.keyboard.press("Escape")
