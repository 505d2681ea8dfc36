"""What follows the anchor and belongs to it: clauses, infinitives, predicates, or nothing."""

from __future__ import annotations

from backend.pipeline.hedges.conditions.grammar import (
    NEGATIONS,
    PERSONAL,
    QUESTION_WORDS,
    SUBJECTS,
    clause_with_that,
    find_subjects,
    forms_after,
    precedes_infinitive,
    shared_clause,
    word_after,
)
from backend.pipeline.hedges.conditions.registry import flag
from backend.pipeline.hedges.patterns import Match

CLAUSES = frozenset({"ccomp", "csubj", "csubj:pass"})
_LONGEST_SUBJECT = 4
_IN_NOUN_PHRASES = frozenset({"CD", "DT", "JJ", "NN", "NNP", "NNPS", "NNS", "PRP$"})
_AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "had"})


@flag("takes a clause")
def takes_clause(match: Match) -> bool:
    """The anchor governs a finite clause, or stands as a comment on one (", I *think*,")."""
    token = match.anchor
    clauses = CLAUSES | {"acl"} if token.tag_.startswith("NN") else CLAUSES
    if any(child.dep_ in clauses and child.i > token.i for child in token.children):
        return True
    if shared_clause(token) is not None:
        return True
    following = forms_after(match, 2)
    last = match.words.forms[match.end - 1]
    if len(following) == 2 and following[0] == "that" and following[1][0].isalnum():
        return True
    if last == "that":
        return True
    if following[:1] and following[0] in {"i", "he", "she", "we", "they", "there"}:
        return True
    return is_comment(match) or (token.tag_.startswith("VB") and _precedes_clause(match))


def _precedes_clause(match: Match) -> bool:
    """Say whether a noun phrase and a finite verb follow ("feared *the bill would* pass"),
    whatever the tree makes of them."""
    for distance in range(1, _LONGEST_SUBJECT + 2):
        token = word_after(match, distance)
        if token is None:
            return False
        if token.tag_ not in _IN_NOUN_PHRASES:
            return distance > 1 and (token.tag_ == "MD" or token.lower_ in _AUXILIARIES)
    return False


@flag("of a claim that is not excluded")
def is_not_excluded(match: Match) -> bool:
    """What is not ruled out is a state of things ("could not *rule* out arson"), not a plan of
    the subject's own ("could not *rule* out running")."""
    following = word_after(match, 1)
    planned = following is not None and following.tag_ == "VBG"
    negated = bool(set(match.words.forms[match.start : match.end]) & {*NEGATIONS, "cannot"})
    unable = "unable" in match.words.forms[match.start : match.end]
    return (negated or unable) and not planned


@flag("comment")
def is_comment(match: Match) -> bool:
    """The anchor is the verb of a parenthesis: "the war, he *suspects*, is over"."""
    token = match.anchor
    if token.dep_ == "parataxis" and find_subjects(token):
        return True
    # After what it comments on, it heads the sentence: "The war is over, he *suspects*."
    subjects = [child.left_edge.i for child in token.lefts if child.dep_ in SUBJECTS]
    set_off = bool(subjects) and not token.doc[max(0, min(subjects) - 1)].text[0].isalnum()
    return set_off and any(child.dep_ in {"ccomp", "parataxis"} for child in token.lefts)


@flag("ends its clause")
def ends_clause(match: Match) -> bool:
    """Nothing but punctuation follows ("… , a report *suggests*."), nor a clause with "that"."""
    if clause_with_that(match.anchor) or shared_clause(match.anchor):
        return False
    following = forms_after(match, 1)
    return not following or not any(char.isalnum() for char in following[0])


@flag("stops short with a person")
def stops_with_person(match: Match) -> bool:
    """The clause of a person ends with the anchor ("and now I *could*."): of an ability."""
    return ends_clause(match) and any(
        subject.lower_ in PERSONAL for subject in find_subjects(match.anchor)
    )


@flag("with to-infinitive")
def has_infinitive(match: Match) -> bool:
    """A to-infinitive belongs to the anchor ("*able* to see")."""
    return any(
        child.dep_ in {"xcomp", "acl", "advcl", "ccomp", "csubj"}
        and any(mark.lower_ == "to" for mark in child.lefts)
        for child in match.anchor.children
    ) or precedes_infinitive(match)


@flag("with a predicate")
def has_predicate(match: Match) -> bool:
    """Something is predicated of the subject through the anchor ("appeared *drunk*")."""
    if any(child.dep_ == "xcomp" and child.i > match.anchor.i for child in match.anchor.children):
        return True
    following = [token for token in (word_after(match, n) for n in (1, 2)) if token is not None]
    adjective = bool(following) and following[0].tag_ in {"JJ", "JJR"}
    return adjective and not any(token.tag_.startswith("NN") for token in following[1:])


@flag("takes an expectation")
def takes_expectation(match: Match) -> bool:
    """The anchor says what others will do or what will happen, not what its subject plans."""
    if forms_after(match, 1) == ["to"]:
        return False
    dependents = {child.dep_ for child in match.anchor.children if child.i > match.anchor.i}
    following = word_after(match, 1)
    begins_phrase = following is not None and (
        following.tag_ in {"CD", "DT", "EX", "JJ", "NN", "NNP", "NNPS", "NNS", "PRP", "PRP$"}
        or following.lower_ == "that"
    )
    return bool(dependents & {"ccomp", "obj"}) or begins_phrase


@flag("asks or stands alone")
def asks_or_stands_alone(match: Match) -> bool:
    """A question word or nothing follows the anchor, no object, and it does not modify."""
    if match.anchor.dep_ == "acl:relcl":
        return False
    following = forms_after(match, 1)
    return not following or following[0] in QUESTION_WORDS or not following[0][0].isalnum()
