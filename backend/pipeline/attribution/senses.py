"""Other senses of verbs of saying: who *claims a title* or *calls a meeting* says nothing.

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

RULES_PATH = Path(__file__).parent / "rules" / "senses.toml"
_AFFECTED = frozenset({"obj", "nsubj:pass"})
_PLACES = frozenset({"obl", "nmod"})
_SAID = frozenset({"ccomp", "xcomp", "parataxis"})


@dataclass(frozen=True, slots=True)
class Sense:
    """A sense of some verbs in which nothing is said, told by a noun: done, or gone to."""

    things: frozenset[str]
    places: frozenset[str]


def read_senses() -> list[dict[str, Any]]:
    """Return the entries of ``rules/senses.toml``."""
    entries: list[dict[str, Any]] = tomllib.loads(RULES_PATH.read_text("utf-8"))["sense"]
    return entries


@cache
def _senses() -> Mapping[str, list[Sense]]:
    found: defaultdict[str, list[Sense]] = defaultdict(list)
    for entry in read_senses():
        sense = Sense(frozenset(entry.get("things", ())), frozenset(entry.get("places", ())))
        for verb in entry["verbs"]:
            found[verb].append(sense)
    return dict(found)


def says_nothing(cue: Span) -> bool:
    """Say whether the verb of ``cue`` is used in a sense in which nobody says anything."""
    verb = cue.root
    return any(_fits(sense, verb) for sense in _senses().get(verb.lemma_.lower(), ()))


def _fits(sense: Sense, verb: Token) -> bool:
    children = list(verb.children)
    if any(t.dep_ in _SAID for t in children):
        return False
    return any(
        (t.dep_ in _AFFECTED and t.lemma_.lower() in sense.things)
        or (
            t.dep_ in _PLACES
            and t.lemma_.lower() in sense.places
            and any(c.lower_ == "to" for c in t.lefts)
        )
        for t in children
    )
