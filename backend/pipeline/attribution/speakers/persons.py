"""The antecedents of "he" and "she", found in one walk through the article."""

from __future__ import annotations

from math import log

from spacy.tokens import Token

from backend.pipeline.attribution.entities import Entity
from backend.pipeline.attribution.names import Bearer, Gender, name_parts
from backend.pipeline.attribution.sources import SINGULAR_PERSON, is_person_noun
from backend.pipeline.attribution.speakers.discourse import Discourse
from backend.pipeline.attribution.speakers.phrases import by_role
from backend.pipeline.attribution.speakers.salience import (
    Mention,
    mention_at,
    phrase_head,
    salience,
)
from backend.pipeline.columns import columns_of

_FEMALE = frozenset({"she", "her", "hers", "herself"})
_WITHIN_FRONTED = frozenset({"nmod", "obl", "obj", "advcl", "acl", "obl:unmarked", "conj", "amod"})
"""Relations from a possessive up to the verb of *counter to his reputation, Smith …*."""
_INTRODUCING = frozenset({"a", "an", "another", "one"})
_OWNING = frozenset({"nmod:poss", "nmod"})
_REACH = 6
"""How many sentences back a pronoun's name may stand."""
_FAR = 40
"""How many, those of quotations between included."""
_TOPIC = 0.25
"""What an article's much named persons have before the others, per e-fold of their mentions."""
_CLEAR = 0.75
"""By how much a name must stand out from somebody new without one, or it is not clear whose."""
_REMEMBERED = 6
"""How many mentions of each person are weighed."""


def antecedents(discourse: Discourse) -> dict[int, Entity]:
    """Return whom each pronoun of a person stands for, where somebody fits.

    Somebody without a name, "the driver", is an entity whose name is empty.
    """
    return _Walk(discourse).run()


