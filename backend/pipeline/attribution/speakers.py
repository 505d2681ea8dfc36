"""The component "hearsay_speakers": the fullest name in the article of who a source is.

No coreference model is at hand, so that this is rules over syntax, in the manner of Lappin &
Leass (1994): each pronoun goes to the fitting name that stands out most just then, and where no
name fits, to none. A source that stands for a name is ``named``; a pronoun that stands for a
phrase without one has that phrase's kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from backend.pipeline.attribution.entities import Entities, Entity, join_names
from backend.pipeline.attribution.names import Bearer, Gender, Name, name_parts
from backend.pipeline.attribution.sources import (
    FIRST_PERSON,
    PLURAL,
    RELATIVE,
    SINGULAR_PERSON,
    THING,
    apposed_name,
    head_of,
    is_document,
    is_person_noun,
    kind_of,
    source_pronoun,
)
from backend.pipeline.marks import Attribution, SourceKind
from backend.pipeline.paragraphs import paragraph_bounds
from backend.pipeline.quotations import SPAN_KEY

_JOINTS = frozenset({"and", "&", ",", "both", "the", "as", "well"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
_MODIFYING = frozenset({"nmod:poss", "nmod", "compound", "amod"})
_WITHIN_FRONTED = frozenset({"nmod", "obl", "obj", "advcl", "acl", "obl:unmarked", "conj", "amod"})
"""Relations from a possessive up to the verb of *counter to his reputation, Smith …*."""
_REACH = 6
"""How many sentences back a pronoun's name may stand."""
_FAR = 40
"""How many, those of quotations between included."""
_TOPIC = 0.25
"""What an article's much named persons have before the others, per e-fold of their mentions."""
_REMEMBERED = 6
"""How many mentions of each person are weighed."""
_DEPTH = 4
"""How many pronouns may lead from one to the next ("I" in a quotation by "she")."""


@Language.factory(
    "hearsay_speakers", assigns=["doc._.attributions"], requires=["doc._.attributions"]
)
def create(nlp: Language, name: str) -> SpeakersComponent:
    """Create the component."""
    return SpeakersComponent()


class SpeakersComponent:
    """Fill ``speaker``, and ``source_kind`` where the speaker decides it."""

    def __call__(self, doc: Doc) -> Doc:
        """Replace each attribution by one with its speaker."""
        attributions: Sequence[Attribution] = doc._.attributions
        if not attributions:
            return doc
        resolver = _Resolver(doc, attributions)
        filled = []
        for n, attribution in enumerate(attributions):
            if attribution.source is None:
                filled.append(attribution)
                continue
            who = resolver.resolve(n)
            filled.append(replace(attribution, speaker=who.name, source_kind=who.kind))
        doc._.attributions = tuple(filled)
        return doc


