"""Common nouns by what they say of a source: ``rules/sources.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RULES_PATH = Path(__file__).parent / "rules" / "sources.toml"


@dataclass(frozen=True, slots=True)
class WordList:
    """One list of the lexicon, with phrases and the kind that each must get."""

    name: str
    words: frozenset[str]
    examples: dict[str, tuple[str, ...]]


@cache
def word_lists() -> dict[str, WordList]:
    """Read the lists, once."""
    tables = tomllib.loads(RULES_PATH.read_text("utf-8"))["list"]
    return {
        table["name"]: WordList(
            table["name"],
            frozenset(table["words"]),
            {kind: tuple(phrases) for kind, phrases in table["examples"].items()},
        )
        for table in tables
    }


def listed(name: str, *words: str) -> bool:
    """Say whether one of ``words``, in lower case, is in the list ``name``."""
    members = word_lists()[name].words
    return any(word in members for word in words)


def singular(word: str) -> str:
    """Return ``word`` without the "s" of a plural."""
    return word[:-1] if word.endswith("s") else word