class _Walk:
    """One walk through the article, and who has been spoken of so far."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.entities = discourse.entities
        self.recent: dict[int, list[Mention]] = {}
        """The latest mentions of each person, by the entity's id."""
        self.people: dict[int, Entity] = {}
        self.nameless: dict[str, Entity] = {}
        self.introduced: set[int] = set()
        """The ids of those without a name who are nobody spoken of before: *its lawyer*."""
        self.roles = {role for entity in self.entities.all for role in entity.roles}

    def run(self) -> dict[int, Entity]:
        found: dict[int, Entity] = {}
        last_of_name = {name.end - 1: name for name in self.entities.names.all}
        doc = self.discourse.doc
        columns = columns_of(doc)
        for i, (word, tag) in enumerate(zip(columns.lower, columns.tags, strict=True)):
            name = last_of_name.get(i)
            entity: Entity | None = None
            if name is not None:
                entity = self.entities.of[name]
                if not self._may_be_person(entity, doc[i]):
                    continue
            elif word in SINGULAR_PERSON:
                entity = self._own_subject(doc[i]) or self._antecedent(doc[i])
                if entity is not None:
                    found[i] = entity
            elif tag == "NN":
                entity = self._person_by_noun(doc[i])
            if entity is not None:
                self._remember(entity, doc[i])
        return found

    def _remember(self, entity: Entity, token: Token) -> None:
        self.people[id(entity)] = entity
        mentions = self.recent.setdefault(id(entity), [])
        mentions.append(mention_at(token, self.discourse))
        del mentions[:-_REMEMBERED]

    # -- who is spoken of ----------------------------------------------------------------------

    def _may_be_person(self, entity: Entity, token: Token) -> bool:
        """Say whether a name that ends with ``token`` may stand for a person."""
        if entity.bearer is Bearer.UNKNOWN:  # not in "the Platte River employee"
            return phrase_head(token, self.discourse).dep_ != "compound"
        return entity.bearer is Bearer.PERSON

    def _person_by_noun(self, token: Token) -> Entity | None:
        """Return whom a common noun speaks of: "the senator", or somebody without a name.

        Of those without a name only what says something, or what tells its gender, is a person
        for certain.
        """
        word = columns_of(token.doc).lower[token.i]
        gender = name_parts().roles.get(word)
        is_source = self.discourse.attribution_by(token) is not None
        if not (gender or is_source or word in self.roles):
            return None
        phrase = self.discourse.doc[token.left_edge.i : token.i + 1]
        beside = [t for t in token.children if t.dep_ in {"appos", "flat"}]
        if token.dep_ in {"appos", "compound", "nmod:desc"} or any(
            self.entities.head(t) for t in beside
        ):
            return None
        entity = by_role(phrase, token, self.discourse) if word in self.roles else None
        if entity is not None:
            return entity if entity.bearer in (Bearer.PERSON, Bearer.UNKNOWN) else None
        if gender or (is_source and is_person_noun(token)):
            nobody = self.nameless.setdefault(word, Entity("", (), Bearer.PERSON, gender, [0]))
            if _introduces(token):
                self.introduced.add(id(nobody))
            else:
                self.introduced.discard(id(nobody))
            return nobody
        return None

    # -- whom a pronoun stands for -------------------------------------------------------------

    def _antecedent(self, token: Token) -> Entity | None:
        """Return the one who stands out most at ``token``, of those who fit."""
        gender = _gender_of(token)
        sentence, i = self.discourse.sentence, token.i
        n = self.discourse.source_at.get(i)
        said = set() if n is None else self.discourse.contents[n]
        scores: dict[int, float] = {}
        for key, mentions in self.recent.items():
            entity = self.people[key]
            if entity.gender not in (None, gender):
                continue
            topic = _TOPIC * log(max(len(entity.mentions), 1))
            for mention in reversed(mentions):
                distance = self.discourse.distance(mention.token, i)
                if distance > _REACH or sentence[i] - mention.sentence > _FAR:
                    break  # those before are farther
                score = topic + salience(mention, token, distance, self.discourse)
                score += 0.5 if entity.gender is gender else -1.0
                score += 0.5 if entity.bearer is Bearer.PERSON else -3.5
                score -= 1.0 * (not entity.name)
                score -= 2.0 * (mention.token in said)
                scores[key] = max(score, scores.get(key, score))
        if not scores:
            return self._later_subject(token, gender)
        best = max(scores, key=lambda key: scores[key])
        entity = self.people[best]
        if entity.name and any(
            score > scores[best] - _CLEAR and key in self.introduced
            for key, score in scores.items()
        ):
            return None
        entity.gender = entity.gender or gender  # what the first pronoun tells holds from then on
        return entity

    def _own_subject(self, token: Token) -> Entity | None:
        """Return the subject that a possessive before it runs ahead of: "In his speech, Smith"."""
        if token.dep_ != "nmod:poss":
            return None
        gender = _gender_of(token)
        verb = token.head
        while verb.head.i != verb.i and verb.dep_ in _WITHIN_FRONTED:
            verb = verb.head
        for other in verb.children:
            if other.i > token.i and other.dep_ == "nsubj":
                entity = self.entities.head(other)
                return entity if entity is not None and entity.gender is gender else None
        return None

    def _later_subject(self, token: Token, gender: Gender) -> Entity | None:
        """Return the person whom a pronoun in a clause set before runs ahead of."""
        for other in token.sent:
            entity = self.entities.head(other) if other.i > token.i else None
            if entity is not None and other.dep_ == "nsubj" and entity.gender is gender:
                return entity
        return None


def _introduces(noun: Token) -> bool:
    """Does a noun speak of somebody new: *a driver*, *its lawyer*, *the spokesman for the army*?"""
    return any(t.lower_ in _INTRODUCING or t.dep_ in _OWNING for t in noun.children)


def _gender_of(pronoun: Token) -> Gender:
    return Gender.FEMALE if pronoun.lower_ in _FEMALE else Gender.MALE
