"""Hedges: the phrases that weaken a claim, their kinds, their scopes, and whose they are.

The rules are data: ``rules/*.toml``, one file for each kind; ``rules.py`` says how to write one.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from backend.pipeline.hedges.patterns import Match, Words
from backend.pipeline.hedges.rules import Rule, RuleBook, load_rules
from backend.pipeline.hedges.scope import find_scope
from backend.pipeline.marks import Attribution, Hedge


class Hedges:
    """Set ``Doc._.hedges``, and ``doc.spans["hedges"]`` with the kinds as labels.

    It reads tags, lemmas and the tree, and ``Doc._.attributions`` for whose the hedges are.
    """

    def __init__(self, rules: RuleBook) -> None:
        """Find what ``rules`` describe."""
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        """Find the hedges of ``doc``."""
        hedges: list[Hedge] = []
        around = _innermost(doc._.attributions)
        for rule, match in choose(self.rules.matches(Words(doc))):
            if rule.kind is None:
                continue
            places = match.words.places
            start, end = places[match.start], places[match.end - 1] + 1
            cue = Span(doc, start, end, label=rule.kind.value)
            hedges.append(Hedge(cue, rule.kind, find_scope(cue), around.get(cue.start)))
        doc._.hedges = tuple(hedges)
        doc.spans["hedges"] = [hedge.cue for hedge in hedges]
        return doc


def choose(matches: Iterable[tuple[Rule, Match]]) -> list[tuple[Rule, Match]]:
    """Return matches that do not overlap, in the text's order.

    Of two that do, the longer one stays; of two as long, what is no hedge, then the earlier one.
    """
    ranked = sorted(
        matches,
        key=lambda each: (
            each[1].start - each[1].end,
            each[0].kind is not None,
            each[1].start,
        ),
    )
    taken: set[int] = set()
    chosen: list[tuple[Rule, Match]] = []
    for rule, match in ranked:
        positions = range(match.start, match.end)
        if taken.isdisjoint(positions):
            taken.update(positions)
            chosen.append((rule, match))
    return sorted(chosen, key=lambda each: each[1].start)


def _innermost(attributions: tuple[Attribution, ...]) -> dict[int, Attribution]:
    """Return, by token, the attribution in whose content it stands; of several, the shortest."""
    size = {id(mark): sum(len(span) for span in mark.content) for mark in attributions}
    return {
        i: mark
        for _, mark in sorted(
            enumerate(attributions), key=lambda each: (-size[id(each[1])], -each[0])
        )
        for span in mark.content
        for i in range(span.start, span.end)
    }


@Language.factory("hearsay_hedges", assigns=["doc._.hedges"])
def create_hedges(nlp: Language, name: str) -> Hedges:
    """Create the component with the rules that ship."""
    return Hedges(load_rules())
