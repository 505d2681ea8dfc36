"""What the conditions read from the tree and from the words around the anchor."""

from __future__ import annotations

from spacy.tokens import Token

from backend.pipeline.hedges.patterns import BREAK, Match, word_set

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer"})
AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
NEGATIONS = frozenset({"not", "n't", "never", "neither", "nor", "hardly", "no"})
BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s", "'re", "'m", "am", "s"})
ALWAYS_MODAL = frozenset({"could", "would", "should"})
PERSONAL = frozenset({"i", "you", "he", "she", "we", "they", "who", "me", "him", "them", "us"})
QUESTION_WORDS = word_set("if whether what how why who when where which")


def predicate(token: Token) -> Token:
    """Return what an auxiliary belongs to; another word is its own."""
    if token.dep_ in AUXILIARIES:
        return token.head
    if token.lower_ in ALWAYS_MODAL:  # taken for something else: the verb that follows
        for after in token.doc[token.i + 1 : token.i + 4]:
            if after.tag_.startswith("VB"):
                return after.head if after.dep_ in AUXILIARIES else after
    return token


def find_subjects(token: Token) -> list[Token]:
    """Return the subjects of the clause around ``token``, through verbs that share them."""
    verb = predicate(token)
    for _ in range(4):
        found = [child for child in verb.children if child.dep_ in SUBJECTS]
        if found:
            return [_antecedent(each, verb) for each in found]
        if verb.dep_ == "acl:relcl" or verb.dep_ == "acl":
            return [verb.head]
        if verb.dep_ not in {"conj", "xcomp"} or verb.head.i == verb.i:
            break
        verb = verb.head
    return []


def _antecedent(subject: Token, verb: Token) -> Token:
    """Return what a relative pronoun stands for; another subject is its own."""
    relative = subject.tag_ in {"WDT", "WP"} or subject.lower_ == "that"
    return verb.head if relative and verb.dep_ == "acl:relcl" else subject


def clause_openers(token: Token) -> set[str]:
    """Return the words that introduce the clause of ``token``."""
    verb = predicate(token)
    marks = {child.lower_ for child in verb.lefts if child.dep_ in {"mark", "cc", "advmod"}}
    if verb.dep_ == "conj":
        marks |= {child.lower_ for child in verb.head.lefts if child.dep_ == "mark"}
    return marks


def clause_with_that(verb: Token) -> Token | None:
    """Return the head of the clause with "that" which follows ``verb`` and belongs to it."""
    return next(
        (
            child
            for child in verb.rights
            if child.dep_ == "ccomp" and any(mark.lower_ == "that" for mark in child.lefts)
        ),
        None,
    )


def shared_clause(verb: Token) -> Token | None:
    """Return the clause shared with the next verb ("*suggest*, but do not prove, that")."""
    if not verb.tag_.startswith("VB") or any(
        child.dep_ in {"obj", "ccomp"} for child in verb.rights
    ):
        return None
    for child in verb.rights:
        joined = child.dep_ == "conj" and any(each.dep_ == "cc" for each in child.lefts)
        own_subject = any(each.dep_ in SUBJECTS for each in child.lefts)
        clause = clause_with_that(child) if joined and not own_subject else None
        if clause is not None:
            following = verb.doc[verb.i + 1]
            return clause if not following.text[0].isalnum() or following.dep_ == "cc" else None
    return None


def precedes_infinitive(match: Match) -> bool:
    """Say whether "to" and a verb follow the anchor, whatever the tree makes of them."""
    if match.words.forms[match.end - 1] == "to":
        after = word_after(match, 1)
    elif forms_after(match, 1) == ["to"]:
        after = word_after(match, 2)
    else:
        return False
    return after is not None and after.tag_ in {"VB", "RB"}


def follows_be(match: Match) -> bool:
    """Say whether a form of "be" stands before the anchor, adverbs and "not" apart."""
    position = match.start
    while match.words.places[position] < match.anchor.i:
        position += 1
    for before in range(position - 1, max(-1, position - 5), -1):
        if match.words.forms[before] in BE:
            return True
        token = match.words.token(before)
        if match.words.forms[before] not in NEGATIONS and not token.tag_.startswith("RB"):
            return False
    return False


def word_after(match: Match, distance: int) -> Token | None:
    """Return the word so many places after the cue, in its paragraph."""
    position = match.end - 1 + distance
    forms = match.words.forms
    if position < len(forms) and BREAK not in forms[match.end : position + 1]:
        return match.words.token(position)
    return None


def forms_after(match: Match, count: int) -> list[str]:
    """Return the forms of up to ``count`` words after the cue, in its paragraph."""
    forms: list[str] = []
    for form in match.words.forms[match.end : match.end + count]:
        if form == BREAK:
            break
        forms.append(form)
    return forms


def forms_before(match: Match, count: int) -> list[str]:
    """Return the forms of up to ``count`` words up to the anchor, in its paragraph."""
    position = match.start
    while match.words.places[position] < match.anchor.i:
        position += 1
    forms = match.words.forms[max(0, position - count) : position]
    if BREAK in forms:
        forms = forms[len(forms) - forms[::-1].index(BREAK) :]
    return forms
