"""Who does it: the subject, the agent and the possessor of the anchor."""

from __future__ import annotations

from backend.pipeline.hedges.conditions.grammar import (
    PERSONAL,
    find_subjects,
)
from backend.pipeline.hedges.conditions.registry import flag
from backend.pipeline.hedges.patterns import Match

_NEGATIVE_SUBJECTS = frozenset({"nobody", "nothing", "none", "neither", "few"})


@flag("no subject")
def has_no_subject(match: Match) -> bool:
    """The clause of the anchor has no subject of its own."""
    return not find_subjects(match.anchor)


@flag("named or personal subject")
def has_personal_subject(match: Match) -> bool:
    """The subject is a name or a personal pronoun."""
    return any(
        token.lower_ in PERSONAL or token.tag_ in {"NNP", "NNPS"}
        for token in find_subjects(match.anchor)
    )


@flag("person as subject")
def has_person_as_subject(match: Match) -> bool:
    """The subject is a personal pronoun or a name without article ("Sanders", not "the EU")."""
    return any(
        subject.lower_ in PERSONAL
        or (subject.tag_ == "NNP" and not any(child.dep_ == "det" for child in subject.lefts))
        for subject in find_subjects(match.anchor)
    )


@flag("negative subject")
def has_negative_subject(match: Match) -> bool:
    """Nobody does it ("*no one* believes"); "few believe" is still somebody."""
    return any(
        subject.lower_ in _NEGATIVE_SUBJECTS - {"few"}
        or any(child.lower_ == "no" for child in subject.lefts)
        for subject in find_subjects(match.anchor)
    )


@flag("second person")
def has_second_person(match: Match) -> bool:
    """The subject is "you"."""
    return any(token.lower_ == "you" for token in find_subjects(match.anchor))


@flag("passive agent")
def has_agent(match: Match) -> bool:
    """Somebody is named as the doer ("is believed *by investigators* to")."""
    return any(
        child.dep_ == "obl:agent" and any(case.lower_ == "by" for case in child.lefts)
        for child in match.anchor.children
    )


@flag("of a possessor")
def is_possessed(match: Match) -> bool:
    """Someone is said to have made it ("*Smith's accusation* that")."""
    return any(child.dep_ == "nmod:poss" for child in match.anchor.lefts)


@flag("confirmed in office")
def is_of_office(match: Match) -> bool:
    """A person is or is not *confirmed*, as for a post."""
    people = {"judge", "justice", "person", "nominee", "candidate", "appointee", "secretary"}
    passive = any(child.dep_ == "aux:pass" for child in match.anchor.children)
    return (
        passive
        and match.anchor.lower_ == "confirmed"
        and (
            has_person_as_subject(match)
            or any(each.lemma_.lower() in people for each in find_subjects(match.anchor))
        )
    )
