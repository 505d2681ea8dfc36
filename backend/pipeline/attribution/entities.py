"""Who bears the names of an article: which names are the same bearer's, and what each is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from backend.pipeline.attribution.names import Bearer, Gender, Name, name_parts, names_of
from backend.pipeline.columns import Columns, columns_of


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
        self.names = names_of(doc)
        self.all: list[Entity] = []
        self._by_last: defaultdict[str, list[Entity]] = defaultdict(list)
        self._by_first: defaultdict[str, list[Entity]] = defaultdict(list)
        self._by_initials: dict[str, Entity] = {}
        self.of: dict[Name, Entity] = {}
        self.at: dict[int, Name] = {}
        for name in self.names.all:
            if len(name.words) > 1:
                self._enter(name)
        for name in self.names.all:
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
        if name.bearer in (Bearer.BODY, Bearer.UNKNOWN) and len(capitals) > 1:
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
            and not (name.titles and e.bearer in (Bearer.BODY, Bearer.PLACE))
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
                if word.lower() in parts.bodies or word.lower() in parts.collectives:
                    others = {w.lower() for w in name.words} - {word.lower()}
                    entity.roles[word.lower()] |= others
        columns = columns_of(self.doc)
        for noun in _role_nouns(columns, name):
            role = columns.lower[noun]
            if role in parts.roles:
                entity.gender = entity.gender or parts.roles[role]
                if entity.bearer is Bearer.UNKNOWN:
                    entity.bearer = Bearer.PERSON
            entity.roles[role] |= {
                columns.lower[i]
                for i in columns.children[noun]
                if i < noun and columns.deps[i] in {"amod", "compound", "nmod:poss"}
            }

    def name_at(self, token: Token) -> Name | None:
        """Return the name that ``token`` is part of, if any."""
        return self.at.get(token.i)

    def head(self, token: Token) -> Entity | None:
        """Return the bearer of the name that ``token`` is part of, if any."""
        name = self.name_at(token)
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
    parts = name_parts()
    beside = parts.suffixes | parts.honours
    core = [word.lower() for word in words if word.lower() not in beside]
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


def _role_nouns(columns: Columns, name: Name) -> Iterator[int]:
    """Yield the common nouns that the sentence gives the bearer of ``name``."""
    parts, deps, children = columns.parts, columns.deps, columns.children
    before = name.start - 1
    if before >= 0 and parts[before] == "NOUN" and columns.tags[before] == "NN" and not name.titles:
        yield before
    inside = range(name.start, name.end)
    for i in inside:
        head = columns.heads[i]
        if head in inside and head != i:
            continue
        for child in children[i]:
            if deps[child] == "appos" and parts[child] == "NOUN":
                yield child
        if parts[head] != "NOUN":
            continue
        if deps[i] in {"appos", "flat"}:
            yield head
        if deps[i] == "nsubj" and any(deps[child] == "cop" for child in children[head]):
            yield head


def join_names(names: Iterable[str]) -> str:
    """Write several names as one would say them: "Anna and Ben", "Anna, Ben and Carl"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
