"""Adjuncts as cues: *reportedly*, *according to X*."""

from __future__ import annotations

from spacy.tokens import Token

from backend.pipeline.attribution.proposing.candidates import Candidate, Candidates
from backend.pipeline.attribution.proposing.text import VERB_TAGS


def read_adverb(token: Token, candidates: Candidates) -> None:
    """Read *X has reportedly left*: the clause around the adverb, up to the next clause.

    Some parses have the adverb govern the clause.
    """
    doc = token.doc
    verb = next((t for t in token.rights if t.dep_ == "ccomp"), token.head)
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


def read_according(token: Token, candidates: Candidates) -> None:
    """Read *According to X, …*, *…, according to X* and *… according to X, …*.

    Words that another attribution's cue takes up are no content of it: read it after the others.
    """
    doc, text = token.doc, candidates.text
    if token.i + 2 >= len(doc) or token.nbor().lower_ != "to":
        return
    head = token.head if token.head.i > token.i else doc[token.i + 2]
    cue = (token.i, token.i + 2)
    source = text.noun_phrase(head, skip=token.i + 1)
    sentence = token.sent
    candidates.add_aside((cue[0], source[1]))
    end = candidates.first_clause(source[1], sentence.end)
    after, before = (source[1], end), (sentence.start, token.i)
    if doc[token.i - 1].text != "," and not any(t.tag_ in VERB_TAGS for t in doc[slice(*before)]):
        before = (token.i, token.i)  # *the crew according to him* is one noun phrase
    contents = [
        text.trim(bounds)
        for bounds in (before, after)
        if text.count_words(bounds) > 1 and not candidates.has_cue(bounds)
    ]
    candidates.add(Candidate(cue, text.trim(source), contents))


def _has_subject(verb: Token) -> bool:
    return any(t.dep_ in ("nsubj", "nsubj:pass", "csubj") for t in verb.lefts)
