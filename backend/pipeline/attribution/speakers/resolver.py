"""What a source stands for, by the kind of its words: a phrase, "he", "I", "who", "it", "they"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from backend.pipeline.attribution.entities import join_names
from backend.pipeline.attribution.names import Bearer, name_parts
from backend.pipeline.attribution.sources import (
    FIRST_PERSON,
    PLURAL,
    RELATIVE,
    SINGULAR_PERSON,
    THING,
    head_of,
    is_document,
    kind_of,
    source_pronoun,
)
from backend.pipeline.attribution.speakers.discourse import SUBJECTS, Discourse
from backend.pipeline.attribution.speakers.persons import antecedents
from backend.pipeline.attribution.speakers.phrases import by_role, named_in
from backend.pipeline.marks import SourceKind

_WITHIN_PHRASE = frozenset({"nmod", "appos", "flat", "compound", "nmod:desc"})
_DEPTH = 4
"""How many pronouns may lead from one to the next ("I" in a quotation by "she")."""


@dataclass(frozen=True, slots=True)
class Who:
    """What a source stands for: a name or none, and the kind of source that makes it."""

    name: str | None
    kind: SourceKind


class Resolver:
    """Resolves the sources of one article."""

    def __init__(self, discourse: Discourse) -> None:
        """Find the antecedents of its pronouns of persons, which depend on each other."""
        self.discourse = discourse
        self.doc = discourse.doc
        self.entities = discourse.entities
        self.person_at = antecedents(discourse)

    def resolve(self, n: int, depth: int = 0) -> Who:
        """Return whom the source of attribution ``n`` stands for."""
        attribution = self.discourse.attributions[n]
        source = attribution.source
        if source is None or depth > _DEPTH:
            return Who(None, attribution.source_kind)
        pronoun = source_pronoun(source)
        token = head_of(source)
        if pronoun in SINGULAR_PERSON:
            return self._person(token)
        if pronoun in FIRST_PERSON:
            return self._first_person(n, token, depth)
        if pronoun in RELATIVE:
            return self._relative(token)
        if pronoun in PLURAL or pronoun in THING:
            return self._earlier_noun(n, token, pronoun in PLURAL, depth)
        return self._phrase(source, attribution.source_kind)

    def _person(self, pronoun: Token) -> Who:
        """Return whom a pronoun of a person stands for; one that fits nobody still has a name."""
        entity = self.person_at.get(pronoun.i)
        if entity is None or entity.name:
            return Who(entity.name if entity else None, SourceKind.NAMED)
        return Who(None, SourceKind.DESCRIBED)

    def _phrase(self, source: Span, kind: SourceKind) -> Who:
        head = head_of(source)
        entities = named_in(source, head, self.discourse)
        if entities and kind is not SourceKind.VAGUE:
            return Who(join_names(entity.name for entity in entities), SourceKind.NAMED)
        entity = by_role(source, head, self.discourse)
        if entity is not None:
            return Who(entity.name, SourceKind.NAMED)
        return Who(None, kind)

    def _noun(self, noun: Token, before: int) -> Who:
        """Return what the phrase around ``noun``, as far as the token ``before``, stands for."""
        start = min(max(noun.left_edge.i, 0), noun.i)
        end = min(noun.right_edge.i + 1, before) if before > noun.i else noun.right_edge.i + 1
        phrase = self.doc[start : max(end, noun.i + 1)]
        kind = kind_of(phrase, self.entities.names)
        return self._person(noun) if source_pronoun(phrase) else self._phrase(phrase, kind)

    # -- "I" -----------------------------------------------------------------------------------

    def _first_person(self, n: int, token: Token, depth: int) -> Who:
        """In a quotation, "I" is who is quoted; elsewhere it is the writer, who signs."""
        for m, other in enumerate(self.discourse.attributions):
            if m != n and other.source is not None and token.i in self.discourse.contents[m]:
                return self.resolve(m, depth + 1)
        return Who(None, SourceKind.NAMED)

    # -- "who" ---------------------------------------------------------------------------------

    def _relative(self, token: Token) -> Who:
        """Return whom "who" stands for: what its clause describes."""
        verb = token
        while verb.dep_ not in {"acl:relcl", "acl", "ROOT"}:
            verb = verb.head
        noun = verb.head if verb.dep_ != "ROOT" else self.doc[max(token.i - 1, 0)]
        if noun.is_punct and noun.i:
            noun = self.doc[noun.i - 1]
        entity = self.entities.head(noun)
        if token.lower_ == "who" and entity is not None and entity.bearer is not Bearer.PERSON:
            noun = self._person_above(noun) or self._with_place(noun)
        return self._noun(noun, token.i)

    def _person_above(self, noun: Token) -> Token | None:
        """Return the name of the person whom a body describes: *Ann Lee of the Met, who …*."""
        while noun.dep_ in _WITHIN_PHRASE and noun.head.i < noun.i:
            noun = noun.head
            entity = self.entities.head(noun)
            if entity is not None and entity.bearer is Bearer.PERSON:
                return noun
        return None

    @staticmethod
    def _with_place(place: Token) -> Token:
        """Return the noun of the people that a place or body is said of.

        *Democrats on Capitol Hill, who …*, whether the parser hangs the place on them or on the
        verb.
        """
        above = place.head
        if place.dep_ == "nmod" or above.pos_ in {"NOUN", "PROPN"}:
            return above
        people = [t for t in above.children if t.i < place.i and t.dep_ in {"obj", "nsubj", "obl"}]
        return people[-1] if people else place

    # -- "it" and "they" -----------------------------------------------------------------------

    def _earlier_noun(self, n: int, token: Token, is_plural: bool, depth: int) -> Who:
        """Return what "it" or "they" stands for: the nearest subject or source that fits."""
        sentence, contents = self.discourse.sentence, self.discourse.contents
        # What somebody is reported to have said is less in the reader's mind.
        reported = [said for said in contents if token.i not in said]
        for skip_reported in (True, False):
            for i in range(token.i - 1, -1, -1):
                if sentence[token.i] - sentence[i] > 2:
                    break
                if i in contents[n] or not self._may_stand_for(i, token, is_plural):
                    continue
                if skip_reported and any(i in said for said in reported):
                    continue
                m = self.discourse.attribution_by(self.doc[i])
                who = None
                if m is not None and m != n:
                    who = self.resolve(m, depth + 1)
                elif self.doc[i].pos_ != "PRON":
                    who = self._noun(self.doc[i], token.i)
                if who is not None:
                    is_clear = is_plural or not self._speaks_of_document(i, token)
                    return who if is_clear else replace(who, name=None)
        return Who(None, SourceKind.DESCRIBED if is_plural else SourceKind.NAMED)

    def _speaks_of_document(self, subject: int, token: Token) -> bool:
        """Is a text the object of ``subject``'s verb: *The BBC showed a film. It claims …*?"""
        objects = self.doc[subject].head.rights
        return any(
            t.dep_ == "obj" and t.tag_ == "NN" and t.i < token.i and is_document(t) for t in objects
        )

    def _may_stand_for(self, i: int, token: Token, is_plural: bool) -> bool:
        earlier = self.doc[i]
        quotation = self.discourse.quotation
        return (
            (earlier.dep_ in SUBJECTS or i in self.discourse.source_at)
            and earlier.pos_ in {"NOUN", "PROPN", "PRON"}
            and quotation[i] in {-1, quotation[token.i]}
            and self._agrees(earlier, is_plural)
        )

    def _agrees(self, token: Token, is_plural: bool) -> bool:
        entity = self.entities.head(token)
        if entity is not None and entity.bearer in (Bearer.BODY, Bearer.PLACE):
            return not is_plural
        joined = any(child.dep_ == "conj" for child in token.children)
        if is_plural:
            return joined or token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"they", "people"}
        if joined or token.tag_ in {"NNS", "NNPS"} or token.lower_ in SINGULAR_PERSON | PLURAL:
            return False
        if entity is not None:
            return entity.bearer is not Bearer.PERSON
        if token.pos_ == "PRON":
            return token.lower_ in THING
        return token.lower_ not in name_parts().roles and token.lower_ not in name_parts().titles
