"""An article as it is told: its entities and sources, and where each token stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from backend.pipeline.attribution.entities import Entities
from backend.pipeline.attribution.names import Bearer, Name, name_parts
from backend.pipeline.attribution.sources import head_of
from backend.pipeline.columns import columns_of
from backend.pipeline.marks import Attribution, tokens_of

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})


class Discourse:
    """A Doc with its attributions, laid out for the search of antecedents.

    ``sentence``, ``paragraph`` and ``quotation`` number these for each token; a token outside
    quotations has the quotation -1.
    """

    def __init__(self, doc: Doc, attributions: Sequence[Attribution]) -> None:
        """Read what the rules ask of ``doc`` once."""
        self.doc = doc
        self.attributions = attributions
        self.entities = Entities(doc)
        self.sentence = columns_of(doc).sentences
        self.quotation = _quotation_numbers(doc)
        self.paragraph = columns_of(doc).paragraph_numbers
        self._told = _told_sentence_numbers(doc, self.quotation)
        self.source_at = {
            i: n
            for n, attribution in enumerate(attributions)
            if attribution.source is not None
            for i in range(attribution.source.start, attribution.source.end)
        }
        """Which attribution's source a token stands in."""
        self.contents = [tokens_of(attribution.content) for attribution in attributions]
        """The tokens of each attribution's content."""
        self.people = {id(e) for e in self.entities.all if e.bearer is Bearer.PERSON}
        """The ids of those whose names or roles tell that they are persons."""
        self._judge_bearers()

    def source(self, n: int) -> Span:
        """Return the source of attribution ``n``, which has one."""
        source = self.attributions[n].source
        assert source is not None
        return source

    def attribution_by(self, token: Token) -> int | None:
        """Return the attribution whose source ``token`` heads, if there is one."""
        n = self.source_at.get(token.i)
        return n if n is not None and head_of(self.source(n)).i == token.i else None

    def distance(self, earlier: int, later: int) -> int:
        """Return how many sentences lie between; a quotation of several takes none in the telling.

        *“… . … . …,” he added*: the name in the sentence before the quotation is near.
        """
        number = self.sentence if self.quotation[later] >= 0 else self._told
        return number[later] - number[earlier]

    def _judge_bearers(self) -> None:
        """Take a bearer that says something, and shows no sign of a body, for a person."""
        parts = name_parts()
        for name, entity in self.entities.of.items():
            if entity.bearer is not Bearer.UNKNOWN:
                continue
            if any(word.lower() in parts.bodies for word in entity.words) or entity.name.isupper():
                entity.bearer = Bearer.BODY
                continue
            has_article = name.start > 0 and self.doc[name.start - 1].lower_ == "the"
            if has_article:
                entity.bearer = Bearer.BODY
            elif self._is_source(name):
                entity.bearer = Bearer.PERSON

    def _is_source(self, name: Name) -> bool:
        """Is ``name`` that of a source, and not of what this belongs to?"""
        n = self.source_at.get(name.end - 1)
        if n is None:
            return False
        source = self.source(n)
        before = self.doc[max(name.start - 1, source.start)]
        return name.start <= source.start or before.tag_ != "IN"


def _told_sentence_numbers(doc: Doc, quotation: Sequence[int]) -> list[int]:
    """Number the sentences that are not within one quotation as a whole."""
    columns = columns_of(doc)
    is_mark, is_space = columns.is_punct, columns.is_space
    numbers: list[int] = []
    number = 0
    for start, end in columns.sentence_bounds:
        inside = set(quotation[start:end])
        if inside != {-1}:
            words = (i for i in range(start, end) if not (is_mark[i] or is_space[i]))
            inside = {quotation[i] for i in words}
        number += inside == {-1} or len(inside) != 1
        numbers += [number] * (end - start)
    return numbers


def _quotation_numbers(doc: Doc) -> list[int]:
    """Return for each token the outermost quotation that it stands in, or -1."""
    numbers = [-1] * len(doc)
    for n, bounds in enumerate(columns_of(doc).quotations):
        for i in range(*bounds):
            if numbers[i] < 0:
                numbers[i] = n
    return numbers
