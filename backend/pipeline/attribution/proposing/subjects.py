"""The sources of verbs: their subjects, and the noun phrases beside verbs of saying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from backend.pipeline.attribution.proposing.text import EDGE, Bounds, Text
from backend.pipeline.attribution.sources import is_document
from backend.pipeline.word_forms import VERB_TAGS

NOMINAL = {
    "DT", "PDT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "CD", "JJ", "JJR", "JJS", "POS", "VBN",
    "HYPH", "WP", "$",
}  # fmt: skip
"""Tags of the words of a simple noun phrase."""
_DETERMINERS = {"DT", "PRP$"}
_HEADS = {"NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD", "WP", "JJ"}
_SUBJECTS = {"nsubj", "csubj"}


def subject_of(verbs: Iterable[Token], text: Text) -> Bounds | None:
    """Return the subject of the first of ``verbs`` that has one."""
    for verb in verbs:
        for t in verb.children:
            if any(c.dep_ == "case" and c.tag_ != "POS" for c in t.lefts):
                continue  # no subject stands under a preposition: the parser erred
            relation = t.dep_
            if relation == "nsubj:pass" and verb.tag_ != "VBN":
                relation = "nsubj"  # a finite form is no passive: the parser erred
            if relation in _SUBJECTS and text.is_outside(t.i):
                if t.lower_ == "there" or relation == "csubj":
                    return None
                return _with_apposition(verb, text.noun_phrase(t), text)
            if relation in ("expl", "nsubj:pass"):
                return None
    return None


def _with_apposition(verb: Token, bounds: Bounds, text: Text) -> Bounds:
    """Take in a second subject after a comma: an apposition that the parser read as one."""
    for t in verb.lefts:
        if t.dep_ in _SUBJECTS and t.left_edge.i == bounds[1] and t.left_edge.text == ",":
            return bounds[0], text.noun_phrase(t)[1]
    return bounds


def sharing_subject(token: Token) -> Iterator[Token]:
    """Yield the verbs above ``token`` that it may share a subject with."""
    for _ in range(3):
        if token.dep_ not in ("conj", "xcomp", "advcl") or (
            token.dep_ == "advcl" and token.tag_ != "VBG"
        ):
            return
        token = token.head
        yield token


def noun_before(participle: Token, text: Text) -> Bounds | None:
    """Return the noun that a participle right after it describes: *a letter saying that …*.

    It has a subject of its own in *a film of Ann saying that …*. In *they read a letter saying
    that …* the parser may hang it on the verb.
    """
    noun = next((t for t in participle.lefts if t.dep_ == "nsubj"), participle.head)
    if participle.dep_ == "xcomp":
        objects = (t for t in participle.head.rights if t.dep_ == "obj" and is_document(t))
        noun = next((t for t in objects if t.right_edge.i + 1 == participle.i), noun)
    if noun.tag_ not in _HEADS or (participle.dep_ != "acl" and noun is participle.head):
        return None
    start, _ = text.noun_phrase(noun)
    while start < noun.i and text.doc[start].dep_ == "case":
        start += 1
    last = participle.i if noun is not participle.head else participle.left_edge.i
    before = text.doc[participle.i - 1]
    if noun.i >= last or before.text in EDGE or before.tag_ in ("IN", "TO"):
        return None
    is_simple = not any(t.tag_ in VERB_TAGS for t in text.doc[start:last])
    return (start, last) if is_simple and start < last else None


def noun_phrase_beside(cue: Bounds, text: Text) -> Bounds | None:
    """Return the noun phrase beside a cue that follows a quotation or a comma."""
    words, tags, is_space = text.columns.words, text.columns.tags, text.columns.is_space
    at = cue[0] - 1
    if at >= 0 and (text.closes_quotation(at) or words[at] == ","):
        end = cue[1]
        while end < len(tags) and tags[end] in NOMINAL and not is_space[end]:
            end += 1
        return (cue[1], end) if end > cue[1] and tags[end - 1] in _HEADS else None
    start = cue[0]
    while start > 0 and tags[start - 1] in NOMINAL and not is_space[start - 1]:
        start -= 1
        if tags[start] in _DETERMINERS:
            break
    before = (
        start == 0
        or tags[start] in _DETERMINERS
        or text.closes_quotation(start - 1)
        or (words[start - 1] == "," and text.ends_sentence(cue[1]))
    )
    if before and start < cue[0] and tags[cue[0] - 1] in _HEADS:
        return start, cue[0]
    return None
