"""Names in a Doc: where they stand, what they are names of, and which are the same bearer's.

Works on tags and dependencies alone; what the parts of a name tell is in ``rules/names.toml``.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token

from backend.pipeline.attribution.word_lists import listed, singular
from backend.pipeline.columns import columns_of

RULES_PATH = Path(__file__).parent / "rules" / "names.toml"


_NAME_TAGS = frozenset({"NNP", "NNPS"})
_PRONOUN_TAGS = frozenset({"PRP", "PRP$"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


PRONOUNS = frozenset(
    """
    i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his
    himself she her hers herself it its itself they them their theirs themselves one oneself 's
    """.split()  # noqa: SIM905
)


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
    initial: frozenset[str]
    ranks: frozenset[str]
    roles: dict[str, Gender]
    given: dict[str, Gender]
    bodies: frozenset[str]
    businesses: frozenset[str]
    media: frozenset[str]
    collectives: frozenset[str]
    dates: frozenset[str]
    places: frozenset[str]
    peoples: frozenset[str]
    person_particles: frozenset[str]
    body_particles: frozenset[str]
    suffixes: frozenset[str]
    honours: frozenset[str]


@cache
def name_parts() -> NameParts:
    """Read the parts of names, once."""
    rules = tomllib.loads(RULES_PATH.read_text("utf-8"))

    def gendered(table: dict[str, list[str]]) -> dict[str, Gender]:
        return {word: gender for gender in Gender for word in table[gender.value]}

    return NameParts(
        titles={
            **dict.fromkeys(rules["titles"]["any"] + rules["titles"]["initial"]),
            **gendered(rules["titles"]),
        },
        initial=frozenset(rules["titles"]["initial"]),
        ranks=frozenset(rules["ranks"]["words"]),
        roles=gendered(rules["roles"]),
        given=gendered(rules["given"]),
        bodies=frozenset(rules["bodies"]["words"]),
        businesses=frozenset(rules["bodies"]["businesses"]),
        media=frozenset(rules["bodies"]["media"]),
        collectives=frozenset(rules["bodies"]["collectives"]),
        dates=frozenset(rules["dates"]["words"]),
        places=frozenset(rules["places"]["words"]),
        peoples=frozenset(rules["peoples"]["words"]),
        person_particles=frozenset(rules["particles"]["person"]),
        body_particles=frozenset(rules["particles"]["body"]),
        suffixes=frozenset(rules["particles"]["suffixes"]),
        honours=frozenset(rules["particles"]["honours"]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """One occurrence of a name: tokens ``start`` to ``end`` (exclusive), titles and all.

    ``words`` are the name without titles; ``gender`` and ``bearer`` are what it tells by itself.
    Each is equal to none but itself.
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


class Names:
    """The names of a Doc, in order."""

    def __init__(self, doc: Doc) -> None:
        """Find them."""
        found = list(_find_names(doc, _parts(doc, _known_words(doc))))
        surnames = {
            name.words[-1].lower()
            for name in found
            if len(name.words) > 1 and not _is_title_or_people(doc, name, ())
        }
        self.all = [
            name
            for name in found
            if not _is_title_or_people(doc, name, surnames)
            and not _only_begins_a_sentence(doc, name, surnames)
        ]
        self._starts = [name.start for name in self.all]
        self._ends = [name.end for name in self.all]

    def within(self, start: int, end: int) -> list[Name]:
        """Return the names that have a token between ``start`` and ``end`` (exclusive)."""
        return self.all[bisect_right(self._ends, start) : bisect_left(self._starts, end)]


Doc.set_extension("names", default=None, force=True)


def names_of(doc: Doc) -> Names:
    """Return the names of ``doc``, which has been tagged; they are found once."""
    names: Names | None = doc._.names
    if names is None:
        names = doc._.names = Names(doc)
    return names


def _known_words(doc: Doc) -> set[str]:
    """Return the capitalized words that ``doc`` uses as names, more often than otherwise."""
    columns = columns_of(doc)
    in_lower_case = set(filter(str.islower, columns.words))
    as_name: Counter[str] = Counter()
    for text, tag in zip(columns.words, columns.tags, strict=True):
        if text[:1].isupper():
            as_name[text] += 1 if tag in _NAME_TAGS else -1
    return {
        word for word, count in as_name.items() if count > 0 and word.lower() not in in_lower_case
    }


