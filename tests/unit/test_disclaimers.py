"""What a writer says of a claim is no part of it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from backend.pipeline.attribution.disclaimers import RULES_PATH, without_disclaimers
from backend.pipeline.marks import Attribution

RULES: dict[str, Any] = tomllib.loads(RULES_PATH.read_text("utf-8"))
NLP = spacy.blank("en")


@pytest.mark.parametrize("example", [*RULES["examples"], *RULES["counterexamples"]])
def test_a_claim_ends_where_its_writer_says_what_is_not_clear(example: str) -> None:
    doc: Doc = NLP(re.sub(r"[\[\]<>*]", "", example))
    for token in doc:
        token.tag_ = "RB" if token.text in {"yet", "not"} else "NN"
    match = re.search(r"\*(.+?)\*", example)
    assert match is not None
    start = doc.text.index(match[1])
    cue = doc.char_span(start, start + len(match[1]))
    [said] = re.findall(r"\[(.+?)\]", example)
    first = doc.text.index(said)
    # The content is taken for all of the sentence that is left on its side of the cue.
    end = len(doc.text) - 1 if first > start else start - 2
    content = doc.char_span(first, end)
    assert content is not None
    [mark] = without_disclaimers([Attribution(cue, None, (content,))])
    assert [span.text for span in mark.content] == [said]
