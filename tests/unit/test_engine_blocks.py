"""Every offset of the pipeline's text leads back to the caller's own characters."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from backend.engine.blocks import LONGEST_WORD, Block, Excerpt, Layout, OffsetUnit
from tests.texts import messy_texts, sliced


def layout(*texts: str, line_breaks: int = 2) -> Layout:
    return Layout.of(Block(f"b{n}", text, line_breaks) for n, text in enumerate(texts, 1))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("He  said\tso.", "He said so."),
        ("He said\nso.", "He said so."),
        ("He said.\n\nShe left.", "He said.\n\nShe left."),
        ("He said.\r\n \r\nShe left.", "He said.\n\nShe left."),
        (" \n He said. \n", "He said."),
        ("It has\u00a0been con\u00adfirmed.", "It has been confirmed."),
        ("\ufeffHe \u200b said.", "He said."),
        ("He\x00said\x1bso", "He said so"),
        ("\ud83d so \ude00", "\ufffd so \ufffd"),
        ("Mis\u030cov 👩‍👩‍👧 left", "Mis\u030cov 👩‍👩‍👧 left"),
        ("So " + "x" * 100 + " it is", "So " + "x" * LONGEST_WORD + " it is"),
        ("(" * 200_000, "(" * LONGEST_WORD),
        ("\u00ad", ""),
        ("", ""),
    ],
)
def test_what_the_pipeline_reads(text: str, read: str):
    assert layout(text).text == read


def test_each_line_may_be_a_paragraph():
    assert layout("One\nTwo\r\n\r\nThree", line_breaks=1).text == "One\n\nTwo\n\nThree"


def test_blocks_without_text_leave_no_gap():
    read = layout("One", "", " \n", "Two")
    assert read.text == "One\n\nTwo"
    assert read.excerpt(5, 8, OffsetUnit.UTF16) == Excerpt("b4", 0, 3, "Two")


def test_what_the_pipeline_does_not_see_is_given_back():
    read = layout("😀 It was con\u00adfirmed\u00ad.")
    start = read.text.index("confirmed")
    found = read.excerpt(start, start + len("confirmed"), OffsetUnit.UTF16)
    assert found == Excerpt("b1", 10, 20, "con\u00adfirmed")


def test_units_differ_by_the_characters_outside_the_basic_plane():
    read = layout("😀😀 so")
    assert read.excerpt(3, 5, OffsetUnit.CODEPOINT) == Excerpt("b1", 3, 5, "so")
    assert read.excerpt(3, 5, OffsetUnit.UTF16) == Excerpt("b1", 5, 7, "so")
    assert read.excerpt(0, 1, OffsetUnit.UTF16) == Excerpt("b1", 0, 2, "😀")


@pytest.mark.parametrize(("start", "end"), [(0, 6), (3, 4), (4, 6), (2, 2), (5, 9)])
def test_no_excerpt_of_nothing_nor_of_two_blocks(start: int, end: int):
    with pytest.raises(ValueError, match="no part of one block"):
        layout("One", "Two").excerpt(start, end, OffsetUnit.UTF16)


@given(st.lists(messy_texts(), max_size=5), st.sampled_from(OffsetUnit), st.integers(1, 2))
def test_every_token_is_a_slice_of_its_block(texts: list[str], unit: OffsetUnit, line_breaks: int):
    blocks = {f"b{n}": text for n, text in enumerate(texts)}
    read = Layout.of(Block(name, text, line_breaks) for name, text in blocks.items())
    last = ("", 0)
    for token in spacy.blank("en")(read.text):
        if not token.is_space:
            found = read.excerpt(token.idx, token.idx + len(token), unit)
            assert found.text == sliced(blocks[found.block], found.start, found.end, unit) != ""
            assert found.block != last[0] or found.start >= last[1]
            last = (found.block, found.end)


@given(messy_texts())
def test_what_the_pipeline_reads_is_clean(text: str):
    read = layout(text).text
    assert read == read.strip()
    assert not any(char < " " or "\ud800" <= char <= "\udfff" for char in read.replace("\n", ""))
    assert "  " not in read
    assert "\n" not in read.replace("\n\n", "")
    assert max(map(len, read.split()), default=0) <= LONGEST_WORD
