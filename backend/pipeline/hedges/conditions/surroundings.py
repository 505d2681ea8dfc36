"""In what the anchor stands: a negation, a condition, a question, a comparison."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Token

from backend.pipeline.hedges.conditions.grammar import (
    NEGATIONS,
    PERSONAL,
    SUBJECTS,
    clause_openers,
    find_subjects,
    forms_after,
    forms_before,
    predicate,
)
from backend.pipeline.hedges.conditions.participants import has_negative_subject
from backend.pipeline.hedges.conditions.registry import flag
from backend.pipeline.hedges.patterns import Match, word_set

_MEASURES = word_set("all anything everything whatever what best most least")


@flag("negated")
def is_negated(match: Match) -> bool:
    """The anchor, or the verb that it helps, is negated."""
    following = forms_after(match, 2)
    if following and following[0] in {"not", "n't", "never", "barely", "hardly", "scarcely"}:
        return True
    if following[:2] == ["no", "longer"] or following[:1] == ["neither"]:
        return True
    if set(forms_before(match, 2)) & {"neither", "nor"}:
        return True
    token = match.anchor
    if has_negative_subject(match) or any(each.lower_ == "few" for each in find_subjects(token)):
        return True
    verbs = {token.i: token, predicate(token).i: predicate(token)}
    return any(
        child.lower_.replace("’", "'") in NEGATIONS and child.dep_ in {"advmod", "det", "cc"}
        for verb in verbs.values()
        for child in verb.lefts
    )


@flag("negated adjective")
def is_negated_adjective(match: Match) -> bool:
    """A negation stands shortly before the anchor ("not completely *unfounded*")."""
    return bool(set(forms_before(match, 3)) & (NEGATIONS - {"no"})) or forms_before(match, 1) == [
        "no"
    ]


@flag("in an if-clause")
def in_condition(match: Match) -> bool:
    """The anchor's clause is a condition."""
    return bool(clause_openers(match.anchor) & {"if", "unless", "lest"})


@flag("in a whether-clause")
def in_whether(match: Match) -> bool:
    """The anchor's clause is an indirect question."""
    return "whether" in clause_openers(match.anchor)


@flag("in a purpose clause")
def in_purpose(match: Match) -> bool:
    """The anchor's clause says what for ("*so* the army *could* round them up")."""
    verb = predicate(match.anchor)
    if verb.dep_ in {"advcl", "conj", "parataxis", "ccomp"} and "so" in clause_openers(
        match.anchor
    ):
        return True
    first = verb.left_edge.i  # "so that", however the tree divides the two words
    near = verb.doc[max(0, first - 2) : min(first + 2, match.anchor.i)]
    return any(
        token.lower_ == "so" and token.dep_ in {"mark", "cc", "advmod", "fixed"}
        for token in near
        if token.i >= first - 1
    ) or ("so", "that") in pairwise(token.lower_ for token in near)


@flag("in a clause of time")
def in_time(match: Match) -> bool:
    """The clause says until when ("*before* he *could* find one"): of what was managed."""
    return bool(clause_openers(match.anchor) & {"before", "until", "till"})


@flag("in a clause of degree")
def in_degree(match: Match) -> bool:
    """The clause measures: "all he *could*", "as well as I *could*", "anything they *could*"."""
    verb = predicate(match.anchor)
    is_relative = verb.dep_ in ("acl:relcl", "advcl:relcl")
    if _is_compared_belief(verb.head) or (is_relative and verb.head.tag_ == "JJS"):
        return True
    measured = verb.head.lower_ in _MEASURES or any(
        child.tag_ == "JJS" for child in verb.head.lefts
    )
    if "only" in forms_before(match, 2):  # "in a way that only he could"
        return True
    if any(child.lower_ == "only" for each in find_subjects(match.anchor) for child in each.lefts):
        return True
    if verb.dep_ == "acl:relcl" and measured and _has_person_before(verb):
        return True
    if verb.dep_ == "advcl" and verb.i > match.anchor.i:
        return bool(clause_openers(match.anchor) & {"as", "than"}) and "as" in forms_before(
            match, 6
        )
    return False


@flag("concession")
def is_concession(match: Match) -> bool:
    """The clause is granted only to be answered with "but" ("he *may* be old, but he …")."""
    verb = predicate(match.anchor)
    return any(
        child.dep_ == "conj"
        and child.i > verb.i
        and any(cc.dep_ == "cc" and cc.lower_ == "but" for cc in child.lefts)
        for child in verb.children
    )


@flag("compared with as")
def is_compared(match: Match) -> bool:
    """ "as *likely* as": a comparison of chances, which says nothing of their size."""
    return forms_before(match, 1) == ["as"] and "as" in forms_after(match, 4)


@flag("after can")
def is_after_can(match: Match) -> bool:
    """What one may count on ("shoppers *can expect* a refund", "should be able to *expect*")."""
    return bool(set(forms_before(match, 4)) & {"can", "should", "able", "must", "cannot"})


@flag("imperative")
def is_imperative(match: Match) -> bool:
    """The anchor begins its clause and asks somebody to do it ("*Suppose* that he wins")."""
    token = match.anchor
    if token.tag_ not in {"VB", "VBP"} or any(child.dep_ in SUBJECTS for child in token.children):
        return False
    before = forms_before(match, 1)
    return not before or not before[0][0].isalnum()


@flag("wish")
def is_wish(match: Match) -> bool:
    """The subject stands after the anchor, and nothing is asked ("*may* the force be with you")."""
    verb = predicate(match.anchor)
    sentence = (
        match.anchor.sent if match.anchor.doc.has_annotation("SENT_START") else match.anchor.doc
    )
    return "?" not in sentence.text and any(
        child.dep_ in SUBJECTS and child.left_edge.i == match.anchor.i + 1
        for child in verb.children
    )


@flag("question to someone")
def is_question(match: Match) -> bool:
    """A question that asks somebody to act or answer: "*Could* you …?", "How *could* …?"."""
    if forms_before(match, 1) in (["how"], ["why"]):
        return True
    sentence = match.anchor.sent if match.anchor.doc.has_annotation("SENT_START") else None
    if sentence is None or "?" not in sentence.text:
        return False
    return _is_after_do(match.anchor) or any(
        child.dep_ in SUBJECTS and child.lower_ in {"you", "i", "we"} and child.i > match.anchor.i
        for child in predicate(match.anchor).children
    )


def _is_after_do(verb: Token) -> bool:
    """Say whether "do" and the subject stand before ``verb`` in this order ("*Do* I think …?")."""
    before = [child for child in verb.lefts if child.dep_ in {"aux", *SUBJECTS}]
    return any(
        first.lower_ in {"do", "does", "did"} and second.dep_ in SUBJECTS
        for first, second in pairwise(before)
    )


def _is_compared_belief(verb: Token) -> bool:
    """Say whether something is more "*than* people ever *believed*" it to be."""
    return verb.dep_ == "advcl" and any(
        child.dep_ == "mark" and child.lower_ == "than" for child in verb.lefts
    )


def _has_person_before(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in PERSONAL for child in verb.lefts)
