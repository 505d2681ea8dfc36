"""What the dictionary denies a word."""

import pytest

from backend.pipeline.word_forms import VERB_TAGS, denied_tags


@pytest.mark.parametrize(
    ("word", "allowed"),
    [
        ("claims", {"VBZ"}),
        ("announced", {"VBD", "VBN"}),
        ("put", {"VB", "VBD", "VBN", "VBP"}),
        ("is", {"VBZ"}),
        ("being", {"VBG"}),
        ("reportedly", set()),
        ("xyzzied", set(VERB_TAGS)),
        ("'s", set(VERB_TAGS)),
    ],
)
def test_forms(word: str, allowed: set[str]) -> None:
    assert VERB_TAGS - denied_tags(word) == allowed
