"""From blocks of text to the one text that the pipeline reads, and from its offsets back.

The pipeline reads all blocks as one text, because a quotation and a name run on from block to
block. In that text

- every paragraph is parted from the next by ``"\\n\\n"``, and other white space is one space;
- characters that no reader sees (soft hyphens, zero-width spaces, marks of direction) are gone;
- characters that are no text (control characters, lone surrogates) are replaced by one that is;
- of a word longer than :data:`LONGEST_WORD` only the beginning is there.

Each of its characters knows where it came from, so that what is found is given back as a slice of
the block that the caller sent.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

PARAGRAPH_BREAK = "\n\n"

LONGEST_WORD = 64
"""In characters. What is longer is no word of any language, but an address, a row of symbols, or
data, and costs as much as text does: a block of 200,000 brackets would take a minute and more."""

_INVISIBLE = "\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_GAP = rf"\s\x00-\x1f\x7f-\x9f{_INVISIBLE}"
_UNCLEAN = re.compile(rf"[{_GAP}]{{2,}}|(?! )[{_GAP}]|\A | \Z|[\ud800-\udfff]")
_INVISIBLE_ONLY = re.compile(rf"[{_INVISIBLE}]+")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")


class OffsetUnit(StrEnum):
    """What offsets count."""

    UTF16 = "utf16"
    """UTF-16 code units, as JavaScript and Java do."""
    CODEPOINT = "codepoint"
    """Unicode code points, as Python does."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that stands apart on the page: a paragraph, a heading, an item."""

    id: str
    text: str
    line_breaks: int = 2
    """How many line breaks together end a paragraph inside the block. By default two, as in
    HTML source and mail, where a single one is mere layout."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A span as a slice of its block: ``text == block.text[start:end]`` in the unit asked for."""

    block: str
    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, object]:
        """Return the API's SPAN."""
        return {"block": self.block, "start": self.start, "end": self.end, "text": self.text}


@dataclass
class _Passage:
    """One block as the pipeline reads it."""

    block: Block
    start: int
    """Where it starts in the whole text."""
    text: str
    origins: list[int] | None
    """For each character of ``text`` its index in ``block.text``; None where both are the same."""

    @cached_property
    def astral(self) -> list[int]:
        """The characters of ``block.text`` that take two UTF-16 code units."""
        return [match.start() for match in _ASTRAL.finditer(self.block.text)]

    def excerpt(self, start: int, end: int, unit: OffsetUnit) -> Excerpt:
        """Return the slice of the block for ``self.text[start:end]``, which is not empty."""
        if self.origins is not None:
            start, end = self.origins[start], self.origins[end - 1] + 1
        text = self.block.text[start:end]
        if unit is OffsetUnit.UTF16:
            start += bisect_left(self.astral, start)
            end += bisect_left(self.astral, end)
        return Excerpt(self.block.id, start, end, text)


@dataclass
class Layout:
    """The one text that the pipeline reads, and where its parts came from."""

    text: str
    _passages: list[_Passage] = field(repr=False)

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> Layout:
        """Lay out ``blocks``; those without text are left out."""
        passages: list[_Passage] = []
        start = 0
        for block in blocks:
            text, origins = _clean(block)
            if text:
                passages.append(_Passage(block, start, text, origins))
                start += len(text) + len(PARAGRAPH_BREAK)
        return cls(PARAGRAPH_BREAK.join(passage.text for passage in passages), passages)

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.start for passage in self._passages]

    def excerpt(self, start: int, end: int, unit: OffsetUnit) -> Excerpt:
        """Return where ``text[start:end]`` stands in the caller's blocks.

        :raises ValueError: it is empty, or no part of one block alone
        """
        passage = self._passages[bisect_right(self._starts, start) - 1] if self._passages else None
        if not passage or not (passage.start <= start < end <= passage.start + len(passage.text)):
            raise ValueError(f"characters {start} to {end} are no part of one block")
        return passage.excerpt(start - passage.start, end - passage.start, unit)


def _clean(block: Block) -> tuple[str, list[int] | None]:
    """Return the block's text as the pipeline reads it, and where each character came from."""
    text = block.text
    if not (_UNCLEAN.search(text) or _LONG_WORD.search(text)):
        return text, None
    parts: list[str] = []
    origins: list[int] = []
    done = 0
    for match in _UNCLEAN.finditer(text):
        start, end = match.span()
        at_edge = start == 0 or end == len(text)
        clean = _replacement(match[0], at_edge, block.line_breaks)
        parts += text[done:start], clean
        origins += range(done, start)
        origins += [start] * len(clean)
        done = end
    parts.append(text[done:])
    origins += range(done, len(text))
    return _cut_long_words("".join(parts), origins)


def _replacement(unclean: str, at_edge: bool, line_breaks: int) -> str:
    if "\ud800" <= unclean <= "\udfff":
        return "\ufffd"
    if at_edge or _INVISIBLE_ONLY.fullmatch(unclean):
        return ""
    if len(_LINE_BREAK.findall(unclean)) >= line_breaks:
        return PARAGRAPH_BREAK
    return " "


def _cut_long_words(text: str, origins: list[int]) -> tuple[str, list[int]]:
    parts: list[str] = []
    kept: list[int] = []
    done = 0
    for word in _LONG_WORD.finditer(text):
        cut = word.start() + LONGEST_WORD
        parts.append(text[done:cut])
        kept += origins[done : cut - 1]
        kept.append(origins[word.end() - 1])  # so that the word is given back whole
        done = word.end()
    return "".join([*parts, text[done:]]), kept + origins[done:]