def _is_title_or_people(doc: Doc, name: Name, surnames: Collection[str]) -> bool:
    """Say whether words with capitals are no name: "the President", "House Republicans"."""
    parts = name_parts()
    *before, last = (word.lower() for word in name.words)
    is_people = last in parts.peoples or last.removesuffix("s") in parts.peoples
    if before:
        where = (parts.places, parts.bodies, parts.peoples)
        return is_people and (
            last not in parts.peoples
            or all(any(word in words for words in where) for word in before)
        )
    if last in surnames or last in parts.bodies or not parts.ranks.issuperset(name.titles):
        return False
    is_title = last in parts.titles or last in parts.roles
    return is_title or is_people or doc[name.start].tag_ == "NNPS"


def _only_begins_a_sentence(doc: Doc, name: Name, surnames: Collection[str]) -> bool:
    """Say whether the "name" is a common noun with the capital of a sentence: "Police"."""
    word = columns_of(doc).lower[name.start]
    if name.end != name.start + 1 or word in surnames or not doc[name.start].is_sent_start:
        return False
    lists = ("collective", "document", "everybody", "indefinite", "nameless", "open group")
    return any(listed(each, word, singular(word)) for each in lists)


def _find_names(doc: Doc, parts: Sequence[int]) -> Iterator[Name]:
    found, stop = set(parts), 0
    for i in parts:
        if i >= stop:
            stop = _name_end(doc, i, found)
            yield from _names_in(doc, i, stop)


def _parts(doc: Doc, known: Collection[str]) -> list[int]:
    """Return the tokens that are part of a name."""
    columns = columns_of(doc)
    return [
        i
        for i, (text, tag) in enumerate(zip(columns.words, columns.tags, strict=True))
        if not text.islower()
        and text[:1].isalnum()
        and (tag in _NAME_TAGS or text in known or _is_part(doc[i]))
    ]


def _is_part(token: Token) -> bool:
    """Say whether a word with capitals is part of a name that is not tagged as one."""
    text = token.text
    if token.tag_ in _PRONOUN_TAGS:
        return token.lower_ not in PRONOUNS or is_acronym(token)  # a surname where "he" would do
    if token.lower_ == "who":
        return is_acronym(token)
    if token.tag_ == "JJ" and text[:1].isupper() and not token.is_sent_start:
        return _begins_body(token)
    # "the Commission" within a sentence is a name, whatever its tag.
    return (
        token.tag_ == "NN"
        and text[:1].isupper()
        and not token.is_sent_start
        and token.lower_ in name_parts().bodies
    )


def _begins_body(adjective: Token) -> bool:
    """Is a capitalized adjective part of a body's name, as in *the High Court*?

    In *the French Senate* it is none, unlike in *the Indian Space Research Organisation*.
    """
    doc, parts = adjective.doc, name_parts()
    end = adjective.i + 1
    while end < len(doc) and doc[end].text.istitle() and doc[end].lower_ not in parts.bodies:
        end += 1
    is_people = adjective.lower_ in parts.peoples
    return (
        end < len(doc)
        and doc[end].text[:1].isupper()
        and doc[end].lower_ in parts.bodies
        and (not is_people or end > adjective.i + 2)
    )


def is_acronym(token: Token) -> bool:
    """Say whether a word that may be a pronoun is all capitals among small letters: "WHO"."""
    doc, i = token.doc, token.i
    beside = (j for j in (i - 1, i + 1) if 0 <= j < len(doc))
    return len(token) > 1 and token.text.isupper() and any(doc[j].text.islower() for j in beside)


def _name_end(doc: Doc, start: int, found: Collection[int]) -> int:
    """Return where the run of name tokens that begins at ``start`` ends.

    Args:
        doc: which has been tagged.
        start: the first of them.
        found: all tokens that are part of a name.
    """
    parts, columns = name_parts(), columns_of(doc)
    words, lower, is_alpha = columns.words, columns.lower, columns.is_alpha
    end = len(words)
    stop = start + 1
    has_body = lower[start] in parts.bodies
    while stop < end:
        if stop in found:
            has_body |= lower[stop] in parts.bodies
            stop += 1
            continue
        if words[stop] == "-" and _is_hyphen(doc[stop]) and stop + 1 < end and is_alpha[stop + 1]:
            stop += 2  # the tokenizer parts "Holtz-Eakin"
            continue
        following = _next_part(words, stop)
        if following is None:
            break
        between = lower[stop:following]
        if following not in found and not has_body:
            break
        is_particle = all(word in parts.person_particles for word in between)
        is_body = has_body and all(word in parts.body_particles - {"and"} for word in between)
        # "Securities and Exchange Commission": the first conjunct only describes the second.
        joined = columns.heads[stop - 1]
        is_joint = (
            between == ["and"]
            and columns.deps[stop - 1] == "compound"
            and stop < joined <= following + 3
            and lower[joined] in parts.bodies
        )
        if is_particle or (is_body and lower[stop - 1] not in parts.dates) or is_joint:
            stop = following + 1
            while stop < end and has_body and words[stop].istitle() and is_alpha[stop]:
                stop += 1
        else:
            break
    return stop


