"""The reading panel where the browser has it: Chromium's side panel, Firefox's sidebar."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.browser.driver import PATIENCE_SECONDS, Driver
from tests.browser.fake_api import Answer, FakeApi

Open = Callable[[str], Driver]


def test_the_panel_beside_the_page_tells_who_says_what(api: FakeApi, opened: Open) -> None:
    api.answer(Answer().attribution("told", "Mishov", "that he"))
    driver = opened("light")
    driver.mark()
    text = ""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "1 claim" not in text and time.monotonic() < deadline:
        text = driver.browser.panel(driver.page)
    driver.browser.close_panel(driver.page)
    assert "Mishov" in text
    assert "1 claim" in text
