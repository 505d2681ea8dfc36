"""Every example of the lists that names are taken apart by."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from backend.pipeline.attribution.entities import Entities
from backend.pipeline.attribution.names import RULES_PATH, Names

RULES: dict[str, Any] = tomllib.loads(RULES_PATH.read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", RULES["examples"], ids=lambda example: example["list"])
def test_a_list_does_what_its_example_says(example: dict[str, str], nlp: Language) -> None:
    table, _, key = example["list"].partition(".")
    (word,) = re.findall(r"\[(.+?)\]", example["text"])
    assert word.lower() in RULES[table][key]
    entities = Entities(nlp(re.sub(r"[\[\]]", "", example["text"])))
    name = entities.names.all[-1]
    assert name.text == example["name"]
    gender = name.gender or entities.of[name].gender
    assert (gender.value if gender else None) == example.get("gender")
    if "bearer" in example:
        assert name.bearer.value == example["bearer"]


def test_every_list_has_an_example() -> None:
    lists = {f"{table}.{key}" for table in RULES if table != "examples" for key in RULES[table]}
    assert lists == {example["list"] for example in RULES["examples"]}


VOCAB = spacy.blank("en").vocab


def names_of(tagged: str) -> list[str]:
    """Return the names in words with their tags: "Ann/NNP said/VBD"."""
    pairs = [word.rsplit("/", 1) for word in tagged.split()]
    doc = Doc(VOCAB, words=[word for word, _ in pairs], tags=[tag for _, tag in pairs])
    return [name.text for name in Names(doc).all]


@pytest.mark.parametrize(
    ("tagged", "names"),
    [
        ("Ann/NNP Lee/NNP left/VBD ./. Lee/PRP said/VBD no/UH", ["Ann Lee", "Lee"]),
        ("Lee/NNP and/CC Lee/NNP left/VBD ./. “/`` No/UH ”/'' Lee/JJ said/VBD", ["Lee"] * 3),
        ("the/DT President/NNP said/VBD no/UH", []),
        ("Ann/NNP Bishop/NNP left/VBD ./. Bishop/NNP said/VBD no/UH", ["Ann Bishop", "Bishop"]),
        ("the/DT president/NNP said/VBD no/UH", []),
        ("Democrats/NNP said/VBD no/UH to/IN House/NNP Republicans/NNPS", []),
        (
            "House/NNP Budget/NNP Committee/NNP Chairman/NNP Ann/NNP Lee/NNP on/NNP Monday/NNP",
            ["Ann Lee"],
        ),
        ("Secretary/NNP of/IN State/NNP John/NNP Lee/NNP", ["John Lee"]),
        ("Vice/NNP President/NNP and/CC Sen./NNP King/NNP said/VBD no/UH", ["King"]),
        ("the/DT WHO/WP said/VBD no/UH", ["WHO"]),
        ("Ann/NNP Force/NNP left/VBD Police/NNP", ["Ann Force", "Police"]),
        ("Deputy/NNP Director/NNP of/IN State/NNP Eva-Marie/NNP Lee/NNP", ["Eva-Marie Lee"]),
        ("Sarah/NNP Jones/NNP MP/NNP met/VBD Jones/NNP", ["Sarah Jones", "Jones"]),
        ("Labour/NNP MP/NNP Sarah/NNP Jones/NNP", ["Sarah Jones"]),
        ("Det/NNP Ch/NNP Insp/NNP Ann/NNP Lee/NNP OBE/NNP", ["Ann Lee"]),
        ("Superintendent/NNP of/IN Police/NNP Imran/NNP Qureshi/NNP", ["Imran Qureshi"]),
        ("in/IN the/DT High/JJ Court/NNP of/IN Kenya/NNP", ["High Court of Kenya"]),
        ("in/IN the/DT French/JJ Senate/NNP", ["Senate"]),
        (
            "at/IN the/DT Indian/JJ Space/NNP Research/NNP Organisation/NNP",
            ["Indian Space Research Organisation"],
        ),
        ("Howard/NNP Striker/NNP Lee/NNP", ["Howard Striker Lee"]),
        ("the/DT nonpartisan/NNP Commission/NNP on/IN Debates/NNPS", ["Commission on Debates"]),
    ],
)
def test_what_is_a_name_and_what_only_has_a_capital(tagged: str, names: list[str]) -> None:
    assert names_of(tagged) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Police said no. Police left. Critics said no. Sources agreed.", []),
        ("Ann Force left. Force said no.", ["Ann Force", "Force"]),
    ],
)
def test_a_common_noun_at_a_sentences_start_is_no_name(text: str, names: list[str]) -> None:
    words = text.replace(".", " .").split()
    tags = ["." if w == "." else "NNP" if w.istitle() else "VBD" for w in words]
    starts = [i == 0 or words[i - 1] == "." for i in range(len(words))]
    doc = Doc(VOCAB, words=words, tags=tags, sent_starts=starts)
    assert [name.text for name in Names(doc).all] == names


def test_a_title_with_a_full_stop_is_one_word(nlp: Language) -> None:
    words = [token.text for token in nlp.make_doc("Det. Supt. Lee and Capt. Ashby left.")]
    assert words == ["Det.", "Supt.", "Lee", "and", "Capt.", "Ashby", "left", "."]
