"""Comparisons of likelihood between groups: rates that were counted, and no doubt of the writer."""

from __future__ import annotations

from spacy.tokens import Token

from backend.pipeline.hedges.conditions.grammar import (
    find_subjects,
    forms_after,
    forms_before,
    precedes_infinitive,
)
from backend.pipeline.hedges.conditions.registry import flag
from backend.pipeline.hedges.patterns import Match, word_set

_DEGREES = word_set("more less as")
_MEASURES = word_set("percent % cent times fold twice thrice half")
_STRENGTHS = word_set("much far just")
_MAKING = word_set("make leave render")
_GENERIC = word_set("those they someone anyone everyone people who")
_POINTING = word_set("the these this that its his her their our my your both")
_KINDS_OF_PERSON = word_set(
    "person man woman boy girl child kid baby infant toddler adult teen teenager patient student "
    "pupil parent couple family household athlete male female graduate minority white black "
    "individual one employee nurse spouse relative"
)
_DOERS = ("er", "or", "ist", "ant", "ent", "ian", "ee")
"""Endings of words for people: smokers, doctors, participants."""


@flag("comparison of groups")
def is_comparison_of_groups(match: Match) -> bool:
    """ "Smokers are more *likely* to die young": it compares rates, and doubts nothing."""
    token = match.anchor
    before = forms_before(match, 5)
    if token.lower_ != "likely" or not before or before[-1] not in _DEGREES:
        return False
    if token.dep_ == "amod" or forms_after(match, 2) == ["than", "not"]:
        return False
    following = forms_after(match, 1)
    measures = [form for form in before[:-1] if form not in _STRENGTHS][-1:]
    if set(measures) & _MEASURES or any(form.endswith(("fold", "%")) for form in measures):
        return True
    if not precedes_infinitive(match) and following not in (["than"], ["as"]):
        return False
    return any(
        _is_group(each) or (following == ["than"] and each.tag_ in {"NNS", "NNPS"})
        for each in _bearers(token)
    )


def _bearers(token: Token) -> list[Token]:
    """Return of whom it is said: the subject, or the object of "made patients less *likely*"."""
    if token.dep_ == "xcomp" and token.head.lemma_.lower() in _MAKING:
        return [child for child in token.head.children if child.dep_ == "obj"]
    return find_subjects(token)


def _is_group(bearer: Token) -> bool:
    """Say whether ``bearer`` stands for any of a kind, not for certain people or things."""
    if bearer.lower_ in _GENERIC:
        return True
    determiners = {child.lower_ for child in bearer.lefts}
    lemma = bearer.lemma_.lower()
    is_of_a_kind = lemma in _KINDS_OF_PERSON
    if bearer.tag_ == "NNS":
        past = any(
            child.dep_ == "cop" and child.lower_ in {"was", "were"} for child in bearer.head.lefts
        )
        of_people = is_of_a_kind or lemma.endswith(_DOERS)
        return past or (of_people and not determiners & _POINTING)
    return is_of_a_kind and bool(determiners & {"a", "an", "any", "every", "each"})
