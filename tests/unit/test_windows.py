"""Windows: every word once, none too long, features as they should be."""

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.model import MODEL_PATH
from backend.pipeline.windows import (
    BLOCK_PIECES,
    WINDOW_PIECES,
    Shape,
    load_tokenizer,
    windows,
)

NLP = spacy.blank("en")
TOKENIZER = load_tokenizer(MODEL_PATH / "tokenizer.json")


@given(st.text(alphabet=st.sampled_from("ab. “”’\n\u200b\u0301\u00ad😀漢Z9"), max_size=600))
def test_every_word_stands_in_one_window(text: str) -> None:
    doc = NLP.make_doc(text)
    found = list(windows(doc, TOKENIZER))
    assert [int(i) for w in found for i in w.words] == [t.i for t in doc if not t.is_space]
    for window in found:
        assert len(window.pieces) == len(window.features)
        assert (window.first_piece < len(window.pieces) - 1).all()
        assert len(window.pieces) % window.blocks == 0
        assert len(window.pieces) <= window.blocks * BLOCK_PIECES
        end = int(np.flatnonzero(window.pieces == TOKENIZER.token_to_id("[SEP]"))[-1])
        padding = window.pieces[end + 1 :]
        assert (padding == TOKENIZER.token_to_id("[PAD]")).all()
        assert len(padding) < window.blocks


@pytest.mark.parametrize(
    "text",
    ["word " * 5_000, "A sentence of words. " * 1_000, "x" * 20_000, "é!" * 5_000, "a\n\n" * 3_000],
)
def test_no_window_is_too_long(text: str) -> None:
    for window in windows(NLP.make_doc(text), TOKENIZER):
        padding = TOKENIZER.token_to_id("[PAD]")
        assert (window.pieces != padding).sum() - 2 <= WINDOW_PIECES


def test_windows_end_where_sentences_do_and_are_of_nearly_one_length() -> None:
    doc = NLP.make_doc("They said that it was over. " * 40)
    found = list(windows(doc, TOKENIZER))
    assert len(found) == 2
    assert all(doc[int(w.words[-1])].text == "." for w in found)
    assert abs(len(found[0].pieces) - len(found[1].pieces)) <= 14


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ('"It was not over. It was new," she said. ' * 20, '"'),
        ("They said it was over. " * 20 + '"Why so? Who? When?" he asked. ' * 16, '"'),
        ("One two three. " * 50 + "\n\nMore words here. " + "One two three. " * 40, "More"),
    ],
    ids=["the opening mark goes with its quotation", "the question with its cue", "paragraphs"],
)
def test_windows_begin_where_least_is_torn_apart(text: str, first: str) -> None:
    doc = NLP.make_doc(text)
    found = list(windows(doc, TOKENIZER))
    assert len(found) == 2
    assert doc[int(found[1].words[0])].text == first


def test_features_keep_letter_case_and_paragraphs() -> None:
    doc = NLP.make_doc("The BBC said so.\n\nMcKay, 40, did not.")
    (window,) = windows(doc, TOKENIZER)
    rows = {
        doc[int(word)].text: tuple(window.features[piece])
        for word, piece in zip(window.words, window.first_piece, strict=True)
    }
    assert rows["The"] == (0, Shape.TITLE, 1)
    assert rows["BBC"] == (0, Shape.UPPER, 0)
    assert rows["McKay"] == (0, Shape.MIXED, 1)
    assert rows["40"] == (0, Shape.DIGIT, 0)


def test_a_text_without_words_has_no_windows() -> None:
    assert list(windows(NLP.make_doc(" \n\n "), TOKENIZER)) == []
    assert list(windows(NLP.make_doc(""), TOKENIZER)) == []
