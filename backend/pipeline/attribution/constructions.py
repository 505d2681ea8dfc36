"""The constructions by which texts attribute: ``rules/constructions.toml``, read and indexed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

RULES = Path(__file__).parent / "rules" / "constructions.toml"


@dataclass(slots=True)
class Verb:
    """What a verb ascribes as a cue: kinds of content, active and in the sourceless passive."""

    content: set[str] = field(default_factory=set)
    passive: set[str] = field(default_factory=set)
    speech: bool = False
    impersonal: bool = False


@dataclass(frozen=True, slots=True)
class Constructions:
    """The rules. Verbs are keyed by base form and particle, which may be empty."""

    verbs: Mapping[tuple[str, str], Verb]
    nouns: frozenset[str]
    adverbs: frozenset[str]
    as_clauses: frozenset[str]
    """Base forms of the verbs that ascribe with "it" in a clause with *as*."""
    hearsay: frozenset[str]
    """Nouns that ascribe with "has it"."""
    quoted: frozenset[str]
    """Base forms of the verbs whose passive ascribes with "as saying"."""
    adjuncts: frozenset[str]
    """Nouns that ascribe in a phrase with *in*."""
    prepositions: frozenset[str]
    """Prepositions that ascribe by themselves."""
    received: Mapping[str, frozenset[str]]
    """Nouns that one receives from a source, with the verbs of receiving."""
    speech: frozenset[str]
    """Base forms of the cues after which a speaker may go on."""
    clear: frozenset[str]
    """Words of the cues by which syntax alone shows who says what."""
    words: frozenset[str]
    """Base forms of all words that ascribe."""
    read: frozenset[str]
    """Base forms of the verbs and nouns by which some construction is found."""
    transitive: frozenset[str]
    """Base forms of the verbs that are passive where no object follows."""


@lru_cache(maxsize=1)
def constructions() -> Constructions:
    """Return the rules of ``RULES``."""
    tables = read_tables()
    verbs: dict[tuple[str, str], Verb] = {}
    for entry in tables["verb"]:
        for words in entry["words"]:
            word, _, particle = words.partition(" ")
            verb = verbs.setdefault((word, particle), Verb())
            verb.content |= set(entry["content"])
            verb.passive |= set(entry["passive"])
            verb.speech |= entry.get("speech", False)
            verb.impersonal |= entry.get("impersonal", False)
    nouns, adverbs = _words(tables["noun"]), _words(tables["adverb"])
    speech = {word for (word, _), verb in verbs.items() if verb.speech} | {"according", "accord"}
    return Constructions(
        verbs=verbs,
        nouns=nouns,
        adverbs=adverbs,
        received={
            word: frozenset(entry["verbs"])
            for entry in tables["received"]
            for word in entry["words"]
        },
        as_clauses=_words(tables["as_clause"]),
        hearsay=_words(tables["hearsay"]),
        quoted=_words(tables["quoted"]),
        adjuncts=_words(tables["adjunct"]),
        prepositions=_words(tables["preposition"]),
        transitive=_words(tables["transitive"]),
        speech=frozenset(speech),
        clear=frozenset(speech).union(
            adverbs,
            *(_words(tables[n]) for n in ("adjunct", "preposition", "hearsay", "as_clause")),
        ),
        read=nouns.union(
            *(_words(tables[n]) for n in ("as_clause", "hearsay", "received")),
            {word for word, _ in verbs},
        ),
        words=nouns | adverbs | _words(tables["hearsay"]) | speech | {word for word, _ in verbs},
    )


def _words(table: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(word for entry in table for word in entry["words"])


def read_tables() -> dict[str, list[dict[str, Any]]]:
    """Return the rule file's tables, each a list of entries."""
    with RULES.open("rb") as file:
        return tomllib.load(file)
