"""Names in a Doc: where they stand, what they are names of, and which are the same bearer's.

Works on tags and dependencies alone; what the parts of a name tell is in ``rules/names.toml``.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token

RULES_PATH = Path(__file__).parent / "rules" / "names.toml"


_NAME_TAGS = frozenset({"NNP", "NNPS"})


class Gender(Enum):
    """The gender that a title, a given name or a role tells."""

    MALE = "male"
    FEMALE = "female"


class Bearer(Enum):
    """What bears a name, as far as the name itself tells."""

    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NameParts:
    """The words by which names are taken apart, all in lower case."""

    titles: dict[str, Gender | None]
    roles: dict[str, Gender]
    given: dict[str, Gender]
    bodies: frozenset[str]
    collectives: frozenset[str]
    dates: frozenset[str]
    places: frozenset[str]
    person_particles: frozenset[str]
    body_particles: frozenset[str]
    suffixes: frozenset[str]


@cache
def name_parts() -> NameParts:
    """Read the parts of names, once."""
    rules = tomllib.loads(RULES_PATH.read_text("utf-8"))

    def gendered(table: dict[str, list[str]]) -> dict[str, Gender]:
        return {word: gender for gender in Gender for word in table[gender.value]}

    return NameParts(
        titles={**dict.fromkeys(rules["titles"]["any"]), **gendered(rules["titles"])},
        roles=gendered(rules["roles"]),
        given=gendered(rules["given"]),
        bodies=frozenset(rules["bodies"]["words"]),
        collectives=frozenset(rules["bodies"]["collectives"]),
        dates=frozenset(rules["dates"]["words"]),
        places=frozenset(rules["places"]["words"]),
        person_particles=frozenset(rules["particles"]["person"]),
        body_particles=frozenset(rules["particles"]["body"]),
        suffixes=frozenset(rules["particles"]["suffixes"]),
    )


@dataclass(frozen=True, slots=True)
class Name:
    """One occurrence of a name: tokens ``start`` to ``end`` (exclusive), titles and all.

    ``words`` are the name without titles; ``gender`` and ``bearer`` are what it tells by itself.
    """

    start: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    bearer: Bearer
    gender: Gender | None

    @property
    def text(self) -> str:
        """The name as one would write it in a list of sources."""
        return " ".join(self.words)


def find_names(doc: Doc, start: int = 0, end: int | None = None) -> Iterator[Name]:
    """Yield the names among the tokens ``start`` to ``end`` of ``doc``, in order."""
    end = len(doc) if end is None else end
    i = start
    while i < end:
        if _is_part(doc[i]):
            stop = _name_end(doc, i, end)
            yield from _names_in(doc, i, stop)
            i = stop
        else:
            i += 1


def _is_part(token: Token) -> bool:
    if token.tag_ in _NAME_TAGS:
        return token.text[:1].isalnum()
    # "the Commission" within a sentence is a name, whatever its tag.
    return (
        token.tag_ == "NN"
        and token.text[:1].isupper()
        and not token.is_sent_start
        and token.lower_ in name_parts().bodies
    )


def _name_end(doc: Doc, start: int, end: int) -> int:
    """Return where the run of name tokens that begins at ``start`` ends."""
    parts = name_parts()
    stop = start + 1
    has_body = doc[start].lower_ in parts.bodies
    while stop < end:
        token = doc[stop]
        if _is_part(token):
            has_body |= token.lower_ in parts.bodies
            stop += 1
            continue
        if _is_hyphen(token) and stop + 1 < end and doc[stop + 1].is_alpha:
            stop += 2  # the tokenizer parts "Holtz-Eakin"
            continue
        following = _next_part(doc, stop, end)
        if following is None:
            break
        between = [doc[i].lower_ for i in range(stop, following)]
        if not _is_part(doc[following]) and not has_body:
            break
        is_particle = all(word in parts.person_particles for word in between)
        is_body = has_body and all(word in parts.body_particles - {"and"} for word in between)
        # "Securities and Exchange Commission": the first conjunct only describes the second.
        joined = doc[stop - 1].head
        is_joint = (
            between == ["and"]
            and doc[stop - 1].dep_ == "compound"
            and stop < joined.i <= following + 3
            and joined.lower_ in parts.bodies
        )
        if is_particle or (is_body and doc[stop - 1].lower_ not in parts.dates) or is_joint:
            stop = following + 1
            while stop < end and has_body and doc[stop].text.istitle() and doc[stop].is_alpha:
                stop += 1
        else:
            break
    return stop


def _is_hyphen(token: Token) -> bool:
    return token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_


def _next_part(doc: Doc, start: int, end: int) -> int | None:
    """Return the next token with a capital after one or two words that are no part of a name."""
    for i in range(start + 1, min(start + 3, end)):
        if doc[i].text[:1].isupper():
            return i
    return None


def _names_in(doc: Doc, start: int, end: int) -> Iterator[Name]:
    """Take one run of name tokens apart; a run of titles and dates alone is no name."""
    parts = name_parts()
    while end > start and doc[end - 1].lower_ in parts.dates:
        end -= 1
    while start < end and doc[start].lower_ in parts.dates and end - start > 1:
        start += 1
    if start >= end or doc[start].lower_ in parts.dates:
        return
    texts = _joined_at_hyphens(doc, start, end)
    lower = [text.lower() for text in texts]
    is_body = lower[-1] in parts.bodies or any(w in parts.body_particles for w in lower[1:])
    # "the Clinton campaign" is a body that the person's name is part of.
    following = doc[end] if end < len(doc) else None
    if following is not None and following.text in {"'s", "’s", "'", "’"} and end + 1 < len(doc):
        following = doc[end + 1]
    if following is not None and following.lower_ in parts.collectives and not is_body:
        first = _core_start(lower)
        yield Name(start, end, tuple(texts[first:]), tuple(lower[:first]), *_bearer(lower, first))
        words = (*texts[first:], following.lower_)
        yield Name(start, following.i + 1, words, (), Bearer.BODY, None)
        return
    first = 0 if is_body else _core_start(lower)
    if first == len(texts):
        return
    if is_body:
        yield Name(start, end, tuple(texts), (), Bearer.BODY, None)
    else:
        yield Name(start, end, tuple(texts[first:]), tuple(lower[:first]), *_bearer(lower, first))


def _joined_at_hyphens(doc: Doc, start: int, end: int) -> list[str]:
    """Return the words of a name, "Holtz-Eakin" being one."""
    words: list[str] = []
    is_tied = False
    for token in doc[start:end]:
        is_hyphen = bool(words) and _is_hyphen(token)
        if is_tied or is_hyphen:
            words[-1] += token.text
        else:
            words.append(token.text)
        is_tied = is_hyphen
    return words


def _core_start(lower: list[str]) -> int:
    """Return where the name begins after titles and what else stands before a person's name."""
    parts = name_parts()
    first = 0
    for i, word in enumerate(lower[:-1]):
        if word in parts.titles:
            first = i + 1
    for i in range(first + 1, len(lower) - 1):
        before = lower[first:i]
        if lower[i] in parts.given and not any(
            word in parts.given or len(word.rstrip(".")) == 1 for word in before
        ):
            known = parts.bodies | parts.places
            if i - first >= 2 or any(word in known or word in parts.titles for word in before):
                return i
            break
    return first


