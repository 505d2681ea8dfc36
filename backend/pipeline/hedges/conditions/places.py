"""The places of which a condition with a list speaks ("*subject* in evidence")."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from backend.pipeline.hedges.conditions.grammar import (
    find_subjects,
    predicate,
    word_after,
)
from backend.pipeline.hedges.conditions.registry import place
from backend.pipeline.hedges.patterns import BREAK, Match


@place("subject")
def subject_of(match: Match) -> Iterable[Token]:
    """The head of the anchor's subject; of "it", also nothing else."""
    return find_subjects(match.anchor)


@place("predicate")
def predicate_of(match: Match) -> Iterable[Token]:
    """The verb (or adjective, or noun) that the modal anchor belongs to."""
    return [predicate(match.anchor)]


@place("modified")
def modified_by(match: Match) -> Iterable[Token]:
    """The word that the anchor modifies."""
    return [match.anchor.head] if match.anchor.head.i != match.anchor.i else []


@place("governor")
def governor_of(match: Match) -> Iterable[Token]:
    """The word on which the anchor's clause or phrase depends."""
    verb = predicate(match.anchor)
    return [verb.head] if verb.head.i != verb.i else []


@place("modifier")
def modifiers_of(match: Match) -> Iterable[Token]:
    """The words that modify the anchor: determiners, adjectives, possessors."""
    return list(match.anchor.lefts)


@place("next")
def next_word(match: Match) -> Iterable[Token]:
    """The word after the cue."""
    token = word_after(match, 1)
    return [] if token is None else [token]


@place("previous")
def previous_word(match: Match) -> Iterable[Token]:
    """The word before the cue."""
    if match.start and match.words.forms[match.start - 1] != BREAK:
        return [match.words.token(match.start - 1)]
    return []
