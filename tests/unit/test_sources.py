"""Whom a phrase names, read off its words."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from backend.pipeline.attribution.names import Names
from backend.pipeline.attribution.sources import closing_name

VOCAB = spacy.blank("en").vocab


@pytest.mark.parametrize(
    ("tagged", "name"),
    [
        ("former/JJ secretary/NN of/IN state/NN Ann/NNP Lee/NNP", "Ann Lee"),
        ("Lee/NNP supporter/NN and/CC actor/NN Bo/NNP Cox/NNP ,/, who/WP sang/VBD", "Bo Cox"),
        ("the/DT rights/NN organization/NN the/DT Ashby/NNP League/NNP", "Ashby League"),
        ("a/DT spokesman/NN for/IN Ann/NNP Lee/NNP", None),
        ("the/DT wife/NN of/IN candidate/NN Bo/NNP Cox/NNP", None),
        ("a/DT sign/NN saying/VBG hello/NN Bo/NNP Cox/NNP", None),
        ("Ann/NNP Lee/NNP", None),
        ("actors/NNS Ann/NNP Lee/NNP and/CC Bo/NNP Cox/NNP", None),
    ],
)
def test_a_role_before_a_name_names_its_bearer(tagged: str, name: str | None) -> None:
    words, tags = zip(*(pair.rsplit("/", 1) for pair in tagged.split()), strict=True)
    pos = ["NOUN" if tag.startswith("NN") else "X" for tag in tags]
    doc = Doc(VOCAB, words=list(words), tags=list(tags), pos=pos)
    found = closing_name(doc[:], Names(doc).all)
    assert (found.text if found else None) == name
