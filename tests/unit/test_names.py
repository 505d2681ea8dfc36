"""Every example of the lists that names are taken apart by."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from spacy.language import Language

from backend.pipeline.attribution.names import RULES_PATH, Entities

RULES: dict[str, Any] = tomllib.loads(RULES_PATH.read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", RULES["examples"], ids=lambda example: example["list"])
def test_a_list_does_what_its_example_says(example: dict[str, str], nlp: Language) -> None:
    table, _, key = example["list"].partition(".")
    (word,) = re.findall(r"\[(.+?)\]", example["text"])
    assert word.lower() in RULES[table][key]
    entities = Entities(nlp(re.sub(r"[\[\]]", "", example["text"])))
    name = entities.names[-1]
    assert name.text == example["name"]
    gender = name.gender or entities.of[name].gender
    assert (gender.value if gender else None) == example.get("gender")
    if "bearer" in example:
        assert name.bearer.value == example["bearer"]


def test_every_list_has_an_example() -> None:
    lists = {f"{table}.{key}" for table in RULES if table != "examples" for key in RULES[table]}
    assert lists == {example["list"] for example in RULES["examples"]}
