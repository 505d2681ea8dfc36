"""Proposes the spans of attributions from syntax: sources, cues and contents.

The constructions are data (``rules/constructions.toml``); here is how each is read off a tree of
Universal Dependencies. Next to quotation marks, where parsers err most, a verb of saying and the
noun phrase beside it are enough. Nothing inside a quotation is a cue: those words are the
speaker's own.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from backend.pipeline.attribution.constructions import constructions
from backend.pipeline.attribution.proposing.adjuncts import read_adjunct, read_adverb
from backend.pipeline.attribution.proposing.candidates import Candidates
from backend.pipeline.attribution.proposing.nouns import read_hearsay, read_noun
from backend.pipeline.attribution.proposing.text import Text
from backend.pipeline.attribution.proposing.verbs import read_verb
from backend.pipeline.columns import columns_of
from backend.pipeline.word_forms import VERB_TAGS

__all__ = ["propose"]


def propose(doc: Doc) -> list[Span]:
    """Return the spans that ``doc``'s syntax suggests, labelled SOURCE, CUE or CONTENT."""
    rules = constructions()
    text = Text(doc)
    candidates = Candidates(text)
    adjuncts: list[Token] = []
    columns = columns_of(doc)
    prepositions = {"according", "in"} | rules.prepositions
    others = prepositions | rules.adverbs | rules.hearsay
    found = [
        i
        for i, (word, lemma) in enumerate(zip(columns.lower, columns.lemmas, strict=True))
        if word in others or lemma in rules.read
    ]
    for i in filter(text.is_outside, found):
        word, tag = columns.lower[i], columns.tags[i]
        if word in prepositions:
            adjuncts.append(doc[i])
        elif word in rules.adverbs:
            read_adverb(doc[i], candidates)  # some are taken for verbs
        elif word in rules.hearsay and read_hearsay(doc[i], candidates):
            continue  # *Rumour*, where a sentence begins, may seem a name
        elif tag in VERB_TAGS:
            read_verb(doc[i], candidates, rules)
        elif tag in ("NN", "NNS"):
            read_noun(doc[i], candidates, rules)
    for token in adjuncts:  # their contents end where other attributions begin
        read_adjunct(token, candidates, rules)
    return candidates.spans()
