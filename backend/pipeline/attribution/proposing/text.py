"""A parsed Doc with its quotations, and what all constructions ask of it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from backend.pipeline.quotations import QuotationState, quotation_states

Bounds = tuple[int, int]
"""The tokens of a span: the first, and the one after the last."""

VERB_TAGS = {"VBD", "VBZ", "VBP", "VB", "VBN", "VBG"}
EDGE = frozenset(",;:.—–-")
"""Marks that no span begins or ends with."""
ENDS = frozenset(".!?…")
_WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_DAYS = frozenset(_WEEK.split()) | {"on", "yesterday", "today"}


class Text:
    """A parsed Doc and where each of its tokens stands to its quotations."""

    def __init__(self, doc: Doc) -> None:
        """Read the quotations of ``doc``."""
        self.doc = doc
        self.states = quotation_states(doc)

    def is_outside(self, i: int) -> bool:
        """Does token ``i`` stand in no quotation?"""
        return self.states[i] == QuotationState.OUTSIDE

    def is_quoted(self, i: int) -> bool:
        """Does token ``i`` open a quotation or stand in one?"""
        return self.states[i] in (QuotationState.OPENING, QuotationState.INSIDE)

    def opens_quotation(self, i: int) -> bool:
        """Is token ``i`` an opening mark?"""
        return self.states[i] == QuotationState.OPENING

    def closes_quotation(self, i: int) -> bool:
        """Is token ``i`` a closing mark?"""
        return self.states[i] == QuotationState.CLOSING

    def end_of_quotation(self, i: int) -> int:
        """Return where the quotation that token ``i`` opens ends, in its paragraph."""
        end = i + 1
        while end < len(self.doc) and not self.is_outside(end) and "\n" not in self.doc[end].text:
            end += 1
            if self.closes_quotation(end - 1) and (end == len(self.doc) or self.is_outside(end)):
                break
        return end

    def ends_sentence(self, i: int) -> bool:
        """Is there nothing but a day or an adverb between ``i`` and the sentence's end?"""
        doc = self.doc
        while i < len(doc) and (doc[i].tag_ in ("RB", "CD") or doc[i].text in _DAYS):
            i += 1
        return i >= len(doc) or doc[i].is_space or doc[i].text in ENDS

    def noun_phrase(self, token: Token, skip: int = -1) -> Bounds:
        """Return the words of the phrase that ``token`` heads, from the word after ``skip`` on.

        A clause with *that* which the parser hangs on it is left out, and so is what a quotation
        mark cuts off.
        """
        state = self.states[token.i]
        start, end = max(token.left_edge.i, skip + 1), token.right_edge.i + 1
        for t in self.doc[token.i + 1 : end]:
            if (t.lower_ == "that" and t.dep_ == "mark") or self.states[t.i] != state:
                end = t.i
                break
        for t in self.doc[start : token.i]:
            if self.states[t.i] != state or t.is_space:
                start = t.i + 1
        return start, end

    def trim(self, bounds: Bounds) -> Bounds:
        """Leave out the spaces and marks at either end."""
        doc = self.doc
        start, end = bounds
        while start < end and (doc[start].is_space or doc[start].text in EDGE):
            start += 1
        while start < end and (doc[end - 1].is_space or doc[end - 1].text in EDGE):
            end -= 1
        return start, end

    def count_words(self, bounds: Bounds) -> int:
        """Count the words within ``bounds``."""
        return sum(not t.is_punct and not t.is_space for t in self.doc[bounds[0] : bounds[1]])
