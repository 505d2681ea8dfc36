"""Clauses with *as*: *As X points out, …*, *…, as X puts it*, *as reported by X*."""

from __future__ import annotations

from spacy.tokens import Token

from backend.pipeline.attribution.proposing.candidates import Candidate, Candidates
from backend.pipeline.attribution.proposing.subjects import NOMINAL
from backend.pipeline.attribution.proposing.text import Bounds
from backend.pipeline.word_forms import VERB_TAGS

_OBJECTS = {"obj", "ccomp"}
_MARKS = frozenset(",(—–") | {"--", "”", '"', "''"}
_ENDS_CLAUSE = {",", ":"}
_PARTICIPLES = {"VBN", "VBD"}
_GIVEN = {"in", "by"}
"""What stands between a participle and who or what said it."""
_NEARBY = 8
"""How many attributions back an *as* clause can reach in its sentence."""


def is_as_clause(token: Token) -> bool:
    """Is ``token`` the verb of such a clause, as parsed?"""
    is_clause = token.dep_.startswith("advcl") or token.dep_ == "ccomp"  # some parse it so
    return is_clause and any(t.dep_ == "mark" and t.lower_ == "as" for t in token.lefts)


def read_with_it(token: Token, candidates: Candidates) -> bool:
    """Read *As X put it, …* and *…, as X put it*, and say whether there is such a clause."""
    doc, end = token.doc, token.i + 2
    if end >= len(doc) or doc[end - 1].lower_ != "it" or not (doc[end].is_punct):
        return False
    cue = (token.i, end)
    return read_from_words(token, cue, candidates) or _read_set_off(token, cue, candidates)


def read_from_words(token: Token, cue: Bounds, candidates: Candidates) -> bool:
    """Read a clause that parsers take for the main one, and say whether there is such a clause."""
    if is_as_clause(token):
        return False
    return _read_fronted(token, cue, candidates) or _read_set_off(token, cue, candidates)


def _read_set_off(token: Token, cue: Bounds, candidates: Candidates) -> bool:
    """Read *…, as X points out, …*, where the cue ends the clause."""
    columns, end = candidates.text.columns, _end_of_subject(cue, candidates)
    first, _ = columns.sentence(token.i)
    start = end
    while start > first and columns.tags[start - 1] in NOMINAL:
        start -= 1
    if start in (end, first) or columns.lower[start - 1] != "as":
        return False
    return _add_around(cue, (start, end), (start - 1, cue[1]), candidates)


def _end_of_subject(cue: Bounds, candidates: Candidates) -> int:
    """Return where the words before ``cue`` end but for adverbs: *as Ann once put it*."""
    end = cue[0]
    while end > 0 and candidates.text.columns.tags[end - 1] == "RB":
        end -= 1
    return end


def read_participle(token: Token, candidates: Candidates) -> bool:
    """Read *As stated in X, …* and *…, as reported by X*, and say whether it is one."""
    doc, start, end = token.doc, token.i - 1, token.i + 2
    if start < 0 or end >= len(doc) or token.tag_ not in _PARTICIPLES:
        return False
    preposition = doc[end - 1]
    if doc[start].lower_ != "as" or preposition.lower_ not in _GIVEN or preposition.head.i < end:
        return False
    source = candidates.text.trim(candidates.text.noun_phrase(preposition.head, skip=end - 1))
    _add_around((token.i, end), source, (start, source[1]), candidates)
    return True


def _add_around(cue: Bounds, source: Bounds, clause: Bounds, candidates: Candidates) -> bool:
    """Add what stands around a ``clause`` that marks set off, and say whether there is any."""
    doc = candidates.text.doc
    sentence = doc[cue[0]].sent
    is_closed = clause[1] >= sentence.end or doc[clause[1]].is_punct
    if not is_closed or (clause[0] > sentence.start and doc[clause[0] - 1].text not in _MARKS):
        return False
    parts = [(sentence.start, clause[0]), (clause[1], sentence.end)]
    found = candidates.attribute(cue, source, [p for p in parts if not candidates.has_cue(p)])
    if found:
        candidates.add_aside(clause)
    return found


def read(token: Token, cue: Bounds, source: Bounds, candidates: Candidates) -> None:
    """Add what the *as* clause around ``token`` attributes: what it hangs on."""
    candidates.add_aside((token.left_edge.i, token.right_edge.i + 1))
    candidates.add(Candidate(cue, source, _host(token, candidates)))


def _read_fronted(token: Token, cue: Bounds, candidates: Candidates) -> bool:
    """Read *As X points out, …*, where the cue has no object or clause before the comma."""
    columns = candidates.text.columns
    first, last = columns.sentence(token.i)
    if columns.lower[first] != "as":
        return False
    start, end, subject = first + 1, cue[1], _end_of_subject(cue, candidates)
    if not start < subject or any(tag not in NOMINAL for tag in columns.tags[start:subject]):
        return False
    while end < last and columns.tags[end] not in VERB_TAGS and columns.tags[end] != "MD":
        if columns.words[end] in _ENDS_CLAUSE and end + 1 < last:
            candidates.add_aside((first, end))
            content = candidates.text.trim((end, last))
            candidates.add(Candidate(cue, (start, subject), [content]))
            return True
        if columns.lower[end] == "that" or columns.deps[end] in _OBJECTS:
            return False
        end += 1
    return False


def _host(clause: Token, candidates: Candidates) -> list[Bounds]:
    """Return what an *as* clause hangs on, or nothing where that is content already.

    On a cue it hangs by mistake: in *Few believe it rained, as X claims* X claims what few believe.
    """
    host = clause.head
    for one in candidates.latest(_NEARBY):
        if one.cue[0] <= host.i < one.cue[1]:
            first = clause.left_edge.i
            parts = [candidates.text.trim((s, min(e, first))) for s, e in one.contents]
            return [(left, right) for left, right in parts if left < right]
    taken = [bounds for one in candidates.latest(_NEARBY) for bounds in (one.cue, *one.contents)]
    if any(start <= host.i < end for start, end in taken):
        return []
    start, end = host.left_edge.i, host.right_edge.i + 1
    first, last = clause.left_edge.i, clause.right_edge.i + 1
    parts = [candidates.text.trim(bounds) for bounds in ((start, first), (last, end))]
    return [(left, right) for left, right in parts if left < right]
