"""The conditions that rules set in ``when`` and ``unless``: what the syntax decides.

A condition is one of ``FLAGS`` ("passive"), or one of ``PLACES`` with a list of
``lexicon.toml`` ("subject in evidence"). All speak of the match's looked-up word, the anchor,
in Universal Dependencies. They hold of hand-built Docs too: no condition needs a model.

================  ===============================================================
``word_classes``  what kind of word the anchor is
``participants``  who does it
``complements``   what follows it and belongs to it
``surroundings``  in what it stands: a negation, a condition, a question
``comparisons``   of *likely*: rates of groups, compared
``abilities``     of a modal: what somebody can do or is allowed to do
``numbers``       numbers beside it
``places``        the words near it that a list may name
================  ===============================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend.pipeline.hedges.conditions import (
    abilities,
    comparisons,
    complements,
    numbers,
    participants,
    places,
    surroundings,
    word_classes,
)
from backend.pipeline.hedges.conditions.registry import FLAGS, PLACES, Condition

__all__ = [
    "FLAGS",
    "PLACES",
    "Condition",
    "abilities",
    "comparisons",
    "compile_condition",
    "complements",
    "numbers",
    "participants",
    "places",
    "surroundings",
    "word_classes",
]


def compile_condition(text: str, lists: Mapping[str, Sequence[str]]) -> Condition:
    """Return the condition that ``text`` names.

    Raises:
        ValueError: there is no such condition, place or list.
    """
    if text in FLAGS:
        return FLAGS[text]
    place, _, name = text.partition(" in ")
    if place not in PLACES:
        raise ValueError(f"unknown condition {text!r}")
    if name not in lists:
        raise ValueError(f"unknown list {name!r} in the condition {text!r}")
    words = frozenset(word.strip("<>").lower() for word in lists[name])
    find = PLACES[place]
    return lambda match: any(
        token.lower_.replace("’", "'") in words or token.lemma_.lower() in words
        for token in find(match)
    )
