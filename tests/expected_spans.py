"""Compare what the pipeline found in an article with the spans it is expected to yield.

The expectations are the ``expected.json`` of a golden case; the findings are a reply of the API
(``POST /v1/analyze`` with one ``text`` and code-point offsets) or a spaCy ``Doc``, which
``reply_of`` puts into that shape. Both sides are character ranges in the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span

CONTENT_OVERLAP = 0.8
"""Dice coefficient of the words of the expected and the found content."""

_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_QUOTATION = re.compile(r"“[^“”]*(?:”|$)")

Range = tuple[int, int]


@dataclass(frozen=True)
class Problem:
    """One expectation that is not met."""

    where: str
    what: str
    must: bool

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Article:
    """A text whose paragraphs are separated by blank lines, as golden cases count them."""

    def __init__(self, text: str) -> None:
        self.paragraphs = [p.strip() for p in re.split(r"\n\s*\n", text.strip())]
        self.text = "\n\n".join(self.paragraphs)
        self.starts: list[int] = []
        at = 0
        for paragraph in self.paragraphs:
            self.starts.append(at)
            at += len(paragraph) + 2

    def bounds(self, p: int) -> Range:
        """Return the character range of paragraph ``p``."""
        return self.starts[p], self.starts[p] + len(self.paragraphs[p])

    def occurrence(self, p: int, phrase: str, n: int = 0) -> Range:
        """Return the range of the ``n``-th ``phrase``, as whole words, in paragraph ``p``."""
        matches = re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", self.paragraphs[p])
        found = [m.span() for m in matches]
        if n >= len(found):
            raise ValueError(f"paragraph {p} has no occurrence {n} of {phrase!r}")
        start, end = found[n]
        return self.starts[p] + start, self.starts[p] + end

    def nearest(self, phrase: str, to: Range) -> Range:
        """Return the occurrence of ``phrase`` in the article that lies nearest to ``to``."""
        found = [m.span() for m in re.finditer(re.escape(phrase), self.text)]
        if not found:
            raise ValueError(f"the article has no {phrase!r}")
        return min(found, key=lambda r: max(r[0] - to[1], to[0] - r[1], 0))

    def quotation_near(self, p: int, to: Range) -> Range:
        """Return the quotation of paragraph ``p`` that lies nearest to ``to``."""
        base = self.starts[p]
        found = [
            (base + m.start(), base + m.end()) for m in _QUOTATION.finditer(self.paragraphs[p])
        ]
        return min(found, key=lambda r: max(r[0] - to[1], to[0] - r[1], 0))

    def words(self, ranges: Iterable[Range]) -> set[int]:
        """Return the offsets at which a word starts within ``ranges``."""
        return {s + m.start() for s, e in ranges for m in _WORD.finditer(self.text[s:e])}


def problems(expected: dict[str, Any], article: Article, reply: dict[str, Any]) -> list[Problem]:
    """Return every expectation that ``reply`` does not meet, and every forbidden mark in it."""
    return [
        *_attribution_problems(expected, article, reply["attributions"]),
        *_hedge_problems(expected, article, reply["hedges"]),
        *_forbidden_marks(expected, article, reply),
    ]


def _attribution_problems(
    expected: dict[str, Any], article: Article, found: list[dict[str, Any]]
) -> Iterator[Problem]:
    for want in expected["attributions"]:
        cue = article.occurrence(want["p"], want["cue"], want["n"])
        where = f"paragraph {want['p']}, “{want['cue']}”"
        candidates = [a for a in found if a["cue"] and _overlap(_range(a["cue"]), cue)]
        if not candidates:
            yield Problem(where, "no attribution has this cue", want["must"])
            continue
        complaints = [list(_complaints(want, article, cue, a)) for a in candidates]
        for complaint in min(complaints, key=len):
            yield Problem(where, complaint, want["must"])


def _complaints(
    want: dict[str, Any], article: Article, cue: Range, found: dict[str, Any]
) -> Iterator[str]:
    source = found["source"] and found["source"]["text"]
    if _bare(source) != _bare(want["source"]):
        yield f"source is {source!r}, not {want['source']!r}"
    for label in ("source_kind", "stance", "attitude", "quote", "negated", "speaker"):
        got = found[label]
        if label in want and (
            _bare(got) != _bare(want[label]) if label == "speaker" else got != want[label]
        ):
            yield f"{label} is {got!r}, not {want[label]!r}"
    ranges = [article.nearest(text, cue) for text in want["content"]]
    wanted = article.words(ranges or [article.quotation_near(want["p"], cue)])
    got_words = article.words(map(_range, found["content"]))
    dice = 2 * len(wanted & got_words) / max(len(wanted) + len(got_words), 1)
    if dice < CONTENT_OVERLAP:
        texts = [span["text"] for span in found["content"]]
        yield f"content overlaps by {dice:.2f} only: {texts!r}"


def _hedge_problems(
    expected: dict[str, Any], article: Article, found: list[dict[str, Any]]
) -> Iterator[Problem]:
    for want in expected["hedges"]:
        cue = article.occurrence(want["p"], want["cue"], want["n"])
        where = f"paragraph {want['p']}, hedge “{want['cue']}”"
        kinds = {h["kind"] for h in found if _overlap(_range(h["cue"]), cue)}
        if not kinds:
            yield Problem(where, "not found", want["must"])
        elif want["kind"] not in kinds:
            yield Problem(where, f"kind is {sorted(kinds)}, not {want['kind']!r}", want["must"])


def _forbidden_marks(
    expected: dict[str, Any], article: Article, reply: dict[str, Any]
) -> Iterator[Problem]:
    attributions = [a["cue"] for a in reply["attributions"] if a["cue"]]
    hedges = [h["cue"] for h in reply["hedges"]]
    for entry in expected["no_attribution_in"]:
        bounds = article.bounds(entry["p"])
        for cue in attributions:
            if _overlap(_range(cue), bounds):
                where = f"paragraph {entry['p']}, “{cue['text']}”"
                yield Problem(where, f"no cue of attribution: {entry['why']}", True)
    for entry in expected["not_hedges_or_cues"]:
        place = article.occurrence(entry["p"], entry["cue"], entry.get("n", 0))
        for cue in (*attributions, *hedges):
            if _overlap(_range(cue), place):
                where = f"paragraph {entry['p']}, “{cue['text']}”"
                yield Problem(where, f"not to be marked: {entry['why']}", True)


def reply_of(doc: Doc) -> dict[str, Any]:
    """Put what the pipeline found in ``doc`` into the shape of the API's reply."""
    return {
        "attributions": [
            {
                "cue": a.cue and _span(a.cue),
                "source": a.source and _span(a.source),
                "content": [_span(span) for span in a.content],
                "source_kind": a.source_kind,
                "speaker": a.speaker,
                "stance": a.stance,
                "attitude": a.attitude,
                "quote": a.quote,
                "negated": a.negated,
            }
            for a in doc._.attributions
        ],
        "hedges": [{"cue": _span(h.cue), "kind": h.kind} for h in doc._.hedges],
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start_char, "end": span.end_char, "text": span.text}


def _range(span: dict[str, Any]) -> Range:
    return span["start"], span["end"]


def _overlap(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _bare(name: str | None) -> str | None:
    """Return a name without its article and last comma, in lower case: “The BBC,” is “bbc”."""
    return name if name is None else _ARTICLE.sub("", name).rstrip(",").lower()
