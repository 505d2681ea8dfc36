"""A participle's source is the subject of its sentence, or who says something beside it."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from backend.pipeline.attribution.participles import with_subjects
from backend.pipeline.marks import Attribution

VOCAB = spacy.blank("en").vocab


def build(*rows: str) -> Doc:
    """Build a parsed Doc from rows "word lemma tag relation head", heads counted from 1."""
    words, lemmas, tags, deps, heads = zip(*(row.split() for row in rows), strict=True)
    heads_from_0 = [int(head) - 1 for head in heads]
    return Doc(VOCAB, words=words, lemmas=lemmas, tags=tags, deps=deps, heads=heads_from_0)


def source_of(doc: Doc, cue: int, content: tuple[int, int], *others: Attribution) -> str | None:
    mark = Attribution(doc[cue : cue + 1], None, (doc[slice(*content)],))
    found = next(m for m in with_subjects([mark, *others]) if m.cue == mark.cue)
    return found.source.text if found.source else None


FRONTED = (
    "Claiming claim VBG advcl 6",
    "it it PRP nsubj 3",
    "rained rain VBD ccomp 1",
    ", , , punct 6",
    "{} nsubj 6",
    "left leave VBD ROOT 6",
)


@pytest.mark.parametrize(
    ("subject", "expected"), [("Ann Ann NNP", "Ann"), ("there there EX", None)]
)
def test_a_fronted_participle(subject: str, expected: str | None) -> None:
    doc = build(*(row.format(subject) for row in FRONTED))
    assert source_of(doc, 0, (1, 3)) == expected


def test_who_says_something_beside_it() -> None:
    doc = build(
        "It it PRP nsubj 2",
        "ended end VBD ROOT 2",
        ", , , punct 5",
        "Ann Ann NNP nsubj 5",
        "said say VBD parataxis 2",
        ", , , punct 7",
        "adding add VBG advcl 5",
        "it it PRP nsubj 9",
        "rained rain VBD ccomp 7",
    )
    source = Span(doc, 3, 4, label="SOURCE")
    said = Attribution(doc[4:5], source, (doc[0:2],))
    assert source_of(doc, 6, (7, 9), said) == "Ann"


def test_a_participle_that_describes_a_noun_is_not_the_subjects() -> None:
    doc = build(
        "Ann Ann NNP nsubj 2",
        "read read VBD ROOT 2",
        "letters letter NNS obj 2",
        "claiming claim VBG acl 3",
        "it it PRP nsubj 6",
        "rained rain VBD ccomp 4",
    )
    assert source_of(doc, 3, (4, 6)) is None
