"""Contents that a verb of saying introduces by its place: quotations, and sentences before it.

*“…,” said X. “…”*, *X told reporters: “…”*, *The museum is large, X said*.
"""

from __future__ import annotations

from spacy.tokens import Token

from backend.pipeline.attribution.proposing.complements import CLAUSES, clauses_after
from backend.pipeline.attribution.proposing.text import ENDS, Bounds, Text
from backend.pipeline.attribution.senses import says_nothing

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_REACH = 12
"""How many words after a cue a quotation may begin."""


def content_before(token: Token, cue: Bounds, source: Bounds, text: Text) -> list[Bounds]:
    """Return the content before *…, X said* or *“…,” said X*, from its sentence's start.

    In *the museum, he said, is large* it goes on after the cue.
    """
    doc = text.doc
    start, end = min(cue[0], source[0]), max(cue[1], source[1])
    if end - start > _length(cue) + _length(source):
        return []
    at = start - 1
    if at < 1:
        return []
    if text.closes_quotation(at):
        if doc[at - 1].text == "." and clauses_after(token, cue, text):
            return []  # the quotation was a sentence of its own
        return [(_start_of_quoted(at, text), at + 1)]
    if doc[at].text != "," or doc[at].sent.start >= at:
        return []
    first = doc[at].sent.start
    if says_nothing(doc[first : first + 1]):
        return []  # *Asked why, he said nothing* has the question of another
    if text.ends_sentence(end):
        return [(first, at)]
    if _is_clause_before(token, at):
        if doc[end].text == ",":
            return [(first, at), (end, doc[at].sent.end)]
        return [(first, at)]
    return []


def quotation_going_on(cue: Bounds, source: Bounds, text: Text) -> list[Bounds]:
    """Return the quotation of the next sentence: *“…,” she said. “…”*."""
    doc = text.doc
    start = max(cue[1], source[1])
    end = start
    while end < len(doc) and text.is_outside(end):
        if doc[end].text in (".", ",", ":"):
            following = end + 1
            if following < len(doc) and text.opens_quotation(following):
                return [(following, text.end_of_quotation(following))]
            return []
        if end - start > _REACH or "\n" in doc[end].text:
            return []
        end += 1
    return []


def quotation_after(cue: Bounds, source: Bounds, text: Text) -> list[Bounds]:
    """Return the quotation that a cue leads up to: *told reporters on Monday: “…”*."""
    doc = text.doc
    start = max(cue[1], source[1]) if source[0] == cue[1] else cue[1]
    for i in range(start, min(start + _REACH, len(doc))):
        token = doc[i]
        if text.opens_quotation(i):
            led = doc[i - 1].text in (",", ":") or i == start or token.nbor(-1).tag_ == "IN"
            end = text.end_of_quotation(i)
            is_adverbial = i == start and _is_adverbial(i + 1, end, text)
            return [(i, end)] if led and not is_adverbial else []
        if token.text in ENDS or "\n" in token.text or token.tag_ in ("VBD", "VBZ", "VBP"):
            return []
    return []


def _is_adverbial(start: int, end: int, text: Text) -> bool:
    """Are the quoted words but a part of the clause, as in *talks continued “in good faith”*?"""
    words = text.doc[start:end]
    if not len(words) or words[0].tag_ not in ("IN", "RB"):
        return False
    return not any(t.tag_ in _FINITE for t in words)


def next_paragraph(cue: Bounds, text: Text) -> list[Bounds]:
    """Return the paragraph that *He said:* announces at the end of its own."""
    doc = text.doc
    end = cue[1]
    if end + 1 >= len(doc) or doc[end - 1].text != ":" or "\n" not in doc[end].text:
        return []
    if text.opens_quotation(end + 1):
        return [(end + 1, text.end_of_quotation(end + 1))]
    last = end + 1
    while last < len(doc) and "\n" not in doc[last].text:
        last += 1
    return [(end + 1, last)]


def _length(bounds: Bounds) -> int:
    return bounds[1] - bounds[0]


def _start_of_quoted(closing: int, text: Text) -> int:
    """Return where the content begins that ends with a quotation's closing mark."""
    doc = text.doc
    opening = closing
    while opening > 0 and not text.is_outside(opening - 1):
        opening -= 1
    start = min(doc[closing].sent.start, doc[opening].sent.start, opening)
    while start > 0 and not text.is_outside(start) and not text.opens_quotation(start):
        start -= 1
    return start


def _is_clause_before(token: Token, comma: int) -> bool:
    """Is what stands before the comma a clause that ``token`` comments on?"""
    if any(t.dep_ in CLAUSES and t.i < comma for t in token.lefts):
        return True
    is_joined = token.dep_ == "conj" and not any(t.dep_ == "cc" for t in token.lefts)
    return (token.dep_ == "parataxis" or is_joined) and token.head.i < comma
