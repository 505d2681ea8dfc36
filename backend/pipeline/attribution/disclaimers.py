"""Where a writer says that a claim is not settled: *According to X, …, though it is unclear when*.

What is ascribed by words beside it, and not by a verb above it, ends there. The words are data:
``rules/disclaimers.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from spacy.tokens import Span

from backend.pipeline.columns import columns_of
from backend.pipeline.marks import Attribution

RULES_PATH = Path(__file__).parent / "rules" / "disclaimers.toml"
_MARKS = frozenset({",", ";", "—", "–", "--"})
_NEGATIONS = frozenset({"not", "n't", "n’t"})


@dataclass(frozen=True, slots=True)
class Disclaimers:
    """The words by which a disclaimer begins, after a mark."""

    after: frozenset[str]
    words: frozenset[tuple[str, ...]]
    others: frozenset[str]


@cache
def _disclaimers() -> Disclaimers:
    rules = tomllib.loads(RULES_PATH.read_text("utf-8"))
    return Disclaimers(
        frozenset(rules["after"]),
        frozenset(tuple(words.split()) for words in rules["words"]),
        frozenset(rules["others"]),
    )


def without_disclaimers(attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield ``attributions`` less what others think, and of *according to* what is disclaimed."""
    for mark in attributions:
        is_beside = mark.cue is not None and mark.cue[0].lower_ == "according"
        ends = [_end(span, is_beside) for span in mark.content]
        if any(end < span.end for end, span in zip(ends, mark.content, strict=True)):
            shorter = tuple(
                Span(span.doc, span.start, end, label=span.label)
                for end, span in zip(ends, mark.content, strict=True)
                if end > span.start
            )
            mark = replace(mark, content=shorter or mark.content)
        yield mark


def _end(content: Span, is_beside: bool) -> int:
    """Return where ``content`` ends, or a disclaimer in it begins, or what others think."""
    doc, columns, after = content.doc, columns_of(content.doc), _disclaimers().after
    for i, word in enumerate(columns.lower[content.start : content.end], content.start):
        if word in after:
            at = max(i - 1, content.start)
            is_parted = columns.words[at] in _MARKS or i == content.start
            rest = doc[i + 1 : content.end]
            if is_parted and (_is_of_others(rest) or (is_beside and _disclaims(rest))):
                return at
    return int(content.end)


def _is_of_others(words: Span) -> bool:
    return len(words) > 1 and words[0].lower_ in _disclaimers().others


def _disclaims(words: Span) -> bool:
    without_adverbs = tuple(t.lower_ for t in words if t.tag_ != "RB" or t.lower_ in _NEGATIONS)
    return any(without_adverbs[: len(each)] == each for each in _disclaimers().words)
