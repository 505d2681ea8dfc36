"""The component "hearsay_attributes": what an attribution means, beside who says what.

Fills ``source_kind``, ``stance``, ``attitude``, ``quote`` and ``negated`` of
``Doc._.attributions``; what each value means is in ``backend/labels.json``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from backend.pipeline.attribution.cues import is_hearing, is_negated, read_cue
from backend.pipeline.attribution.names import Names, names_of
from backend.pipeline.attribution.sources import kind_of
from backend.pipeline.columns import columns_of
from backend.pipeline.marks import Attitude, Attribution, Quote, Stance, tokens_of

_INTRODUCING = frozenset({":", "--", "—", "–", "―", "-"})
"""Cues that are a mark alone introduce words as they were spoken."""


@Language.factory(
    "hearsay_attributes", assigns=["doc._.attributions"], requires=["doc._.attributions"]
)
def create(nlp: Language, name: str) -> AttributesComponent:
    """Create the component."""
    return AttributesComponent()


class AttributesComponent:
    """Fill what the attributions of a Doc mean."""

    def __call__(self, doc: Doc) -> Doc:
        """Replace each attribution by one with its attributes."""
        attributions: Sequence[Attribution] = doc._.attributions
        if not attributions:
            return doc
        names, quotes = names_of(doc), _Quotes(doc, attributions)
        doc._.attributions = tuple(
            _fill(attribution, names, quotes.of(i)) for i, attribution in enumerate(attributions)
        )
        return doc


def _fill(attribution: Attribution, names: Names, quote: Quote) -> Attribution:
    cue, source, content = attribution.cue, attribution.source, attribution.content
    stance, attitude, negated = Stance.NEUTRAL, Attitude.STATEMENT, False
    if cue is not None:
        negated = is_negated(cue, source, tokens_of(content))
        stance, attitude = read_cue(cue, content, negated)
        if source is not None and is_hearing(cue, source):
            stance, attitude = Stance.NEUTRAL, Attitude.STATEMENT
    return replace(
        attribution,
        source_kind=kind_of(source, names),
        stance=stance,
        attitude=attitude,
        quote=quote,
        negated=negated,
    )


class _Quotes:
    """Which words of each content are the source's own, in quotation marks."""

    def __init__(self, doc: Doc, attributions: Sequence[Attribution]) -> None:
        self.doc = doc
        self.attributions = attributions
        self.inside = [
            [i for span in attribution.content for i in range(span.start, span.end)]
            for attribution in attributions
        ]
        """The tokens of each attribution's content, in order."""
        self.enclosing: defaultdict[int, list[int]] = defaultdict(list)
        """The quotations that each token stands in, by their number."""
        for number, bounds in enumerate(columns_of(doc).quotations):
            for i in range(*bounds):
                self.enclosing[i].append(number)
        self.reported = [self._reported(attribution) for attribution in attributions]
        """By attribution, the quotations of somebody who reports the saying."""
        self.cue_at: dict[int, int] = {}
        self.ascribed: defaultdict[int, list[int]] = defaultdict(list)
        for n, attribution in enumerate(attributions):
            if attribution.cue is not None:
                for i in range(attribution.cue.start, attribution.cue.end):
                    self.cue_at[i] = n
            for i in self.inside[n]:
                self.ascribed[i].append(n)

    def of(self, n: int) -> Quote:
        """Return whether the content of attribution ``n`` is quoted, in part, or not at all."""
        content = self.inside[n]
        if self.enclosing.keys().isdisjoint(content):
            return Quote.INDIRECT
        own = quoted = 0
        inner, columns = self._inner(n), columns_of(self.doc)
        for i in content:
            if columns.is_punct[i] or columns.is_space[i] or columns.lower[i] == "that":
                continue
            own += 1
            others = [self.reported[m] for m in self.ascribed[i] if m in inner]
            quoted += any(
                number not in self.reported[n] and all(number in reported for reported in others)
                for number in self.enclosing.get(i, ())
            )
        if not quoted:
            return Quote.INDIRECT
        return Quote.DIRECT if quoted == own else Quote.MIXED

    def _reported(self, attribution: Attribution) -> Collection[int]:
        """A quotation that holds the cue too is that of somebody who reports the saying."""
        cue = attribution.cue
        if cue is None or cue.text in _INTRODUCING:
            return ()
        return self.enclosing.get(cue.start, ())

    def _inner(self, n: int) -> set[int]:
        """Return the attributions inside this one: what they quote are their sources' words.

        In "“…,” says A, according to B", B's content is that A says it, or the same quotation;
        the nearer cue has the words.
        """
        attribution = self.attributions[n]
        cue = attribution.cue
        found = {m for i in self.inside[n] if (m := self.cue_at.get(i)) not in {None, n}}
        inner = {m for m in found if m is not None}
        for i in self.inside[n][:1]:
            for m in self.ascribed[i]:
                other = self.attributions[m]
                if m == n or cue is None or other.cue is None:
                    continue
                if self.inside[m] == self.inside[n] and _distance(other.cue, i) < _distance(cue, i):
                    inner.add(m)
        return inner


def _distance(cue: Span, token: int) -> int:
    return abs(cue.start - token)
