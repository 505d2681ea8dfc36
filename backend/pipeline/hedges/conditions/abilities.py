"""Of a modal: what somebody can do or is allowed to do, rather than what is likely."""

from __future__ import annotations

from backend.pipeline.hedges.conditions.grammar import (
    PERSONAL,
    clause_openers,
    find_subjects,
    forms_after,
    forms_before,
    predicate,
)
from backend.pipeline.hedges.conditions.participants import has_personal_subject
from backend.pipeline.hedges.conditions.registry import flag
from backend.pipeline.hedges.conditions.word_classes import has_passive_predicate
from backend.pipeline.hedges.patterns import Match, word_set

_RULES = word_set(
    "law rule statute policy regulation act constitution treaty agreement contract guideline bylaw "
    "ordinance provision ruling"
)
_PERMITTING = word_set("rule stipulate permit decree allow specify")
_UNDER = word_set("under according by per")


_TIMES_TO_COME = word_set("tomorrow tonight")
_COMING = word_set("next coming")
_PERIODS = word_set(
    "week weeks month months year years decade decades day days weekend spring summer autumn fall "
    "winter season monday tuesday wednesday thursday friday saturday sunday"
)
_THIS = word_set("weekend spring summer autumn fall winter year month week season")


@flag("of a time to come")
def is_to_come(match: Match) -> bool:
    """The clause says when in the future ("families *could* afford less *this winter*")."""
    verb = predicate(match.anchor)
    for child in verb.children:
        if child.dep_ in {"aux", "mark", "nsubj", "nsubj:pass"} or child.dep_.startswith("csubj"):
            continue
        if child.lower_ in _TIMES_TO_COME:
            return True
        before = {left.lower_ for left in child.lefts}
        if child.lower_ in _PERIODS and before & _COMING:
            return True
        if child.lower_ in _THIS and "this" in before:
            return True
    return False


@flag("asked of what is open")
def is_asked_of_means(match: Match) -> bool:
    """The clause asks what is open to a person ("*how* she *could* do that", "*which* states
    he *could* win"), or how something is done ("*how* a crew *could* be fed")."""
    verb = predicate(match.anchor)
    asks_how = (
        "how" in clause_openers(match.anchor)
        or forms_before(match, 2)[:1] == ["how"]
        or verb.doc[max(0, verb.left_edge.i - 1)].lower_ == "how"
    )
    asks = asks_how or verb.left_edge.lower_ in {"what", "which"}
    if asks and has_personal_subject(match):
        return True
    perfect = any(child.lower_ in {"have", "'ve"} for child in verb.lefts)
    return asks_how and has_passive_predicate(match) and not perfect


@flag("what somebody has at hand")
def is_at_hand(match: Match) -> bool:
    """A relative clause on what its own subject can use ("a lander that NASA *could* use")."""
    verb = predicate(match.anchor)
    if verb.dep_ != "acl:relcl" or not verb.tag_.startswith("VB"):
        return False
    subjects = [child for child in verb.lefts if child.dep_ == "nsubj"]
    return any(
        child.lower_ in PERSONAL - {"who"} or child.tag_ in {"NNP", "NNPS"} for child in subjects
    )


@flag("with an if-clause in the past perfect")
def is_counterfactual(match: Match) -> bool:
    """The clause depends on what has not happened ("could have won if he *had* run")."""
    verb = predicate(match.anchor)
    return any(
        clause.dep_ == "advcl"
        and any(mark.dep_ == "mark" and mark.lower_ == "if" for mark in clause.lefts)
        and any(aux.dep_ == "aux" and aux.lower_ in {"had", "'d"} for aux in clause.lefts)
        for clause in verb.children
    )


@flag("a chance that I missed")
def is_own_missed_chance(match: Match) -> bool:
    """What the speaker did not do, and knows it ("I *could* have chosen to stay")."""
    verb = predicate(match.anchor)
    return (
        forms_after(match, 1) in (["have"], ["'ve"])
        and verb.tag_.startswith("VB")
        and not has_passive_predicate(match)
        and not any(child.dep_ == "cop" for child in verb.lefts)
        and any(subject.lower_ in {"i", "we"} for subject in find_subjects(match.anchor))
    )


@flag("with only, already or once")
def is_only_way(match: Match) -> bool:
    """ "only", "already" or "once" after it: what a person was able to do ("he *could* only
    watch")."""
    return forms_after(match, 1) in (["only"], ["already"], ["once"]) and any(
        subject.lower_ in PERSONAL or subject.tag_ in {"NNP", "NNPS", "NNS"}
        for subject in find_subjects(match.anchor)
    )


@flag("by a rule")
def is_permitted(match: Match) -> bool:
    """A rule or a ruling says so ("*under the law* firms *may* keep it")."""
    verb = predicate(match.anchor)
    governor = verb.head
    if verb.dep_ == "ccomp" and (
        governor.lemma_.lower() in _PERMITTING
        or any(subject.lemma_.lower() in _RULES for subject in find_subjects(governor))
    ):
        return True
    return any(
        child.dep_ == "obl"
        and child.lemma_.lower() in _RULES
        and any(case.lower_ in _UNDER for case in child.lefts)
        for child in verb.children
    )
