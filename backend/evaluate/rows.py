"""CofeNet's rows: sentences in Penn tokens with BIO labels, laid over an article's own text.

Rows and article differ in quotation marks, brackets, dashes and spacing, so that letters and
digits alone are aligned; a token without any (a mark) is found between its neighbours.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROLES = ("source", "cue", "content")
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_MARKS = ("\"“”„«»`'‘’‚", "-–—―", ".…", "([{", ")]}")


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as one annotator labelled it."""

    tokens: list[str]
    labels: list[str]

    def spans(self) -> set[tuple[str, int, int]]:
        """Return the labelled spans as (role, first token, token after the last)."""
        found: set[tuple[str, int, int]] = set()
        start = 0
        for i, label in enumerate(self.labels):
            prefix, _, role = label.partition("-")
            following = self.labels[i + 1] if i + 1 < len(self.labels) else "O"
            if prefix == "B":
                start = i
            if role and following != f"I-{role}":
                found.add((role, start, i + 1))
        return found


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A row and, for each of its tokens, the characters of the article that it stands for."""

    row: Row
    places: list[range]

    def project(self, role: str, start: int, end: int) -> tuple[str, int, int] | None:
        """Return the tokens that a span of the article's characters covers, or None."""
        covered = [
            i for i, place in enumerate(self.places) if place.start < end and start < place.stop
        ]
        return (role, covered[0], covered[-1] + 1) if covered else None


def read_rows(path: Path) -> dict[str, list[list[Row]]]:
    """Read rows: article id → one list of rows for each of its annotators."""
    by_annotation: dict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            by_annotation[record["id"]].append(Row(record["tokens"], record["labels"]))
    by_article: dict[str, list[list[Row]]] = defaultdict(list)
    for annotation, rows in by_annotation.items():
        by_article[annotation.rpartition("_")[0]].append(rows)
    return by_article


def align(rows: Iterable[Row], text: str) -> list[AlignedRow | None]:
    """Lay ``rows`` over ``text``; None stands for a row whose words the text does not have."""
    places = [i for i, char in enumerate(text) if char.isalnum()]
    letters = "".join(_folded(text[i]) for i in places)
    cursor = 0
    aligned: list[AlignedRow | None] = []
    for row in rows:
        tokens = [_BRACKETS.get(token, token) for token in row.tokens]
        wanted = "".join(_folded(char) for token in tokens for char in token if char.isalnum())
        at = letters.find(wanted, cursor)
        if at < 0:
            at = letters.find(wanted)
        if at < 0 or not wanted:
            aligned.append(None)
            continue
        cursor = at + len(wanted)
        aligned.append(AlignedRow(row, _token_places(tokens, places[at:cursor], text)))
    return aligned


def _folded(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char


def _token_places(tokens: Sequence[str], letters: Sequence[int], text: str) -> list[range]:
    """Return the characters of each token, given where the tokens' letters stand in ``text``."""
    places: list[range] = []
    used = 0
    cursor = letters[0] - sum(not char.isalnum() for char in _leading(tokens))
    for token in tokens:
        count = sum(char.isalnum() for char in token)
        if count:
            start, end = letters[used], letters[used + count - 1] + 1
            used += count
        else:
            start = _skip_space(text, max(cursor, 0))
            if used < len(letters):
                start = min(start, letters[used])
            end = start
            limit = letters[used] if used < len(letters) else len(text)
            if start < limit and not _same_mark(token[0], text[start]):
                limit = start  # Penn tokens have a full stop more after an abbreviation
            while end < limit and end - start < len(token) and text[end] == text[start]:
                end += 1
        places.append(range(start, end))
        cursor = end + _trailing_marks(token, text, end)
    return places


def _same_mark(one: str, other: str) -> bool:
    return one == other or any(one in kind and other in kind for kind in _MARKS)


def _leading(tokens: Sequence[str]) -> str:
    """Return the marks before the first letter."""
    lead = ""
    for token in tokens:
        for char in token:
            if char.isalnum():
                return lead
            lead += char
    return lead


def _trailing_marks(token: str, text: str, end: int) -> int:
    """Count the marks that end a token such as *U.S.* and follow its last letter in the text."""
    if not any(char.isalnum() for char in token):
        return 0
    count = 0
    for char in reversed(token):
        if char.isalnum():
            break
        count += 1
    return count if text[end : end + count] == token[len(token) - count :] and count else 0


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
