"""The tokens of a Doc in columns: plain lists, which are asked in far less time."""

from __future__ import annotations

from functools import cached_property

from spacy.attrs import DEP, HEAD, IS_ALPHA, IS_PUNCT, IS_SPACE, LEMMA, LOWER, ORTH, TAG
from spacy.tokens import Doc

_KEY = "hearsay_columns"
"""Where a Doc keeps its own: in an extension, ``Doc._``, it would take several times as long."""


class Columns:
    """One list for each attribute, by token index, made when it is first asked for."""

    def __init__(self, doc: Doc) -> None:
        """Take a Doc whose attributes are set once, before they are asked for."""
        self._doc = doc

    def _names(self, attribute: int) -> list[str]:
        numbers: list[int] = self._doc.to_array(attribute).tolist()
        strings = self._doc.vocab.strings
        names = {number: strings[number] for number in set(numbers)}
        return [names[number] for number in numbers]

    def _flags(self, attribute: int) -> list[bool]:
        flags: list[bool] = self._doc.to_array(attribute).astype(bool).tolist()
        return flags

    @cached_property
    def words(self) -> list[str]:
        """The words as they stand in the text."""
        return self._names(ORTH)

    @cached_property
    def lower(self) -> list[str]:
        """The words in lower case."""
        return self._names(LOWER)

    @cached_property
    def lemmas(self) -> list[str]:
        """The base forms, in lower case."""
        return [lemma.lower() for lemma in self._names(LEMMA)]

    @cached_property
    def tags(self) -> list[str]:
        """The Penn Treebank tags."""
        return self._names(TAG)

    @cached_property
    def deps(self) -> list[str]:
        """The relations to the heads."""
        return self._names(DEP)

    @cached_property
    def heads(self) -> list[int]:
        """The heads; a root's is itself."""
        offsets: list[int] = self._doc.to_array(HEAD).astype("int64").tolist()
        return [i + offset for i, offset in enumerate(offsets)]

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
