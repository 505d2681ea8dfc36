"""The tokens of a Doc in columns: plain lists, which are asked in far less time."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from spacy.attrs import (
    DEP,
    HEAD,
    IS_ALPHA,
    IS_PUNCT,
    IS_SPACE,
    LEMMA,
    ORTH,
    POS,
    SENT_START,
    SPACY,
    TAG,
)
from spacy.tokens import Doc

from backend.pipeline.paragraphs import paragraph_bounds

QUOTATIONS = "quotations"
"""Where ``Doc.spans`` has the quotations."""
_KEY = "hearsay_columns"
"""Where a Doc keeps its own: in an extension, ``Doc._``, it would take several times as long."""


class Columns:
    """One list for each attribute, by token index, made when it is first asked for."""

    def __init__(self, doc: Doc) -> None:
        """Take a Doc whose attributes are set once, before they are asked for."""
        self._doc = doc

    def _texts(self, attribute: int) -> list[str]:
        """Return the strings of an attribute of which there are many, as words."""
        numbers: list[int] = self._doc.to_array(attribute).tolist()
        return [*map(self._doc.vocab.strings.__getitem__, numbers)]

    def _labels(self, attribute: int) -> list[str]:
        """Return the strings of an attribute of which there are few."""
        numbers: list[int] = self._doc.to_array(attribute).tolist()
        strings = self._doc.vocab.strings
        labels = {number: strings[number] for number in set(numbers)}
        return [*map(labels.__getitem__, numbers)]

    def _flags(self, attribute: int) -> list[bool]:
        flags: list[bool] = self._doc.to_array(attribute).astype(bool).tolist()
        return flags

    @cached_property
    def words(self) -> list[str]:
        """The words as they stand in the text."""
        return self._texts(ORTH)

    @cached_property
    def text(self) -> str:
        """The text of the Doc."""
        spaces = self._flags(SPACY)
        return "".join(
            [word + " " if space else word for word, space in zip(self.words, spaces, strict=True)]
        )

    @cached_property
    def lower(self) -> list[str]:
        """The words in lower case."""
        return [*map(str.lower, self.words)]

    @cached_property
    def lemmas(self) -> list[str]:
        """The base forms, in lower case."""
        return [*map(str.lower, self._texts(LEMMA))]

    @cached_property
    def tags(self) -> list[str]:
        """The Penn Treebank tags."""
        return self._labels(TAG)

    @cached_property
    def parts(self) -> list[str]:
        """The parts of speech (UPOS tags)."""
        return self._labels(POS)

    @cached_property
    def deps(self) -> list[str]:
        """The relations to the heads."""
        return self._labels(DEP)

    @cached_property
    def heads(self) -> list[int]:
        """The heads; a root's is itself."""
        offsets: list[int] = self._doc.to_array(HEAD).astype("int64").tolist()
        return [i + offset for i, offset in enumerate(offsets)]

    @cached_property
    def children(self) -> list[list[int]]:
        """The words that hang on each, in order."""
        children: list[list[int]] = [[] for _ in self.heads]
        for i, head in enumerate(self.heads):
            if i != head:
                children[head].append(i)
        return children

    def subtree(self, top: int) -> set[int]:
        """Return ``top`` and all that hangs on it."""
        children, found, left = self.children, {top}, [top]
        while left:
            below = children[left.pop()]
            found.update(below)
            left += below
        return found

    @cached_property
    def sentences(self) -> list[int]:
        """The number of the sentence that each stands in."""
        numbers: list[int] = (self._doc.to_array(SENT_START) == 1).cumsum().tolist()
        return numbers

    @cached_property
    def sentence_bounds(self) -> list[tuple[int, int]]:
        """The first token of each sentence, and the one after its last."""
        ends = [i for i, pair in enumerate(pairwise(self.sentences), 1) if pair[0] != pair[1]]
        return [*pairwise([0, *ends, len(self.sentences)])]

    def sentence(self, i: int) -> tuple[int, int]:
        """Return the first token of the sentence around ``i``, and the one after its last."""
        return self.sentence_bounds[self.sentences[i] - self.sentences[0]]

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """The first token of each paragraph, and the one after its last."""
        return paragraph_bounds(self._doc)

    @cached_property
    def paragraph_numbers(self) -> list[int]:
        """The number of the paragraph that each stands in; 0 for white space between two."""
        numbers = [0] * len(self.words)
        for number, (start, end) in enumerate(self.paragraphs):
            numbers[start:end] = [number] * (end - start)
        return numbers

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """The first token of each quotation, and the one after its last."""
        return [(span.start, span.end) for span in self._doc.spans.get(QUOTATIONS, ())]

    @cached_property
    def is_alpha(self) -> list[bool]:
        """Whether each is a word of letters alone."""
        return self._flags(IS_ALPHA)

    @cached_property
    def is_punct(self) -> list[bool]:
        """Whether each is a punctuation mark."""
        return self._flags(IS_PUNCT)

    @cached_property
    def is_space(self) -> list[bool]:
        """Whether each is white space."""
        return self._flags(IS_SPACE)


def columns_of(doc: Doc) -> Columns:
    """Return the columns of ``doc``; each is made once."""
    columns: Columns | None = doc.user_data.get(_KEY)
    if columns is None:
        columns = doc.user_data[_KEY] = Columns(doc)
    return columns