def _is_hyphen(token: Token) -> bool:
    return token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_


def _next_part(words: Sequence[str], start: int) -> int | None:
    """Return the next token with a capital after one or two words that are no part of a name."""
    for i in range(start + 1, min(start + 3, len(words))):
        if words[i][:1].isupper():
            return i
    return None


def _names_in(doc: Doc, start: int, end: int) -> Iterator[Name]:
    """Take one run of name tokens apart; a run of titles and dates alone is no name."""
    parts = name_parts()
    columns = columns_of(doc)
    forms, is_punct = columns.lower, columns.is_punct
    while end > start and (
        forms[end - 1] in parts.dates or forms[end - 1] in parts.body_particles or is_punct[end - 1]
    ):
        end -= 1
    while start < end and forms[start] in parts.dates and end - start > 1:
        start += 1
    if start >= end or forms[start] in parts.dates:
        return
    texts = _joined_at_hyphens(doc, start, end)
    while len(texts) > 2 and texts[-1].isupper() and texts[-1].lower() in parts.honours:
        texts.pop()
    lower = [text.lower() for text in texts]
    person = _person_after_body(lower)
    is_body = person is None and (
        lower[-1] in parts.bodies or any(w in parts.body_particles for w in lower[1:])
    )
    # "the Clinton campaign" is a body that the person's name is part of.
    is_owner = end + 1 < len(doc) and columns.words[end] in _POSSESSIVE
    following = end + 1 if is_owner else end
    if following < len(doc) and forms[following] in parts.collectives and not is_body:
        first = person or _core_start(lower)
        yield Name(start, end, tuple(texts[first:]), tuple(lower[:first]), *_bearer(lower, first))
        words = (*texts[first:], forms[following])
        yield Name(start, following + 1, words, (), Bearer.BODY, None)
        return
    first = 0 if is_body else person or _core_start(lower)
    if first == len(texts):
        return
    if is_body:
        yield Name(start, end, tuple(texts), (), Bearer.BODY, None)
    else:
        yield Name(start, end, tuple(texts[first:]), tuple(lower[:first]), *_bearer(lower, first))


def _joined_at_hyphens(doc: Doc, start: int, end: int) -> list[str]:
    """Return the words of a name, "Holtz-Eakin" being one."""
    found = columns_of(doc).words[start:end]
    if "-" not in found:
        return found
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


def _person_after_body(lower: list[str]) -> int | None:
    """Return where the person begins in "House Oversight Committee Chairman Jason Chaffetz"."""
    parts = name_parts()
    of_body = (i for i, w in enumerate(lower) if w in parts.bodies or w in parts.body_particles)
    last = max(of_body, default=-1)
    title = max((i for i, word in enumerate(lower[:-1]) if word in parts.titles), default=-1)
    if last < 0 or title < 0 or len(lower) - 1 - max(last, title) not in {1, 2, 3}:
        return None
    if title > last:
        return title + 1
    if lower[title + 1 : last] == ["of"] and len(lower) - 1 - last > 1:
        return last + 1  # "Superintendent of Police Imran Qureshi"
    # "Head of State Security Ann Lee": where the body's name ends only a given name tells.
    return next((i for i in range(last + 1, len(lower) - 1) if _gender(lower[i])), None)


def _core_start(lower: list[str]) -> int:
    """Return where the name begins after titles and what else stands before a person's name."""
    parts = name_parts()
    first = 0
    for i, word in enumerate(lower[:-1]):
        if word in parts.titles and not (word in parts.initial and i > first):
            first = i + 1
    for i in range(first + 1, len(lower) - 1):
        before = lower[first:i]
        if _gender(lower[i]) and not any(
            _gender(word) or len(word.rstrip(".")) == 1 for word in before
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
            gender = _gender(core[0])
        return Bearer.PERSON, gender
    given = _gender(core[0]) if len(core) > 1 else None
    if core and core[-1] in parts.places and given is None:
        return Bearer.PLACE, None
    if len(core) == 1 and core[0] in parts.media:
        return Bearer.BODY, None
    if given is not None:
        return Bearer.PERSON, given
    return Bearer.UNKNOWN, gender


def _gender(word: str) -> Gender | None:
    """Return the gender of a given name, of "Eva-Marie" by its first part."""
    given = name_parts().given
    return given.get(word) or given.get(word.partition("-")[0])
