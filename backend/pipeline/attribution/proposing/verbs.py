"""Verbs as cues: *X says that …*, *“…,” said X*, *is said to …*, *it is said that …*."""

from __future__ import annotations

from spacy.tokens import Token

from backend.pipeline.attribution.constructions import Constructions, Verb
from backend.pipeline.attribution.proposing import as_clauses
from backend.pipeline.attribution.proposing.candidates import Candidates
from backend.pipeline.attribution.proposing.complements import (
    clauses_after,
    figures,
    infinitives,
    objects,
    obliques,
)
from backend.pipeline.attribution.proposing.direct_speech import (
    content_before,
    next_paragraph,
    quotation_after,
    quotation_going_on,
)
from backend.pipeline.attribution.proposing.subjects import (
    noun_before,
    noun_phrase_beside,
    sharing_subject,
    subject_of,
)
from backend.pipeline.attribution.proposing.text import Bounds, Text
from backend.pipeline.attribution.senses import says_nothing
from backend.pipeline.word_forms import VERB_TAGS

_AUXILIARIES = {"aux", "aux:pass"}
_FINITE = {"VBD", "VBZ", "VBP"}
_PAST = {"VBD", "VBN"}
_SUBJECTS = {"nsubj", "nsubj:pass"}
_OF_CLAUSES = {"nsubj", "nsubj:pass", "csubj", "mark", "aux", "aux:pass", "cop"}
"""What a verb has before it that is a clause of its own, or no finite verb."""


def read_verb(token: Token, candidates: Candidates, rules: Constructions) -> None:
    """Add what the verb ``token`` attributes, if it is one that does."""
    lemma = token.lemma_.lower()
    if lemma in rules.as_clauses and as_clauses.read_with_it(token, candidates):
        return
    particle = next((t.lower_ for t in token.rights if t.dep_ == "compound:prt"), "")
    verb = rules.verbs.get((lemma, particle))
    cue = verb_group(token)
    preposition = "" if particle else _preposition_after(token)
    if preposition and (lemma, preposition) in rules.verbs:
        verb, cue = rules.verbs[lemma, preposition], (cue[0], token.i + 2)
    if verb is None:
        return
    if says_nothing(token.doc[cue[0] : cue[1]]):
        return
    if verb.speech and as_clauses.read_participle(token, candidates):
        return
    quoted = _quoted_above(token, rules)
    passive = any(t.dep_ == "aux:pass" for t in token.children)
    if quoted is not None:
        _read_quoted(token, quoted, verb, candidates)
    elif token.tag_ == "VBG" and (person := _quoted_object(token, rules)) is not None:
        quoted_source = candidates.text.noun_phrase(person)
        contents = _contents(token, verb, cue, quoted_source, candidates.text)
        candidates.attribute(cue, quoted_source, contents, verb.speech)
    elif (above := verb_of_saying_beside(token, verb, rules)) is not None:
        source = subject_of([above, *sharing_subject(above)], candidates.text)
        if source is not None:
            contents = _contents(token, verb, cue, source, candidates.text)
            if "rest" in verb.content:
                contents = [(cue[1], token.right_edge.i + 1)]
            if candidates.attribute(cue, source, contents):
                candidates.add_aside((token.left_edge.i, contents[-1][1]))
    elif passive or (token.tag_ == "VBN" and not _has_auxiliary(token)):
        _read_passive(token, verb, cue, candidates)
    else:
        _read_active(token, verb, cue, candidates)


def verb_group(token: Token) -> Bounds:
    """Return the verb with its auxiliaries, negation and the adverbs among and before them."""
    doc = token.doc
    start, end = token.i, token.i + 1
    mine = {
        t.i
        for t in token.children
        if t.dep_ in _AUXILIARIES or (t.dep_ == "advmod" and t.tag_ in ("RB", "RBR"))
    }
    while start - 1 in mine:
        start -= 1
    for t in token.rights:
        if t.dep_ == "compound:prt" and t.i == end:
            end += 1
    if end < len(doc) and doc[end].text == ":":
        end += 1
    return start, end


def verb_of_saying_beside(token: Token, verb: Verb, rules: Constructions) -> Token | None:
    """Return the verb of saying that ``token`` goes on from, where the parser has it said.

    *She said he would go and called for …*: a verb that is finite itself shares no auxiliary with
    what is said, and goes on from the verb above that.
    """
    said = token.head
    above = said.head
    if "rest" in verb.content and said.lemma_.lower() in rules.speech and token.dep_ == "conj":
        is_own = said.tag_ in _FINITE and not any(t.dep_ in _OF_CLAUSES for t in token.lefts)
        return said if is_own and said.tag_ == token.tag_ else None
    if token.dep_ != "conj" or said.dep_ != "ccomp" or above.lemma_.lower() not in rules.speech:
        return None
    if above.tag_ not in _FINITE or any(t.dep_ in _OF_CLAUSES for t in token.lefts):
        return None
    is_predicate = any(t.dep_ == "cop" for t in said.lefts) and said.tag_ not in VERB_TAGS
    is_modal = any(t.tag_ == "MD" or t.lemma_ == "do" for t in said.lefts if t.dep_ == "aux")
    if not is_predicate and not is_modal:
        return None
    same = token.tag_ == above.tag_ or (is_predicate and {token.tag_, above.tag_} <= _PAST)
    return above if same else None


def _preposition_after(token: Token) -> str:
    """Return the preposition right after ``token``, in lower case, or nothing."""
    following = token.doc[min(token.i + 1, len(token.doc) - 1)]
    return following.lower_ if following.tag_ == "IN" and following.i > token.i else ""


