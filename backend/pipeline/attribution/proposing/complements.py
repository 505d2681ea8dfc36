"""Contents that are complements of a verb: *that …*, *to …*, an object."""

from __future__ import annotations

from spacy.tokens import Token

from backend.pipeline.attribution.proposing.text import EDGE, Bounds, Text
from backend.pipeline.columns import columns_of

CLAUSES = {"ccomp", "parataxis"}
"""Relations of a clause to the verb that introduces it."""
_BETWEEN = {"iobj", "obl", "obl:unmarked", "advmod", "obl:tmod", "obl:npmod"}
_FIGURE_WITHIN = 5
"""How many words after *at* a figure may stand: *at a little over 300*."""
_GOVERNED = {"obl", "obj", "advcl", "ccomp", "nmod"}
"""Relations of what a preposition introduces to the verb before this."""
_GOES_ON = {"conj", "advcl", "parataxis", "appos"}
_BREAKS = frozenset(";—–") | {"--"}


def clauses_after(token: Token, cue: Bounds, text: Text) -> list[Bounds]:
    """Return the clause that follows a cue, with the words that a parser may have cut off."""
    clause = next((t for t in token.rights if t.dep_ in CLAUSES and t.i >= cue[1]), None)
    if clause is None or text.is_quoted(clause.left_edge.i):
        return []
    if clause.dep_ == "parataxis" and text.doc[cue[1] - 1].text != ":":
        return []
    start = _clause_start(token, clause, cue)
    end = _clause_end(token, clause)
    return [_to_quotation(start, end, text)] if start < end else []


def infinitives(token: Token) -> list[Bounds]:
    """Return the first infinitive with *to*, as far as what a comma and *with* set off from it."""
    return [
        (to.i, _before_circumstance(t))
        for t in token.rights
        if t.dep_ == "xcomp"
        for to in t.lefts
        if to.lower_ == "to" and to.i > token.i
    ][:1]


def _before_circumstance(verb: Token) -> int:
    for t in verb.rights:
        edge = t.left_edge
        start = edge.i + 1 if edge.text == "," else edge.i
        is_set_off = verb.i < start - 1 and verb.doc[start - 1].text == ","
        if t.dep_ == "advcl" and is_set_off and verb.doc[start].lower_ == "with":
            return int(start) - 1
    return int(verb.right_edge.i) + 1


def objects(token: Token) -> list[Bounds]:
    """Return the first object that is no pronoun."""
    return [
        (t.left_edge.i, t.right_edge.i + 1)
        for t in token.rights
        if t.dep_ == "obj" and t.tag_ not in ("PRP", "WP")
    ][:1]


def figures(token: Token) -> list[Bounds]:
    """Return an object and the figure that it is put at: *the damage at more than $3m*."""
    doc = token.doc
    at = next((t.i for t in token.subtree if t.lower_ == "at" and t.i > token.i + 1), None)
    if at is None or not any(t.tag_ in ("CD", "$") for t in doc[at + 1 : at + _FIGURE_WITHIN]):
        return []
    if not any(t.dep_ == "obj" and token.i < t.i < at for t in token.children):
        return []
    above = doc[at].head
    end = above.right_edge.i + 1 if above.i > at else at + _FIGURE_WITHIN
    return [(token.i + 1, min(end, token.sent.end))]


def obliques(token: Token, start: int) -> list[Bounds]:
    """Return what follows the preposition that ends a cue before ``start``."""
    return [
        (start, t.right_edge.i + 1)
        for t in token.rights
        if t.dep_ in _GOVERNED and t.i >= start and t.tag_ not in ("PRP", "WP")
    ][:1]


def _clause_start(token: Token, clause: Token, cue: Bounds) -> int:
    """Return where the clause begins: after the cue, whom it is told, and when."""
    doc = token.doc
    between = {
        i
        for t in token.rights
        if t.i < clause.i and t.dep_ in _BETWEEN
        for i in range(t.left_edge.i, t.right_edge.i + 1)
    }
    start = cue[1]
    while start < clause.i and (start in between or doc[start].text in EDGE):
        start += 1
    that = next((t for t in clause.lefts if t.lower_ == "that" and t.dep_ == "mark"), None)
    return that.i if that is not None and that.i >= cue[1] else start


def _clause_end(token: Token, clause: Token) -> int:
    """Return where the clause ends: before what goes on from the cue or a word above it."""
    columns = columns_of(token.doc)
    heads, deps = columns.heads, columns.deps
    top, above = token.i, {token.i}
    while heads[top] != top:
        top = heads[top]
        above.add(top)
    end = clause.right_edge.i + 1
    _, sentence_end = columns.sentence(clause.i)
    while end < sentence_end and not columns.is_space[end]:
        head, dep = heads[end], deps[end]
        if end in above or (head in above and head > end and dep != "punct"):
            break  # the main clause of *if she says so, we go*
        if columns.words[end] in _BREAKS or (head in above and dep in _GOES_ON):
            break
        opens = dep in ("cc", "mark", "nsubj", "punct") and end < head
        if opens and deps[head] in _GOES_ON and heads[head] in above:
            break  # a clause that goes on from one of them
        end += 1
    return int(end)


def _to_quotation(start: int, end: int, text: Text) -> Bounds:
    """Let a span that ends inside a quotation run to its closing mark, in its paragraph."""
    while (
        end < len(text.doc)
        and not text.is_outside(end)
        and not text.opens_quotation(end)
        and text.is_quoted(end - 1)
        and not text.doc[end].is_space
    ):
        end += 1
    return start, end
