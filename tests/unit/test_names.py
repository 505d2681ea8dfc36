"""Every example of the lists that names are taken apart by."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from spacy.language import Language

from backend.pipeline.attribution.names import RULES_PATH, find_names

RULES: dict[str, Any] = tomllib.loads(RULES_PATH.read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", RULES["examples"], ids=lambda example: example["list"])
def test_a_list_does_what_its_example_says(example: dict[str, str], nlp: Language) -> None:
    table, _, key = example["list"].partition(".")
    (word,) = re.findall(r"\[(.+?)\]", example["text"])
    assert word.lower() in RULES[table][key]
    (name,) = find_names(nlp(re.sub(r"[\[\]]", "", example["text"])))
    assert name.text == example["name"]
    assert (name.gender.value if name.gender else None) == example.get("gender")
    if "bearer" in example:
        assert name.bearer.value == example["bearer"]
