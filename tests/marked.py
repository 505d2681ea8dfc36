"""Sentences with their marks written in: "<Mišov> [is said to] <have fled>."."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, its cue in brackets as offsets, and its scopes in angle brackets."""

    text: str
    cue: tuple[int, int] | None
    scopes: tuple[tuple[int, int], ...]


def read_marked(written: str) -> Marked:
    """Take the marks out of ``written``."""
    text = ""
    cue: tuple[int, int] | None = None
    scopes: list[tuple[int, int]] = []
    opened: dict[str, int] = {}
    for char in written:
        if char in "[<":
            opened[char] = len(text)
        elif char == "]":
            cue = (opened.pop("["), len(text))
        elif char == ">":
            scopes.append((opened.pop("<"), len(text)))
        else:
            text += char
    if opened:
        raise ValueError(f"a mark is not closed in {written!r}")
    return Marked(text, cue, tuple(scopes))