@dataclass(frozen=True, slots=True)
class Who:
    """What a source stands for: a name or none, and the kind of source that makes it."""

    name: str | None
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place where the article speaks of a named person: by name or by pronoun."""

    token: int
    sentence: int
    quotation: int
    is_subject: bool
    is_source: bool
    is_modifier: bool


class _Resolver:
    def __init__(self, doc: Doc, attributions: Sequence[Attribution]) -> None:
        self.doc = doc
        self.attributions = attributions
        self.entities = Entities(doc)
        self.sentence = _sentence_numbers(doc)
        self.quotation = _quotation_numbers(doc)
        self.paragraph = _paragraph_numbers(doc)
        self.told = _told_sentence_numbers(doc, self.quotation)
        self.source_at = {
            i: n
            for n, attribution in enumerate(attributions)
            if attribution.source is not None
            for i in range(attribution.source.start, attribution.source.end)
        }
        self.contents = {
            n: {i for span in attribution.content for i in range(span.start, span.end)}
            for n, attribution in enumerate(attributions)
        }
        self._judge_bearers()
        self.person_at = self._resolve_persons()

    def resolve(self, n: int, depth: int = 0) -> Who:
        """Return whom the source of attribution ``n`` stands for."""
        attribution = self.attributions[n]
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

    # -- phrases -------------------------------------------------------------------------------

    def _phrase(self, source: Span, kind: SourceKind) -> Who:
        head = head_of(source)
        entities = self._named_in(source, head)
        if entities and kind is not SourceKind.VAGUE:
            return Who(join_names(entity.name for entity in entities), SourceKind.NAMED)
        entity = self._by_role(source, head)
        if entity is not None:
            return Who(entity.name, SourceKind.NAMED)
        return Who(None, kind)

    def _named_in(self, source: Span, head: Token) -> list[Entity]:
        """Return whom the phrase names: its head, those joined to it, or the name beside it."""
        first = self.entities.name_at(head)
        if first is not None:
            return self._joined(source, head, first)
        names = self.entities.names.within(source.start, source.end)
        name = apposed_name(source, head, names)
        if name is not None:
            return [self.entities.of[name]]
        if head.pos_ in {"VERB", "AUX"} and names:
            return [self.entities.of[names[0]]]
        return []

    def _joined(self, source: Span, head: Token, first: Name) -> list[Entity]:
        """Return the bearer of ``first`` with those that the phrase joins to it.

        Only "and" and commas stand between these: in "Anna Weiss, director of the Met, and a
        professor at Yale" one person is named.
        """
        found = [self.entities.of[first]]
        end = first.end
        for token in sorted(head.children, key=lambda t: t.i):
            name = self.entities.name_at(token)
            if token.dep_ != "conj" or token not in source or name is None or name.start < end:
                continue
            between = self.doc[end : name.start]
            if not all(t.lower_ in _JOINTS or t.lower_ in name_parts().titles for t in between):
                break
            entity = self.entities.of[name]
            if all(entity is not other for other in found):
                found.append(entity)
            end = name.end
        return found

    def _by_role(self, source: Span, head: Token) -> Entity | None:
        """Return whom a definite phrase stands for: "the senator", "his ex-wife"."""
        left = [t for t in head.lefts if t in source]
        is_definite = any(t.lower_ == "the" or t.dep_ == "nmod:poss" for t in left)
        if not is_definite or head.tag_ == "NNS" or is_document(head):
            return None
        if any(t.dep_ == "conj" for t in head.children):
            return None
        modifiers = {
            t.lower_
            for t in left
            if t.dep_ in {"amod", "compound", "nmod:poss"} and t.pos_ != "PRON"
        }
        candidates = [e for e in self.entities.all if head.lower_ in e.roles]
        earlier = [e for e in candidates if any(m < source.end for m in e.mentions)]
        candidates = earlier or candidates
        if modifiers:
            fitting = [e for e in candidates if e.roles[head.lower_] & modifiers]
            candidates = fitting or [
                e for e in candidates if not _contradicts(modifiers, e.roles[head.lower_])
            ]
        if len(candidates) == 1:
            return candidates[0]
        return self._standing_out(candidates, source.start)

    def _standing_out(self, candidates: list[Entity], position: int) -> Entity | None:
        """Return the one of several that is named just before, or much more than the others."""
        if not candidates:
            return None
        counts = sorted(((len(e.mentions), i) for i, e in enumerate(candidates)), reverse=True)
        if counts[0][0] >= 2 * counts[1][0]:
            return candidates[counts[0][1]]
        near = [
            e
            for e in candidates
            if any(
                m < position and self.sentence[position] - self.sentence[m] <= 1 for m in e.mentions
            )
        ]
        return near[0] if len(near) == 1 else None

    # -- pronouns for persons ------------------------------------------------------------------

    def _judge_bearers(self) -> None:
        """Take a bearer that says something, and shows no sign of a body, for a person."""
        parts = name_parts()
        for name, entity in self.entities.of.items():
            if entity.bearer is not Bearer.UNKNOWN:
                continue
            if any(word.lower() in parts.bodies for word in entity.words) or entity.name.isupper():
                entity.bearer = Bearer.BODY
                continue
            token = self.doc[name.end - 1]
            has_article = name.start > 0 and self.doc[name.start - 1].lower_ == "the"
            if has_article:
                entity.bearer = Bearer.BODY
            elif self.source_at.get(token.i) is not None:
                entity.bearer = Bearer.PERSON

    def _resolve_persons(self) -> dict[int, Entity]:
        """Go through the text once and give each pronoun of a person its name, where one fits."""
        recent: dict[int, list[_Mention]] = {}
        people: dict[int, Entity] = {}
        found: dict[int, Entity] = {}
        nameless: dict[str, Entity] = {}
        last_of_name = {name.end - 1: name for name in self.entities.names.all}
        roles = {role for entity in self.entities.all for role in entity.roles}
        for token in self.doc:
            name = last_of_name.get(token.i)
            entity: Entity | None = None
            if name is not None:
                entity = self.entities.of[name]
                if not self._may_be_person(entity, token):
                    continue
            elif token.lower_ in SINGULAR_PERSON:
                entity = self._own_subject(token) or self._antecedent(token, recent, people)
                if entity is not None:
                    found[token.i] = entity
            elif token.tag_ == "NN":
                entity = self._person_by_noun(token, roles, nameless)
            if entity is not None:
                people[id(entity)] = entity
                mentions = recent.setdefault(id(entity), [])
                mentions.append(self._mention(token))
                del mentions[:-_REMEMBERED]
        return found

    def _may_be_person(self, entity: Entity, token: Token) -> bool:
        """Say whether a name that ends with ``token`` may stand for a person."""
        if entity.bearer is Bearer.UNKNOWN:
            return self._phrase_head(token).dep_ != "compound"  # "the Platte River employee"
        return entity.bearer is Bearer.PERSON

    def _person_by_noun(
        self, token: Token, roles: set[str], nameless: dict[str, Entity]
    ) -> Entity | None:
        """Return whom a common noun speaks of: "the senator", or somebody without a name.

        Of those without a name only what says something, or what tells its gender, is a person
        for certain.
        """
        gender = name_parts().roles.get(token.lower_)
        n = self.source_at.get(token.i)
        is_source = n is not None and head_of(self._source(n)).i == token.i
        if not (gender or is_source or token.lower_ in roles):
            return None
        phrase = self.doc[token.left_edge.i : token.i + 1]
        beside = [t for t in token.children if t.dep_ in {"appos", "flat"}]
        if token.dep_ in {"appos", "compound", "nmod:desc"} or any(
            self.entities.head(t) for t in beside
        ):
            return None
        entity = self._by_role(phrase, token) if token.lower_ in roles else None
        if entity is not None:
            return entity if entity.bearer in {Bearer.PERSON, Bearer.UNKNOWN} else None
        if gender or (is_source and is_person_noun(token)):
            return nameless.setdefault(token.lower_, Entity("", (), Bearer.PERSON, gender, [0]))
        return None

    def _mention(self, token: Token) -> _Mention:
        head = self._phrase_head(token)
        return _Mention(
            token=token.i,
            sentence=self.sentence[token.i],
            quotation=self.quotation[token.i],
            is_subject=head.dep_ in _SUBJECTS,
            is_source=token.i in self.source_at,
            is_modifier=head.dep_ in _MODIFYING,
        )

    def _phrase_head(self, token: Token) -> Token:
        """Return the word by which a name depends on the sentence, its titles passed over."""
        head, name = token, self.entities.name_at(token)
        while head.head.i != head.i and (
            head.dep_ in {"flat", "appos", "nmod:desc"}
            or (name is not None and name.start <= head.head.i < name.end)
        ):
            head = head.head
        return head

    def _antecedent(
        self, token: Token, recent: dict[int, list[_Mention]], people: dict[int, Entity]
    ) -> Entity | None:
        gender = Gender.FEMALE if token.lower_ in _FEMALE else Gender.MALE
        own = self._own_content(token)
        best: tuple[float, int] | None = None
        for key, mentions in recent.items():
            entity = people[key]
            if entity.gender not in {None, gender}:
                continue
            topic = _TOPIC * log(max(len(entity.mentions), 1))
            for mention in mentions:
                if self.sentence[token.i] - mention.sentence > _FAR:
                    continue
                distance = self._distance(mention.token, token.i)
                if distance > _REACH:
                    continue
                score = topic + self._salience(mention, token, distance)
                score += 0.5 if entity.gender is gender else -1.0
                score += 0.5 if entity.bearer is Bearer.PERSON else -3.5
                score -= 1.0 * (not entity.name)
                score -= 2.0 * (mention.token in own)
                if best is None or score > best[0]:
                    best = score, key
        if best is None:
            return self._later_subject(token, gender)
        entity = people[best[1]]
        entity.gender = entity.gender or gender  # what the first pronoun tells holds from then on
        return entity

    def _salience(self, mention: _Mention, pronoun: Token, distance: int) -> float:
        """Return how much the one of ``mention`` is in the reader's mind at ``pronoun``.

        The weights are fitted to pronouns of PolNeAR's train articles whose gender alone tells
        whose they are, without that gender.
        """
        i, n = mention.token, pronoun.i
        return (
            0.001 * i / max(n, 1)  # else the later one
            - distance
            + 0.5 * (distance == 0)
            + 1.0 * (self.paragraph[i] == self.paragraph[n])
            + 0.25 * mention.is_subject
            + 0.5 * (mention.is_subject and pronoun.dep_ in _SUBJECTS)
            + 1.0 * (mention.is_source and n in self.source_at)
            - 0.5 * mention.is_modifier
            - 1.0 * (mention.quotation not in {-1, self.quotation[n]})
        )

    def _distance(self, earlier: int, later: int) -> int:
        """Return how many sentences lie between; a quotation of several takes none in the telling.

        *“… . … . …,” he added*: the name in the sentence before the quotation is near.
        """
        number = self.sentence if self.quotation[later] >= 0 else self.told
        return number[later] - number[earlier]

    def _own_subject(self, token: Token) -> Entity | None:
        """Return the subject that a possessive before it runs ahead of: "In his speech, Smith"."""
        if token.dep_ != "nmod:poss":
            return None
        gender = Gender.FEMALE if token.lower_ in _FEMALE else Gender.MALE
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

    def _own_content(self, token: Token) -> set[int]:
        """Return the tokens that ``token``, as a source, is said to have said."""
        n = self.source_at.get(token.i)
        return set() if n is None else self.contents[n]

    # -- other pronouns ------------------------------------------------------------------------

    def _first_person(self, n: int, token: Token, depth: int) -> Who:
        """In a quotation, "I" is who is quoted; elsewhere it is the writer, who signs."""
        for m, other in enumerate(self.attributions):
            if m == n or other.source is None:
                continue
            if any(span.start <= token.i < span.end for span in other.content):
                return self.resolve(m, depth + 1)
        return Who(None, SourceKind.NAMED)

    def _relative(self, token: Token) -> Who:
        """Return whom "who" stands for: what its clause describes."""
        verb = token
        while verb.dep_ not in {"acl:relcl", "ROOT"}:
            verb = verb.head
        noun = verb.head if verb.dep_ == "acl:relcl" else self.doc[max(token.i - 1, 0)]
        if noun.is_punct and noun.i:
            noun = self.doc[noun.i - 1]
        entity = self.entities.head(noun)
        if token.lower_ == "who" and entity is not None and entity.bearer is not Bearer.PERSON:
            noun = self._with_place(noun)
        return self._noun(noun, token.i)

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

    def _noun(self, noun: Token, before: int) -> Who:
        """Return what the phrase around ``noun``, as far as the token ``before``, stands for."""
        start = min(max(noun.left_edge.i, 0), noun.i)
        end = min(noun.right_edge.i + 1, before) if before > noun.i else noun.right_edge.i + 1
        phrase = self.doc[start : max(end, noun.i + 1)]
        kind = kind_of(phrase, self.entities.names)
        return self._person(noun) if source_pronoun(phrase) else self._phrase(phrase, kind)

    def _earlier_noun(self, n: int, token: Token, is_plural: bool, depth: int) -> Who:
        """Return what "it" or "they" stands for: the nearest subject or source that fits."""
        around = {m for m, contents in self.contents.items() if token.i in contents}
        for skip_reported in (True, False):
            for i in range(token.i - 1, -1, -1):
                if self.sentence[token.i] - self.sentence[i] > 2:
                    break
                if i in self.contents.get(n, ()) or not self._may_stand_for(i, token, is_plural):
                    continue
                # What somebody is reported to have said is less in the reader's mind.
                if skip_reported and any(
                    i in contents for m, contents in self.contents.items() if m not in around
                ):
                    continue
                m = self.source_at.get(i)
                if m is not None and m != n and head_of(self._source(m)).i == i:
                    return self.resolve(m, depth + 1)
                if self.doc[i].pos_ != "PRON":
                    return self._noun(self.doc[i], token.i)
        return Who(None, SourceKind.DESCRIBED if is_plural else SourceKind.NAMED)

    def _may_stand_for(self, i: int, token: Token, is_plural: bool) -> bool:
        earlier = self.doc[i]
        return (
            (earlier.dep_ in _SUBJECTS or i in self.source_at)
            and earlier.pos_ in {"NOUN", "PROPN", "PRON"}
            and self.quotation[i] in {-1, self.quotation[token.i]}
            and self._agrees(earlier, is_plural)
        )

    def _source(self, n: int) -> Span:
        source = self.attributions[n].source
        assert source is not None
        return source

    def _agrees(self, token: Token, is_plural: bool) -> bool:
        entity = self.entities.head(token)
        if entity is not None and entity.bearer in {Bearer.BODY, Bearer.PLACE}:
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


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers, number = [], 0
    for token in doc:
        number += bool(token.is_sent_start)
        numbers.append(number)
    return numbers


def _paragraph_numbers(doc: Doc) -> list[int]:
    numbers = [0] * len(doc)
    for number, (start, end) in enumerate(paragraph_bounds(doc)):
        numbers[start:end] = [number] * (end - start)
    return numbers


def _told_sentence_numbers(doc: Doc, quotation: Sequence[int]) -> list[int]:
    """Number the sentences that are not within one quotation as a whole."""
    numbers, number = [], 0
    for sentence in doc.sents:
        inside = {quotation[t.i] for t in sentence if not (t.is_punct or t.is_space)}
        number += inside == {-1} or len(inside) != 1
        numbers += [number] * len(sentence)
    return numbers


def _quotation_numbers(doc: Doc) -> list[int]:
    """Return for each token the outermost quotation that it stands in, or -1."""
    numbers = [-1] * len(doc)
    for n, quotation in enumerate(doc.spans.get(SPAN_KEY, ())):
        for i in range(quotation.start, quotation.end):
            if numbers[i] < 0:
                numbers[i] = n
    return numbers
