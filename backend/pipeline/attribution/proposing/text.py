"""A parsed Doc with its quotations, and what all constructions ask of it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from backend.pipeline.columns import columns_of
from backend.pipeline.quotations import QuotationState, quotation_states

Bounds = tuple[int, int]
"""The tokens of a span: the first, and the one after the last."""

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
        self.columns = columns_of(doc)
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
        end, words = i + 1, self.columns.words
        while end < len(words) and not self.is_outside(end) and "\n" not in words[end]:
            end += 1
            if self.closes_quotation(end - 1) and (end == len(words) or self.is_outside(end)):
                break
        return end

    def ends_sentence(self, i: int) -> bool:
        """Is there nothing but a day or an adverb between ``i`` and the sentence's end?"""
        words, tags = self.columns.words, self.columns.tags
        while i < len(words) and (tags[i] in ("RB", "CD") or words[i] in _DAYS):
            i += 1
        return i >= len(words) or self.columns.is_space[i] or words[i] in ENDS

    def noun_phrase(self, token: Token, skip: int = -1) -> Bounds:
        """Return the words of the phrase that ``token`` heads, from the word after ``skip`` on.

        A clause with *that* which the parser hangs on it is left out, and so is what a quotation
        mark cuts off.
        """
        states, columns = self.states, self.columns
        state = states[token.i]
        start, end = max(token.left_edge.i, skip + 1), token.right_edge.i + 1
        for i in range(token.i + 1, end):
            is_that = columns.lower[i] == "that" and columns.deps[i] == "mark"
            if is_that or states[i] != state:
                end = i
                break
        for i in range(start, token.i):
            if states[i] != state or columns.is_space[i]:
                start = i + 1
        return start, end

    def trim(self, bounds: Bounds) -> Bounds:
        """Leave out the spaces and marks at either end."""
        words, is_space = self.columns.words, self.columns.is_space
        start, end = bounds
        while start < end and (is_space[start] or words[start] in EDGE):
            start += 1
        while start < end and (is_space[end - 1] or words[end - 1] in EDGE):
            end -= 1
        return start, end

    def count_words(self, bounds: Bounds) -> int:
        """Count the words within ``bounds``."""
        is_punct, is_space = self.columns.is_punct, self.columns.is_space
        return sum(not is_punct[i] and not is_space[i] for i in range(*bounds))
