"""Settings from the environment."""

from __future__ import annotations

import pytest

from backend.settings import SettingError, Settings


def test_defaults():
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.max_chars) == ("127.0.0.1", 8484, 200_000)
    assert settings.token is None
    assert settings.address == "http://127.0.0.1:8484"


def test_words_go_by_characters():
    assert Settings().max_words == 60_000
    assert Settings(max_chars=1_000_000).max_words == 300_000
    assert Settings(max_chars=1).max_words >= 1


def test_all_of_them():
    settings = Settings.from_environment(
        {
            "HEARSAY_HOST": "0.0.0.0",
            "HEARSAY_PORT": " 9000 ",
            "HEARSAY_MAX_CHARS": "1000",
            "HEARSAY_WORKERS": "3",
            "HEARSAY_TOKEN": "sesame",
            "HEARSAY_NAMES": "one.example, Two.Example,",
            "PORT": "1",
        }
    )
    assert settings == Settings(
        host="0.0.0.0",
        port=9000,
        max_chars=1000,
        workers=3,
        token="sesame",
        names=("one.example", "two.example"),
    )


def test_what_is_empty_is_not_set():
    assert Settings.from_environment({"HEARSAY_PORT": "", "HEARSAY_TOKEN": " "}) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "²"),
        ("MAX_CHARS", "1e5"),
        ("WORKERS", "0"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, value: str):
    with pytest.raises(SettingError, match=f"HEARSAY_{name} must be a whole number from 1 to"):
        Settings.from_environment({f"HEARSAY_{name}": value})


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:8484"),
        ("::", "http://[::1]:8484"),
        ("::1", "http://[::1]:8484"),
        ("reading-room.example", "http://reading-room.example:8484"),
    ],
)
def test_the_address_for_a_browser(host: str, address: str):
    assert Settings(host=host).address == address


def test_the_token_is_in_no_message():
    assert "sesame" not in repr(Settings(token="sesame"))
