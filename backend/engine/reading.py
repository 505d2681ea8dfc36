"""An analysis as a reading for a terminal: the text with its marks, and below each paragraph who
says what in it, and how sure they are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TextIO

from backend import labels
from backend.pipeline.marks import HedgeKind, SourceKind

from .analysis import Analysis, FoundAttribution, FoundHedge
from .blocks import Block, Excerpt

_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_RESET = "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of span looks: with signs around it, or in a colour and a shape."""

    opening: str
    closing: str
    rendition: str
    """ANSI "select graphic rendition": italic, bold, underlined, reversed; and the colour."""


SOURCE = Style("[", "]", "1;36")
CUE = Style("_", "_", "4;36")
CONTENT = Style("‹", "›", "3")
HEDGE = Style("~", "~", "7;33")


def wants_colour(stream: TextIO) -> bool:
    """Say whether ``stream`` is a terminal whose user has not asked for none (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def mark_up(block: Block, analysis: Analysis, *, colour: bool) -> str:
    """Return ``block`` as a reading; the offsets of ``analysis`` count code points."""
    marks = sorted(_marks(analysis), key=lambda mark: (mark[0].start, -mark[0].end))
    parts = [_legend(colour)]
    for line in _LINE.finditer(block.text):
        start, end = line.span()
        here = [mark for mark in marks if start <= mark[0].start < end]
        notes = [
            *(_attribution(a) for a in analysis.attributions if start <= _start(a) < end),
            *(_hedge(h) for h in analysis.hedges if start <= h.cue.start < end),
        ]
        text = _coloured if colour else _signed
        parts.append("\n".join([text(block.text, start, end, here), *notes]))
    parts += [warning.detail for warning in analysis.warnings]
    parts.append(_figures(analysis))
    return "\n\n".join(parts)


def _marks(analysis: Analysis) -> Iterator[tuple[Excerpt, Style]]:
    for attribution in analysis.attributions:
        for excerpt in attribution.content:
            yield excerpt, CONTENT
        if attribution.source:
            yield attribution.source, SOURCE
        if attribution.cue:
            yield attribution.cue, CUE
    for hedge in analysis.hedges:
        yield hedge.cue, HEDGE


def _start(attribution: FoundAttribution) -> int:
    spans = (attribution.cue, attribution.source, *attribution.content)
    return min(span.start for span in spans if span)


def _signed(text: str, start: int, end: int, marks: list[tuple[Excerpt, Style]]) -> str:
    """Return ``text[start:end]`` with the signs of its marks, inner ones closed first."""
    signs = [(excerpt.end, 0, -excerpt.start, style.closing) for excerpt, style in reversed(marks)]
    signs += [(excerpt.start, 1, -excerpt.end, style.opening) for excerpt, style in marks]
    signs.sort(key=lambda sign: sign[:3])
    parts: list[str] = []
    done = start
    for place, _, _, sign in signs:
        parts += text[done:place], sign
        done = place
    return "".join([*parts, text[done:end]])


def _coloured(text: str, start: int, end: int, marks: list[tuple[Excerpt, Style]]) -> str:
    """Return ``text[start:end]`` with ANSI escapes; inner marks add to the outer ones' look."""
    borders = {start, end, *(border for mark, _ in marks for border in (mark.start, mark.end))}
    places = sorted(borders)
    parts = []
    for left, right in pairwise(places):
        styles = [style for mark, style in marks if mark.start <= left and right <= mark.end]
        rendition = ";".join(style.rendition for style in styles)
        parts.append(_painted(text[left:right], rendition))
    return "".join(parts)


def _painted(text: str, rendition: str) -> str:
    return f"\x1b[{rendition}m{text}{_RESET}" if rendition else text


def _attribution(found: FoundAttribution) -> str:
    """Return a line on one attribution: who, by which words, and what they make of it."""
    source = found.source.text if found.source else None
    who = found.speaker or source
    if who and source and who != source:
        who = f"{who} (“{source}”)"
    kinds = [
        labels.names("source_kind")[found.source_kind],
        labels.names("stance")[found.stance],
        labels.names("attitude")[found.attitude],
        labels.names("quote")[found.quote],
    ]
    if found.negated:
        kinds.append(labels.names("negated")[True])
    cue = f"“{found.cue.text}”" if found.cue else None
    return "    " + " · ".join(filter(None, [found.id, who, cue, ", ".join(kinds)]))


def _hedge(found: FoundHedge) -> str:
    """Return a line on one hedge: its words, its kind, and whose it is."""
    whose = f"in {found.attribution}" if found.attribution else "the writer’s own"
    kind = labels.names("hedge")[found.kind]
    return f"    {found.id} · “{found.cue.text}” · {kind}, {whose}"


def _legend(colour: bool) -> str:
    names = {**labels.names("attribution"), "hedge": "Hedge"}
    parts = zip(names.values(), (SOURCE, CUE, CONTENT, HEDGE), strict=True)
    if colour:
        return "  ".join(_painted(name, style.rendition) for name, style in parts)
    return "  ".join(f"{style.opening}{name}{style.closing}" for name, style in parts)


def _figures(analysis: Analysis) -> str:
    figures = analysis.summary
    sources = _counts("source_kind", figures.sources)
    kinds = _counts("hedge", figures.hedge_kinds)
    return (
        f"Words: {figures.words:,}, in claims: {figures.attributed_share:.0%}\n"
        f"Attributions: {figures.attributions}{sources}\n"
        f"Hedges: {figures.hedges}{kinds}, the writer’s own: {figures.own_hedges}"
    )


def _counts(family: str, counts: Mapping[SourceKind, int] | Mapping[HedgeKind, int]) -> str:
    names = labels.names(family)
    found = ", ".join(f"{names[value]} {count}" for value, count in counts.items() if count)
    return f" ({found})" if found else ""
