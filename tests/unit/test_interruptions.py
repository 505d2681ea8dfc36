"""Both sides of a sentence that its speaker interrupts, over marks written by hand."""

from __future__ import annotations

import pytest
from spacy.language import Language

from backend.pipeline.attribution.interruptions import complete
from backend.pipeline.marks import Attribution
from tests.spans import span


@pytest.mark.parametrize(
    ("sentence", "contents"),
    [
        ("The museum, Ann said, celebrates it.", ["The museum", "celebrates it"]),
        ("The museum, Ann said on Monday, celebrates it.", ["The museum", "celebrates it"]),
        # It may be the speaker who goes on, in what follows.
        ("The museum, Ann said, and left.", ["The museum"]),
        ("The museum, Ann said, sitting down.", ["The museum"]),
        # The words after a quotation are the writer's.
        ("“The museum,” Ann said, celebrates it.", ["“The museum,”"]),
        ("The museum Ann said, celebrates it.", ["The museum"]),
    ],
)
def test_both_sides(nlp: Language, sentence: str, contents: list[str]) -> None:
    doc = nlp(sentence)
    mark = Attribution(
        cue=span(doc, "said", "CUE"),
        source=span(doc, "Ann", "SOURCE"),
        content=(span(doc, contents[0], "CONTENT"),),
    )
    [completed] = complete(doc, [mark])
    assert [one.text for one in completed.content] == contents


def test_a_side_that_is_somebody_elses_is_left_alone(nlp: Language) -> None:
    doc = nlp("The museum, Ann said, Bob denied it.")
    ann = Attribution(
        cue=span(doc, "said", "CUE"),
        source=span(doc, "Ann", "SOURCE"),
        content=(span(doc, "The museum", "CONTENT"),),
    )
    bob = Attribution(
        cue=span(doc, "denied", "CUE"),
        source=span(doc, "Bob", "SOURCE"),
        content=(span(doc, "it", "CONTENT"),),
    )
    assert list(complete(doc, [ann, bob])) == [ann, bob]
