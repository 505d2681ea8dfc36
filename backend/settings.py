"""What a user may set: environment variables with the prefix ``HEARSAY_``."""

from __future__ import annotations

import ipaddress
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

PREFIX = "HEARSAY_"

MAX_WORDS_AT_LEAST = 10_000
"""So many words cost little, whatever the limit in characters."""


class SettingError(ValueError):
    """A setting that cannot be used; the message says which, and what it should be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its default."""

    host: str = "127.0.0.1"
    """The address to listen on."""
    port: int = 8484
    max_chars: int = 200_000
    """The most characters (code points) that one request may hold, all its blocks together."""
    workers: int = field(default_factory=lambda: min(2, os.cpu_count() or 1))
    """Processes; each analyses one text at a time."""
    token: str | None = field(default=None, repr=False)
    """Where set, ``/v1/analyze`` wants it: ``Authorization: Bearer …``."""
    names: tuple[str, ...] = ()
    """Further host names that the server is reached by, as behind a proxy."""

    @property
    def max_words(self) -> int:
        """The most words, signs and paragraph breaks that one request may hold.

        Memory and time go by these. The limit is three to ten characters; English prose has two
        (PolNeAR's dev articles 1.8 to 2.3), a row of single letters five.
        """
        return max(MAX_WORDS_AT_LEAST, self.max_chars * 3 // 10)

    @staticmethod
    def max_chars_for(words: int) -> int:
        """Return the least ``max_chars`` with which so many words, signs and breaks may be sent."""
        return math.ceil(words * 10 / 3)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; unset and empty variables leave the default.

        :raises SettingError: a value is of the wrong kind or out of range
        """
        values = {
            key.removeprefix(PREFIX): value.strip()
            for key, value in environment.items()
            if key.startswith(PREFIX) and value.strip()
        }
        default = cls()
        names = tuple(name.strip().lower() for name in values.get("NAMES", "").split(","))
        return cls(
            host=values.get("HOST", default.host),
            port=_whole_number(values, "PORT", default.port, 1, 65535),
            max_chars=_whole_number(values, "MAX_CHARS", default.max_chars, 1, 10_000_000),
            workers=_whole_number(values, "WORKERS", default.workers, 1, 64),
            token=values.get("TOKEN"),
            names=tuple(name for name in names if name),
        )

    @property
    def address(self) -> str:
        """The address to give to a browser, without a last slash."""
        host = self.host
        if is_wildcard(host):
            host = "::1" if ":" in host else "127.0.0.1"
        return f"http://{bracketed(host)}:{self.port}"


def _whole_number(values: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    value = values.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        message = f"{PREFIX}{name} must be a whole number from {low} to {high}, and is {value!r}"
        raise SettingError(message)
    return int(value)


def bracketed(host: str) -> str:
    """Return ``host`` as it stands in a URL."""
    return f"[{host}]" if ":" in host else host


def is_wildcard(host: str) -> bool:
    """Say whether listening on ``host`` means every address of this machine."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
