"""What the pipeline spares spaCy's tokenizer changes nothing of what it finds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
import spacy

from backend import pipeline
from backend.pipeline import load

TOKENIZER = spacy.blank("en").tokenizer


def _found(name: str, word: str) -> bool:
    found = getattr(TOKENIZER, name)(word)
    return any(True for _ in found) if name == "infix_finditer" else found is not None


@pytest.mark.parametrize("name", ["prefix_search", "suffix_search", "infix_finditer", "url_match"])
def test_no_pattern_is_found_in_letters_alone(name: str) -> None:
    letters = filter(str.isalpha, map(chr, range(0, sys.maxunicode, 3)))
    words = (word for letter in letters for word in (letter, f"a{letter}B{letter}"))
    assert [word for word in words if _found(name, word)] == []


def test_patterns_are_still_searched_for_elsewhere() -> None:
    text = "“So,” he said—www.bbc.co.uk—“it’s well-known (in the U.S.): 10km, $5m…”"
    tokens = [token.text for token in load().make_doc(text)]
    assert tokens == [token.text for token in TOKENIZER(text)]


def test_common_words_are_not_worked_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []

    def noting(search: Callable[[str], Any], _: tuple[()] | None) -> Callable[[str], Any]:
        return lambda text: (searched.append(text), search(text))[1]

    monkeypatch.setattr(pipeline, "_unless_letters", noting)
    nlp = load()
    searched.clear()
    with nlp.memory_zone():
        nlp.make_doc("The company said, however, it cannot go.\n\nThey left.")
    assert searched == []