def _has_auxiliary(token: Token) -> bool:
    holder = token.head if token.dep_ == "conj" else token
    return any(t.dep_ in _AUXILIARIES for t in (*token.children, *holder.children))


def _has_expletive(token: Token) -> bool:
    return any(t.lower_ == "it" and t.dep_ in ("expl", "nsubj", "nsubj:pass") for t in token.lefts)


def _read_active(token: Token, verb: Verb, cue: Bounds, candidates: Candidates) -> None:
    text = candidates.text
    if "clause" in verb.content and as_clauses.read_from_words(token, cue, candidates):
        return
    source = subject_of([token], text)
    if source is None and verb.speech and token.tag_ != "VBG":
        source = noun_phrase_beside(cue, text)
    if source is None and verb.speech and token.tag_ == "VBG":
        source = noun_before(token, text)
    source = source or subject_of(sharing_subject(token), text)
    if verb.impersonal:
        if _has_expletive(token):
            candidates.attribute(cue, None, clauses_after(token, cue, text))
        return
    if source is None:
        return
    contents = _contents(token, verb, cue, source, text)
    if candidates.attribute(cue, source, contents, verb.speech):
        if token.dep_ == "conj":
            # What stands before its head is the whole sentence's, though it hang on this verb.
            own = [t.left_edge.i for t in token.lefts if t.i > token.head.i]
            candidates.add_clause(min(source[0], cue[0], *own))
    elif _may_stand_alone(token, verb) and as_clauses.is_as_clause(token):
        as_clauses.read(token, cue, source, candidates)


def _may_stand_alone(token: Token, verb: Verb) -> bool:
    """Can an *as* clause with this verb be about what it hangs on: *as X shows*, not *shows it*?"""
    return verb.speech or ("clause" in verb.content and all(t.dep_ != "obj" for t in token.rights))


def _contents(token: Token, verb: Verb, cue: Bounds, source: Bounds, text: Text) -> list[Bounds]:
    if verb.speech and (before := content_before(token, cue, source, text)):
        return [*before, *quotation_going_on(cue, source, text)]
    contents: list[Bounds] = []
    if "clause" in verb.content:
        contents += clauses_after(token, cue, text)
    if "infinitive" in verb.content and not contents:
        contents += infinitives(token)
    if verb.speech and not contents:
        contents += quotation_after(cue, source, text) or next_paragraph(cue, text)
    if "object" in verb.content and not contents:
        contents += objects(token)
    if "figure" in verb.content and not contents:
        contents += figures(token)
    if "oblique" in verb.content and not contents:
        contents += obliques(token, cue[1])
    return contents


def _quoted_above(token: Token, rules: Constructions) -> Token | None:
    """Return the passive that ``token`` makes a cue with, as *was quoted as saying*."""
    above = token.doc[max(token.i - 2, 0)]
    is_quoted = above.lemma_.lower() in rules.quoted and above.tag_ == "VBN"
    if is_quoted and token.nbor(-1).lower_ == "as" and token.lower_.endswith("ing"):
        return above if any(t.dep_ == "aux:pass" for t in above.children) else None
    return None


def _quoted_object(token: Token, rules: Constructions) -> Token | None:
    """Return who is quoted in *The paper quoted X as saying*, where ``token`` is *saying*."""
    verb = token.head
    if token.i == 0 or token.nbor(-1).lower_ != "as" or verb.lemma_.lower() not in rules.quoted:
        return None
    return next((t for t in verb.rights if t.dep_ == "obj" and t.i < token.i), None)


def _read_quoted(token: Token, above: Token, verb: Verb, candidates: Candidates) -> None:
    subject = next((t for t in above.lefts if t.dep_ in ("nsubj:pass", "nsubj")), None)
    if subject is None:
        return
    cue, source = (verb_group(above)[0], token.i + 1), candidates.text.noun_phrase(subject)
    contents = _contents(token, verb, cue, source, candidates.text)
    candidates.attribute(cue, source, contents, verb.speech)


def _subject_of_infinitive(token: Token) -> Token | None:
    """Return the subject before ``token`` that the parser gives to what follows it."""
    infinitives_after = (t for t in token.rights if t.dep_ == "xcomp")
    subjects = (t for verb in infinitives_after for t in verb.lefts if t.dep_ in _SUBJECTS)
    return next((t for t in subjects if t.i < token.i), None)


def _read_passive(token: Token, verb: Verb, cue: Bounds, candidates: Candidates) -> None:
    text = candidates.text
    agent = next((t for t in token.rights if t.dep_ == "obl:agent"), None)
    subject = next((t for t in token.lefts if t.dep_ in ("nsubj:pass", "nsubj")), None)
    if agent is not None and "object" in verb.content and subject is not None:
        by = next((t for t in agent.lefts if t.dep_ == "case"), None)
        if by is not None and by.i == cue[1] and subject.lower_ != "it":
            candidates.attribute(
                (cue[0], by.i + 1),
                text.noun_phrase(agent, skip=by.i),
                [text.noun_phrase(subject)],
            )
        return
    if cue[0] == token.i and not any(t.dep_ in _AUXILIARIES for t in token.children):
        return
    contents: list[Bounds] = []
    if "clause" in verb.passive:
        contents += clauses_after(token, cue, text)
    if verb.passive & {"infinitive", "raised"} and not contents:
        contents += infinitives(token)
        subject = subject or _subject_of_infinitive(token)
        if contents and subject is not None and "infinitive" not in verb.passive:
            contents.insert(0, text.noun_phrase(subject))
    source = text.noun_phrase(agent, skip=agent.left_edge.i) if agent else None
    candidates.attribute(cue, source, contents, verb.speech or not agent)
