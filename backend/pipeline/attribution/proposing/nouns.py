"""Nouns as cues: *X's claim that …*, *has received confirmation from X that …*, *rumour has it*."""

from __future__ import annotations

from spacy.tokens import Token

from backend.pipeline.attribution.constructions import Constructions
from backend.pipeline.attribution.proposing.candidates import Candidates
from backend.pipeline.attribution.proposing.verbs import verb_group


def read_noun(token: Token, candidates: Candidates, rules: Constructions) -> None:
    """Add what the noun ``token`` attributes, if it is one that does."""
    lemma = token.lemma_.lower()
    if token.i + 1 >= len(token.doc):
        return
    verbs = rules.received.get(lemma)
    if (
        verbs
        and token.dep_ == "obj"
        and token.head.lemma_.lower() in verbs
        and token.nbor().lower_ == "from"
    ):
        _read_received(token, candidates)
    elif lemma in rules.nouns and token.nbor().lower_ == "that":
        _read_that_clause(token, candidates)


def _read_received(token: Token, candidates: Candidates) -> None:
    """Read *has received confirmation from X that …*."""
    start = token.i + 2
    sentence_end = token.sent.end
    that = next((t.i for t in token.doc[start:sentence_end] if t.lower_ == "that"), None)
    if that is None or that == start:
        return
    cue = (verb_group(token.head)[0], start)
    candidates.attribute(cue, (start, that), [(that, sentence_end)])


def read_hearsay(token: Token, candidates: Candidates) -> bool:
    """Read *Rumour has it that …*, and say whether it is that."""
    doc, end = token.doc, token.i + 3
    if end >= len(doc) or [t.lemma_.lower() for t in doc[token.i + 1 : end]] != ["have", "it"]:
        return False
    return candidates.attribute((token.i, end), None, [(end, token.sent.end)])


def _read_that_clause(token: Token, candidates: Candidates) -> None:
    """Read *the claim that …*, whose source is the noun's owner, if it has one."""
    clause = next(
        (
            t
            for t in token.rights
            if t.dep_ in ("acl", "ccomp", "acl:relcl") and t.left_edge.i == token.i + 1
        ),
        None,
    )
    if clause is None or token.nbor().tag_ == "WDT" or clause.tag_ == "IN":
        return
    owner = next((t for t in token.lefts if t.dep_ == "nmod:poss"), None)
    candidates.attribute(
        (token.i, token.i + 1),
        (owner.left_edge.i, owner.right_edge.i + 1) if owner is not None else None,
        [(token.i + 1, clause.right_edge.i + 1)],
    )
