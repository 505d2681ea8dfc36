"""Other senses of verbs of saying: who *claims a title* or *says goodbye* makes no claim.

The verbs and what tells the sense are data: ``rules/senses.toml``.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Span, Token

from backend.pipeline.columns import Columns, columns_of

RULES_PATH = Path(__file__).parent / "rules" / "senses.toml"
_AFFECTED = frozenset({"obj", "nsubj:pass"})
_PLACES = frozenset({"obl", "nmod"})
_SAID = frozenset({"ccomp", "xcomp", "parataxis"})
_FINITE = frozenset({"nsubj", "nsubj:pass", "aux", "aux:pass"})
"""What stands before a verb that is no participle by itself."""
_PARTICIPLES = frozenset({"VBN", "VBD"})


@dataclass(frozen=True, slots=True)
class Sense:
    """A sense of some verbs in which nothing is said, told by the words beside them."""

    things: frozenset[str]
    places: frozenset[str]
    before: frozenset[str]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Senses:
    """The rules, by the base form of the word that they are about."""

    of_verbs: Mapping[str, list[Sense]]
    phrases: Mapping[str, list[tuple[tuple[str, ...], int]]]
    """Phrases by each of their words, with the place of the word in them."""


def read_senses() -> list[dict[str, Any]]:
    """Return the entries of ``rules/senses.toml``."""
    entries: list[dict[str, Any]] = tomllib.loads(RULES_PATH.read_text("utf-8"))["sense"]
    return entries


@cache
def _senses() -> Senses:
    verbs: defaultdict[str, list[Sense]] = defaultdict(list)
    phrases: defaultdict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    for entry in read_senses():
        sense = Sense(
            *(frozenset(entry.get(key, ())) for key in ("things", "places", "before", "tags"))
        )
        for verb in entry.get("verbs", ()):
            verbs[verb].append(sense)
        for phrase in entry.get("phrases", ()):
            words = tuple(phrase.split())
            for place, word in enumerate(words):
                phrases[word].append((words, place))
    return Senses(dict(verbs), dict(phrases))


def says_nothing(cue: Span) -> bool:
    """Say whether the verb of ``cue`` is used in a sense in which nobody says anything."""
    verb, senses, columns = cue.root, _senses(), columns_of(cue.doc)
    forms = {columns.lower[verb.i], columns.lemmas[verb.i]}
    of_verb = senses.of_verbs.get(columns.lemmas[verb.i], ())
    return any(_fits(sense, verb) for sense in of_verb) or any(
        _stands(words, verb.i - place, columns)
        for form in forms
        for words, place in senses.phrases.get(form, ())
    )


def _fits(sense: Sense, verb: Token) -> bool:
    children = list(verb.children)
    if sense.before:
        return _opens_its_clause(verb) and verb.nbor().lower_ in sense.before
    if any(t.dep_ in _SAID for t in children):
        return False
    return any(
        (t.dep_ in _AFFECTED and (t.lemma_.lower() in sense.things or t.tag_ in sense.tags))
        or (
            t.dep_ in _PLACES
            and t.lemma_.lower() in sense.places
            and any(c.lower_ == "to" for c in t.lefts)
        )
        for t in children
    )


def _opens_its_clause(verb: Token) -> bool:
    """Is this a participle that stands for a clause, *Asked about it, …*, *When asked, …*?"""
    if verb.tag_ not in _PARTICIPLES or verb.i + 1 >= len(verb.doc):
        return False
    return not any(t.dep_ in _FINITE for t in verb.lefts) and (
        verb.is_sent_start or verb.nbor(-1).tag_ == "WRB" or verb.nbor(-1).text == ","
    )


def _stands(words: tuple[str, ...], start: int, columns: Columns) -> bool:
    """Does the phrase ``words`` stand at ``start``, with no more to it?"""
    end, lower, lemmas = start + len(words), columns.lower, columns.lemmas
    if start < 0 or end > len(lower):
        return False
    for i, word in enumerate(words, start):
        if word != lower[i] and word != lemmas[i]:
            return False
    return columns.deps[end - 1] != "compound" or columns.heads[end - 1] < end
