"""The parser on sentences that leave no doubt, and on texts with odd white space."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from backend.pipeline import syntax
from backend.pipeline.encoder import Encoder
from backend.pipeline.model import load_model
from backend.pipeline.syntax import Syntax, lemma


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


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30), st.integers(1, 100))
def test_stretches_are_of_whole_sentences(sizes: list[int], least: int) -> None:
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    count = sum(sizes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(syntax, "_STRETCH", least)
        stretches = list(syntax._stretches(starts, count))
    assert [first for first, _ in stretches] == [0, *(end for _, end in stretches[:-1])]
    assert stretches[-1][1] == count
    assert {end for _, end in stretches} <= {*starts, count}
    lengths = [end - first for first, end in stretches]
    assert all(least <= length < least + max(sizes) for length in lengths[:-1])
    assert 0 < lengths[-1] < least + max(sizes)


def test_in_stretches_a_text_is_parsed_as_it_is_at_once(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = ["The", "minister", "said", "that", "prices", "may", "have", "risen", "."]
    doc = Encoder(load_model())(Doc(nlp.vocab, words=sentence * 12))
    parser = Syntax(load_model())

    def parsed() -> list[tuple[str, str, str, int, bool]]:
        tokens = parser(doc)
        return [(t.tag_, t.pos_, t.dep_, t.head.i, bool(t.is_sent_start)) for t in tokens]

    at_once = parsed()
    assert len({head for _, _, _, head, _ in at_once}) > 12
    monkeypatch.setattr(syntax, "_STRETCH", 20)
    assert len(list(syntax._stretches([i for i, t in enumerate(at_once) if t[4]], len(doc)))) > 2
    assert parsed() == at_once


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