def _bearer(lower: list[str], first: int) -> tuple[Bearer, Gender | None]:
    parts = name_parts()
    core = [word for word in lower[first:] if word not in parts.suffixes]
    titles = [parts.titles[word] for word in lower[:first] if word in parts.titles]
    gender = next((g for g in titles if g), None)
    if titles:
        if gender is None and len(core) > 1:
            gender = parts.given.get(core[0])
        return Bearer.PERSON, gender
    if core and core[-1] in parts.places and not (len(core) > 1 and core[0] in parts.given):
        return Bearer.PLACE, None
    if len(core) > 1 and core[0] in parts.given:
        return Bearer.PERSON, parts.given[core[0]]
    return Bearer.UNKNOWN, gender


@dataclass(slots=True)
class Entity:
    """One bearer of names in an article.

    ``name`` is the fullest of them; ``roles`` are the common nouns that the article calls it,
    with the words that come with them ("nominee": {"republican"}).
    """

    name: str
    words: tuple[str, ...]
    bearer: Bearer
    gender: Gender | None = None
    mentions: list[int] = field(default_factory=list)
    roles: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def describe(self, name: Name) -> None:
        """Learn from one more name of this bearer."""
        if len(name.words) > len(self.words):
            self.name, self.words = name.text, name.words
        if self.bearer is Bearer.UNKNOWN:
            self.bearer = name.bearer
        self.gender = self.gender or name.gender


