"""Adjuncts as cues: *reportedly*, *according to X*, *per X*, *in X's words*."""

from __future__ import annotations

from spacy.tokens import Token

from backend.pipeline.attribution.constructions import Constructions
from backend.pipeline.attribution.proposing.candidates import Candidate, Candidates
from backend.pipeline.attribution.proposing.subjects import NOMINAL
from backend.pipeline.attribution.proposing.text import Bounds
from backend.pipeline.attribution.senses import says_nothing
from backend.pipeline.word_forms import VERB_TAGS

_KNOWN = {"DT", "PRP$", "NNP", "NNPS"}
"""Tags that a phrase has which says who it is: *the ministry*, *Reuters*, but not *person*."""
_MARKS = {",", "(", "—", "–"}
_WITHIN_PHRASE = {"det", "amod", "compound", "nummod", "nmod:poss", "advmod", "nmod:desc"}
_REACH = 8
"""How many words after *in* the noun may stand that ascribes."""


def read_adverb(token: Token, candidates: Candidates) -> None:
    """Read *X has reportedly left*: the clause around the adverb, up to the next clause.

    Some parses have the adverb govern the clause. In *X, reportedly a spy, left* it is about a
    phrase alone.
    """
    doc = token.doc
    if token.head.dep_ == "appos" and token.head.i > token.i:
        contents = [(token.i + 1, token.head.right_edge.i + 1)]
        candidates.attribute((token.i, token.i + 1), None, contents, speech=False)
        return
    verb = next((t for t in token.rights if t.dep_ in ("ccomp", "xcomp")), token.head)
    following = doc[min(token.i + 1, len(doc) - 1)]
    if following.dep_ == "amod" or not _has_subject(verb):
        return
    start = min(verb.left_edge.i, token.i)
    end = min(
        (
            t.left_edge.i
            for t in verb.rights
            if t.i > token.i and t.dep_ in ("conj", "parataxis") and _has_subject(t)
        ),
        default=verb.right_edge.i + 1,
    )
    contents = [(start, token.i), (token.i + 1, end)]
    candidates.attribute((token.i, token.i + 1), None, contents, speech=False)


def read_adjunct(token: Token, candidates: Candidates, rules: Constructions) -> None:
    """Read what the preposition ``token`` attributes.

    Words that another attribution's cue takes up are no content of it: read it after the others.
    """
    if token.i + 2 >= len(token.doc):
        return
    if token.lower_ == "according":
        _read_according(token, candidates)
    elif _is_set_off(token):
        if token.lower_ in rules.prepositions:
            _read_preposition(token, candidates)
        else:
            _read_in(token, candidates, rules)


def _read_according(token: Token, candidates: Candidates) -> None:
    """Read *According to X, …*, *…, according to X* and *… according to X, …*."""
    doc, text = token.doc, candidates.text
    cue = (token.i, token.i + 2)
    if token.nbor().lower_ != "to" or says_nothing(doc[cue[0] : cue[1]]):
        return
    head = token.head if token.head.i > token.i else _head_of_phrase(doc[token.i + 2])
    source = text.noun_phrase(head, skip=token.i + 1)
    candidates.add_aside((cue[0], source[1]))
    contents = _around((token.i, source[1]), candidates)
    candidates.add(Candidate(cue, text.trim(source), contents))


def _head_of_phrase(first: Token) -> Token:
    """Return the noun that the words from ``first`` on describe, as *survey* in *a BBC survey*."""
    head = first
    while head.dep_ in _WITHIN_PHRASE and head.head.i > head.i:
        head = head.head
    return head


def _read_preposition(token: Token, candidates: Candidates) -> None:
    """Read *Per X, …* and *…, per X*, where X is named or known."""
    first, head = token.nbor(), token.head
    if head.i > token.i and (first.tag_ in _KNOWN or head.tag_ in _KNOWN):
        source = candidates.text.trim(candidates.text.noun_phrase(head, skip=token.i))
        _add_around((token.i, token.i + 1), source, (token.i, source[1]), candidates)


def _read_in(token: Token, candidates: Candidates, rules: Constructions) -> None:
    """Read *in X's view, …* and *in the view of X, …*."""
    doc, text = token.doc, candidates.text
    for noun in doc[token.i + 1 : min(token.i + _REACH, token.sent.end)]:
        if noun.lower_ in rules.adjuncts:
            break
    else:
        return
    owner = next((t for t in noun.lefts if t.dep_ == "nmod:poss"), None)
    start = token.i + 1
    if owner is not None and all(t.tag_ in NOMINAL for t in doc[start : owner.i]):
        ending = next((t.i for t in owner.rights if t.tag_ == "POS"), noun.i)
        first = ending if ending + 1 == noun.i else noun.i
        source = (start, ending if ending > owner.i else owner.i + 1)
        _add_around((first, noun.i + 1), source, (token.i, noun.i + 1), candidates)
        return
    of = doc[min(noun.i + 1, len(doc) - 1)]
    if of.lower_ == "of" and of.head.i > of.i and noun.nbor(-1).lower_ == "the":
        source = text.trim(text.noun_phrase(of.head, skip=of.i))
        _add_around((token.i, of.i + 1), source, (token.i, source[1]), candidates)


def _add_around(cue: Bounds, source: Bounds, phrase: Bounds, candidates: Candidates) -> None:
    """Add an attribution of what stands around a ``phrase``, where a mark closes this.

    A phrase before a quotation is about that alone: *she was, in his words, “a star” at home*.
    """
    text, end = candidates.text, phrase[1]
    if end < len(text.doc) and not text.doc[end].is_punct:
        return
    contents = _around(phrase, candidates)
    is_fronted = text.doc[phrase[0]].is_sent_start
    if not is_fronted and end + 1 < len(text.doc) and text.opens_quotation(end + 1):
        contents = [(end + 1, text.end_of_quotation(end + 1))]
    if candidates.attribute(cue, source, contents):
        candidates.add_aside(phrase)


def _around(phrase: Bounds, candidates: Candidates) -> list[Bounds]:
    """Return what stands before and after ``phrase`` in its sentence and is nobody else's."""
    doc, text = candidates.text.doc, candidates.text
    sentence = doc[phrase[0]].sent
    end = candidates.first_clause(phrase[1], sentence.end)
    after, before = (phrase[1], end), (sentence.start, phrase[0])
    if doc[phrase[0] - 1].text != "," and not any(t.tag_ in VERB_TAGS for t in doc[slice(*before)]):
        before = (phrase[0], phrase[0])  # *the crew according to him* is one noun phrase
    return [
        text.trim(bounds)
        for bounds in (before, after)
        if text.count_words(bounds) > 1 and not candidates.has_cue(bounds)
    ]


def _is_set_off(token: Token) -> bool:
    """Does a sentence begin with ``token``, or does a mark stand before it?"""
    return token.is_sent_start or token.nbor(-1).text in _MARKS


def _has_subject(verb: Token) -> bool:
    return any(t.dep_ in ("nsubj", "nsubj:pass", "csubj") for t in verb.lefts)
