"""The parser on sentences that leave no doubt, and on texts with odd white space."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from backend.pipeline.syntax import lemma


def parse(nlp: Language, text: str) -> Doc:
    return nlp(text)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The minister said that prices would rise.", "minister", ("NN", "NOUN", "nsubj", "said")),
        ("The minister said that prices would rise.", "rise", ("VB", "VERB", "ccomp", "said")),
        ("Smith was told to leave.", "Smith", ("NNP", "PROPN", "nsubj:pass", "told")),
        ("Smith was told to leave.", "was", ("VBD", "AUX", "aux:pass", "told")),
        ("He may have lied.", "may", ("MD", "AUX", "aux", "lied")),
    ],
)
def test_reads_syntax(
    nlp: Language, text: str, word: str, expected: tuple[str, str, str, str]
) -> None:
    token = next(t for t in parse(nlp, text) if t.text == word)
    assert (token.tag_, token.pos_, token.dep_, token.head.text) == expected


def test_a_persons_name_and_title_are_no_word_broken_in_two(nlp: Language) -> None:
    doc = parse(nlp, "“No,” said Debbie Kepler, the organist at the Midway Baptist Church.")
    assert {t.tag_ for t in doc if t.text in {"Debbie", "Kepler"}} == {"NNP"}
    assert next(t.tag_ for t in doc if t.text == "organist") == "NN"


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["He said so", ".", "\n", " ", "\n\n", "“", "No", "A\u200b", "\t"]))
)
def test_sentences_never_cross_paragraphs(nlp: Language, pieces: list[str]) -> None:
    doc = parse(nlp, " ".join(pieces))
    assert len(doc) == 0 or all(t.dep_ for t in doc)
    for sentence in doc.sents:
        assert "\n" not in sentence.text.strip()
        roots = [t for t in sentence if t.head.i == t.i and not t.is_space]
        assert len(roots) <= 1 or all(t.is_space for t in sentence)


@pytest.mark.parametrize(
    ("text", "part", "base"),
    [
        ("said", "VERB", "say"),
        ("According", "VERB", "accord"),
        ("wo", "AUX", "will"),
        ("’s", "AUX", "be"),
        ("Claims", "NOUN", "claim"),
        ("Putin", "PROPN", "Putin"),
        ("They", "PRON", "they"),
    ],
)
def test_base_forms(text: str, part: str, base: str) -> None:
    assert lemma(text, part) == base