class Entities:
    """The bearers of the names of a Doc, and which name is whose."""

    def __init__(self, doc: Doc) -> None:
        """Find the names of ``doc`` and group them by bearer."""
        self.doc = doc
        self.names = list(find_names(doc))
        self.all: list[Entity] = []
        self._by_last: defaultdict[str, list[Entity]] = defaultdict(list)
        self._by_first: defaultdict[str, list[Entity]] = defaultdict(list)
        self._by_initials: dict[str, Entity] = {}
        self.of: dict[Name, Entity] = {}
        self.at: dict[int, Name] = {}
        for name in self.names:
            if len(name.words) > 1:
                self._enter(name)
        for name in self.names:
            entity = self._bearer_of(name)
            entity.mentions.append(name.end - 1)
            self.of[name] = entity
            for i in range(name.start, name.end):
                self.at.setdefault(i, name)
            self._learn_roles(name, entity)

    def _enter(self, name: Name) -> Entity:
        key = _surname(name.words)
        for entity in self._by_last[key]:
            if _same_name(entity, name):
                entity.describe(name)
                return entity
        entity = Entity(name.text, name.words, name.bearer, name.gender)
        self.all.append(entity)
        self._by_last[key].append(entity)
        self._by_first[name.words[0].lower()].append(entity)
        capitals = "".join(w[0] for w in name.words if w[0].isupper())
        if name.bearer in {Bearer.BODY, Bearer.UNKNOWN} and len(capitals) > 1:
            self._by_initials.setdefault(capitals, entity)
        return entity

    def _bearer_of(self, name: Name) -> Entity:
        if len(name.words) > 1:
            return self._enter(name)
        word = name.words[0]
        candidates = [
            e
            for e in self._by_last[word.lower()]
            if e.bearer is not Bearer.BODY or word.lower() in name_parts().bodies
        ] or [
            # A person by the given name, or a body by the first word of its name.
            e
            for e in self._by_first[word.lower()]
            if name.bearer is not Bearer.PLACE
        ]
        fits = [
            e
            for e in candidates
            if not (name.gender and e.gender and name.gender is not e.gender)
            and not (name.titles and e.bearer in {Bearer.BODY, Bearer.PLACE})
        ]
        if not fits:
            initials = word.replace(".", "")
            if initials.isupper() and initials in self._by_initials:
                fits = [self._by_initials[initials]]
        if fits:
            entity = _most_likely(fits, name.start)
            entity.describe(name)
            return entity
        return self._enter(name)

    def _learn_roles(self, name: Name, entity: Entity) -> None:
        parts = name_parts()
        for title in name.titles:
            entity.roles[_TITLE_NOUNS.get(title, title)] |= set(name.titles) - {title}
        if name.bearer is Bearer.BODY:
            for word in name.words:
                if word.lower() in parts.bodies | parts.collectives:
                    others = {w.lower() for w in name.words} - {word.lower()}
                    entity.roles[word.lower()] |= others
        for noun in _role_nouns(self.doc, name):
            lemma = noun.lower_
            if lemma in parts.roles:
                entity.gender = entity.gender or parts.roles[lemma]
                if entity.bearer is Bearer.UNKNOWN:
                    entity.bearer = Bearer.PERSON
            entity.roles[lemma] |= {
                t.lower_ for t in noun.lefts if t.dep_ in {"amod", "compound", "nmod:poss"}
            }

    def head(self, token: Token) -> Entity | None:
        """Return the bearer of the name that ``token`` is part of, if any."""
        name = self.at.get(token.i)
        return self.of[name] if name else None


_TITLE_NOUNS = {
    "sen": "senator",
    "sen.": "senator",
    "gov": "governor",
    "gov.": "governor",
    "rep": "representative",
    "rep.": "representative",
    "gen": "general",
    "gen.": "general",
    "prof": "professor",
    "prof.": "professor",
    "dr": "doctor",
    "dr.": "doctor",
    "ceo": "ceo",
}


def _surname(words: tuple[str, ...]) -> str:
    suffixes = name_parts().suffixes
    core = [word.lower() for word in words if word.lower() not in suffixes]
    return core[-1] if core else words[-1].lower()


def _same_name(entity: Entity, name: Name) -> bool:
    """Say whether two names with the same last word can be one bearer's."""
    one, other = ([w.lower() for w in words] for words in (entity.words, name.words))
    if one == other:
        return True
    if Bearer.BODY in {entity.bearer, name.bearer}:
        short, long = sorted((one, other), key=len)
        return long[-len(short) :] == short and len(short) > 1
    if len(one) == 1 or len(other) == 1:
        return not (entity.gender and name.gender and entity.gender is not name.gender)
    first, second = one[0].rstrip("."), other[0].rstrip(".")
    return first == second or (
        min(len(first), len(second)) == 1 and first[0] == second[0] and len(one) != len(other)
    )


def _most_likely(entities: list[Entity], position: int) -> Entity:
    """Choose whom a short name stands for: the one much named, else the one last named."""
    if len(entities) == 1:
        return entities[0]
    counts = sorted((len(e.mentions) for e in entities), reverse=True)
    if counts[0] >= 2 * counts[1] and counts[0]:
        return max(entities, key=lambda e: len(e.mentions))
    return max(entities, key=lambda e: max((m for m in e.mentions if m < position), default=-1))


def _role_nouns(doc: Doc, name: Name) -> Iterator[Token]:
    """Yield the common nouns that the sentence gives the bearer of ``name``."""
    if name.start and doc[name.start - 1].pos_ == "NOUN" and not name.titles:
        before = doc[name.start - 1]
        if before.tag_ == "NN":
            yield before
    inside = range(name.start, name.end)
    for i in inside:
        token = doc[i]
        if token.head.i in inside and token.head.i != i:
            continue
        for child in token.children:
            if child.dep_ == "appos" and child.pos_ == "NOUN":
                yield child
        if token.dep_ in {"appos", "flat"} and token.head.pos_ == "NOUN":
            yield token.head
        if (
            token.dep_ == "nsubj"
            and token.head.pos_ == "NOUN"
            and any(c.dep_ == "cop" for c in token.head.children)
        ):
            yield token.head


def join_names(names: Iterable[str]) -> str:
    """Write several names as one would say them: "Anna and Ben", "Anna, Ben and Carl"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
