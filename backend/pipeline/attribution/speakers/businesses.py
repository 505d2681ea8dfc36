"""Which business "the company" is: the only one named just before.

Few names of businesses tell by themselves that they are: a name of one word does, that the article
calls nobody by in full, and one that it says "it" of or puts beside "company".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from backend.pipeline.attribution.entities import Entity
from backend.pipeline.attribution.names import Bearer, name_parts
from backend.pipeline.attribution.speakers.discourse import SUBJECTS, Discourse
from backend.pipeline.attribution.word_lists import listed

_REACH = 4
"""How many sentences back the name may stand."""


def business_before(noun: Token, discourse: Discourse) -> Entity | None:
    """Return the one business that is named before ``noun``, as "company" is.

    Of several it is the one that the article names twice as often as the others.
    """
    if not listed("business", noun.lower_):
        return None
    found = {id(entity): entity for entity in _named_before(noun, discourse)}
    ordered = sorted(found.values(), key=lambda entity: len(entity.mentions), reverse=True)
    if len(ordered) > 1 and len(ordered[0].mentions) < 2 * len(ordered[1].mentions):
        return None
    return ordered[0] if ordered else None


def _named_before(noun: Token, discourse: Discourse) -> Iterator[Entity]:
    """Yield the businesses within reach before ``noun``."""
    entities, sentence = discourse.entities, discourse.sentence
    for name in reversed(entities.names.within(0, noun.i)):
        entity = entities.of[name]
        if sentence[noun.i] - sentence[name.end - 1] > _REACH:
            break
        is_other = name.bearer is Bearer.PLACE or id(entity) in discourse.people
        if not is_other and _is_business(entity, discourse):
            yield entity


def _is_business(entity: Entity, discourse: Discourse) -> bool:
    parts = name_parts()
    words = {word.lower() for word in entity.words}
    if words & (parts.media | parts.peoples | parts.places):
        return False
    if any(listed("business", role) for role in entity.roles):
        return True
    if words & parts.bodies:
        return bool(words & parts.businesses)
    if len(entity.words) == 1:
        return entity.gender is None
    return any(_goes_on_with_it(discourse.doc[i]) for i in entity.mentions)


def _goes_on_with_it(last: Token) -> bool:
    """Is the name that ends with ``last`` a subject, and "it" what its clause goes on with?"""
    head = last
    while head.dep_ == "flat" or (head.dep_ == "compound" and head.head.i > head.i):
        head = head.head
    return head.dep_ in SUBJECTS and any(t.lower_ in ("it", "its") for t in head.head.subtree)
