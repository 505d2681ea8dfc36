"""Noun phrases: whom they name, and whom a definite one without a name stands for."""

from __future__ import annotations

from spacy.tokens import Span, Token

from backend.pipeline.attribution.entities import Entity
from backend.pipeline.attribution.names import Name, name_parts
from backend.pipeline.attribution.sources import apposed_name, is_document
from backend.pipeline.attribution.speakers.businesses import business_before
from backend.pipeline.attribution.speakers.discourse import Discourse

_JOINTS = frozenset({"and", "&", ",", "both", "the", "as", "well"})


def named_in(source: Span, head: Token, discourse: Discourse) -> list[Entity]:
    """Return whom the phrase names: its head, those joined to it, or the name beside it."""
    entities = discourse.entities
    first = entities.name_at(head)
    if first is not None:
        return _joined(source, head, first, discourse)
    names = entities.names.within(source.start, source.end)
    name = apposed_name(source, head, names)
    if name is not None:
        return [entities.of[name]]
    if head.pos_ in {"VERB", "AUX"} and names:
        return [entities.of[names[0]]]
    return []


def by_role(source: Span, head: Token, discourse: Discourse) -> Entity | None:
    """Return whom a definite phrase stands for: "the senator", "his ex-wife"."""
    left = [t for t in head.lefts if t in source]
    is_definite = any(t.lower_ == "the" or t.dep_ == "nmod:poss" for t in left)
    if not is_definite or head.tag_ == "NNS" or is_document(head):
        return None
    if any(t.dep_ == "conj" for t in head.children):
        return None
    modifiers = {
        t.lower_ for t in left if t.dep_ in {"amod", "compound", "nmod:poss"} and t.pos_ != "PRON"
    }
    candidates = [e for e in discourse.entities.all if head.lower_ in e.roles]
    if not candidates:
        return business_before(head, discourse)
    earlier = [e for e in candidates if any(m < source.end for m in e.mentions)]
    candidates = earlier or candidates
    if modifiers:
        fitting = [e for e in candidates if e.roles[head.lower_] & modifiers]
        candidates = fitting or [
            e for e in candidates if not _contradicts(modifiers, e.roles[head.lower_])
        ]
    if len(candidates) == 1:
        return candidates[0]
    return _standing_out(candidates, source.start, discourse)


def _joined(source: Span, head: Token, first: Name, discourse: Discourse) -> list[Entity]:
    """Return the bearer of ``first`` with those that the phrase joins to it.

    Only "and" and commas stand between these: in "Anna Weiss, director of the Met, and a
    professor at Yale" one person is named.
    """
    entities = discourse.entities
    found = [entities.of[first]]
    end = first.end
    for token in sorted(head.children, key=lambda t: t.i):
        name = entities.name_at(token)
        if token.dep_ != "conj" or token not in source or name is None or name.start < end:
            continue
        between = discourse.doc[end : name.start]
        if not all(t.lower_ in _JOINTS or t.lower_ in name_parts().titles for t in between):
            break
        entity = entities.of[name]
        if all(entity is not other for other in found):
            found.append(entity)
        end = name.end
    return found


def _standing_out(candidates: list[Entity], position: int, discourse: Discourse) -> Entity | None:
    """Return the one of several that is named just before, or much more than the others."""
    if not candidates:
        return None
    counts = sorted(((len(e.mentions), i) for i, e in enumerate(candidates)), reverse=True)
    if counts[0][0] >= 2 * counts[1][0]:
        return candidates[counts[0][1]]
    sentence = discourse.sentence
    near = [
        e
        for e in candidates
        if any(m < position and sentence[position] - sentence[m] <= 1 for m in e.mentions)
    ]
    return near[0] if len(near) == 1 else None


def _contradicts(modifiers: set[str], known: set[str]) -> bool:
    """Say whether a role with ``modifiers`` is another than one that is ``known`` by its own.

    "the Vermont senator" may be Senator Sanders; it is not the senator from Ohio, and "the top
    adviser" is not "the deputy adviser".
    """
    parts = name_parts()
    kinds = (parts.places, parts.peoples | {"democratic", "gop"})
    left = modifiers
    for kind in kinds:
        if known & kind and modifiers & kind:
            return True
        left = left - kind
    return bool(left and known - parts.places - parts.peoples)
