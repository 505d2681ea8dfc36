"""What the pipeline spares spaCy's tokenizer changes nothing of what it finds."""

from __future__ import annotations

import sys

import pytest
import spacy

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
