"""The engine around any pipeline: ids, offsets, figures, warnings, and what becomes of the Doc."""

from __future__ import annotations

import gc
import json
import threading
import weakref

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from backend.engine import Block, Engine, OffsetUnit
from backend.engine.blocks import LONGEST_WORD
from backend.engine.summary import Summary
from tests.texts import messy_texts, sliced
from tests.unit.fake_pipeline import fake_pipeline


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(fake_pipeline())


def test_the_reply_in_full(engine: Engine):
    blocks = [Block("t", "😀 Anna said it may rain."), Block("u", "It may not.")]
    assert engine.analyze(blocks).to_dict() == {
        "model": {"name": "fake", "version": "1.2.3"},
        "offset_unit": "utf16",
        "warnings": [],
        "attributions": [
            {
                "id": "a1",
                "cue": {"block": "t", "start": 8, "end": 12, "text": "said"},
                "source": {"block": "t", "start": 3, "end": 7, "text": "Anna"},
                "content": [{"block": "t", "start": 13, "end": 25, "text": "it may rain."}],
                "source_kind": "named",
                "speaker": "Anna",
                "stance": "neutral",
                "attitude": "statement",
                "quote": "indirect",
                "negated": False,
            }
        ],
        "hedges": [
            {
                "id": "h1",
                "cue": {"block": "t", "start": 16, "end": 19, "text": "may"},
                "kind": "modal",
                "scope": [{"block": "t", "start": 20, "end": 25, "text": "rain."}],
                "attribution": "a1",
            },
            {
                "id": "h2",
                "cue": {"block": "u", "start": 3, "end": 6, "text": "may"},
                "kind": "modal",
                "scope": [{"block": "u", "start": 7, "end": 11, "text": "not."}],
                "attribution": None,
            },
        ],
        "summary": {
            "words": 8,
            "attributions": 1,
            "hedges": 2,
            "attributed_share": 0.375,
            "named_sources": 1,
            "described_sources": 0,
            "vague_sources": 0,
            "unstated_sources": 0,
            "hedge_kinds": {
                "modal": 2,
                "likelihood": 0,
                "hearsay": 0,
                "appearance": 0,
                "belief": 0,
                "unverified": 0,
                "approximation": 0,
            },
            "own_hedges": 1,
        },
    }


def test_offsets_in_code_points(engine: Engine):
    analysis = engine.analyze([Block("t", "😀 Anna said so.")], OffsetUnit.CODEPOINT)
    assert analysis.to_dict()["offset_unit"] == "codepoint"
    cue = analysis.attributions[0].cue
    assert cue is not None
    assert (cue.start, cue.end) == (7, 11)


@pytest.mark.parametrize("texts", [[], [""], ["", " \n\u00ad"]])
def test_nothing_to_read(engine: Engine, texts: list[str]):
    analysis = engine.analyze(Block(str(n), text) for n, text in enumerate(texts))
    assert [warning.code for warning in analysis.warnings] == ["no-text"]
    assert analysis.summary.words == 0
    assert analysis.summary.attributed_share == 0


def test_words_in_several_contents_count_once():
    nlp = fake_pipeline()
    doc = nlp("Anna said Ben said it’s well-made, 40–50 times.")
    assert len(doc._.attributions) == 2
    summary = Summary.of(doc.text, doc._.attributions, doc._.hedges)
    # Anna said Ben said it’s well-made 40 50 times
    assert (summary.words, summary.attributed_share) == (9, round(7 / 9, 4))


def test_of_a_word_without_end_the_beginning_is_read():
    lengths: list[int] = []

    @Language.component("test_lengths")
    def lengths_of(doc: Doc) -> Doc:
        lengths.extend(len(token) for token in doc)
        return doc

    nlp = spacy.blank("en")
    nlp.add_pipe("test_lengths")
    Engine(nlp).analyze([Block("b", "So " + "x" * 200_000 + " it is")])
    assert lengths == [2, LONGEST_WORD, 2, 2]


@pytest.mark.parametrize("character", ["x", "(", "😀", ".)", "漢", "\u00ad", "\ud83d", "\x00"])
def test_a_long_block_without_spaces(engine: Engine, character: str):
    text = "Anna said " + (character * 200_000)[:199_990]
    [found] = engine.analyze([Block("b", text)]).attributions or [None]
    if character in "\u00ad\x00":
        assert found is None
    else:
        assert found is not None
        assert text.endswith(found.content[0].text)
        assert len(found.content[0].text) == 199_990


def test_ten_thousand_blocks(engine: Engine):
    blocks = [Block(f"b{n}", "Anna said so.") for n in range(10_000)]
    analysis = engine.analyze(blocks)
    assert len(analysis.attributions) == 10_000
    last = analysis.attributions[-1].cue
    assert last is not None
    assert (last.block, last.start) == ("b9999", 5)


def test_no_doc_outlives_its_request():
    docs: list[weakref.ref[Doc]] = []

    @Language.component("test_witness")
    def witness(doc: Doc) -> Doc:
        docs.append(weakref.ref(doc))
        return doc

    nlp = fake_pipeline()
    nlp.add_pipe("test_witness")
    engine = Engine(nlp)
    before = len(nlp.vocab.strings)
    analysis = engine.analyze([Block("b", "Zyxomma said qwertzuiop.")])
    gc.collect()
    assert docs[0]() is None
    assert len(nlp.vocab.strings) == before
    assert analysis.attributions[0].speaker == "Zyxomma"


def test_one_text_at_a_time():
    running: list[int] = []
    most: list[int] = []

    @Language.component("test_busy")
    def busy(doc: Doc) -> Doc:
        running.append(1)
        most.append(len(running))
        threading.Event().wait(0.01)
        running.pop()
        return doc

    nlp = spacy.blank("en")
    nlp.add_pipe("test_busy")
    engine = Engine(nlp)
    threads = [threading.Thread(target=engine.analyze, args=([Block("b", "So.")],)) for _ in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1]


ENGLISH = "The ministry said on Monday that the talks with the union had failed, and that was all."
OTHERS = {
    "German": "Das Ministerium sagte am Montag, dass die Gespräche in Genf gescheitert sind, und "
    "so war das von der Union an dem Tag auch nicht anders erwartet worden.",
    "French": "Le ministère a dit lundi que les discussions avec le syndicat ont échoué, et on ne "
    "sait pas encore si elles vont reprendre avant la fin du mois.",
    "Dutch": "Het ministerie zei maandag dat de gesprekken in Genève waren mislukt, of dat we "
    "over een week meer weten is volgens de bond nog niet duidelijk.",
    "Finnish": "Ministeriö sanoi maanantaina, että neuvottelut liiton kanssa olivat päättyneet, "
    "eikä vielä tiedetä, jatketaanko niitä ennen kuun loppua.",
    "Russian": "Министерство сообщило.",
    "Chinese": "该部门周一表示谈判失败",
}


def warnings(engine: Engine, text: str) -> list[str]:
    return [warning.code for warning in engine.analyze([Block("b", text)]).warnings]


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_a_warning_for_other_languages(engine: Engine, text: str):
    assert warnings(engine, text) == ["not-english"]


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        f"{ENGLISH} Aleksandr Lukašenka, Zürich, Kraków, Đà Nẵng, Reykjavík, Łódź.",
        "Mayor resigns",
        "Supporters of a federally mandated minimum wage plan to protest at McDonald’s Thursday",
        "😀 42 — 17!",
    ],
)
def test_no_warning_for_english(engine: Engine, text: str):
    assert warnings(engine, text) == []


@given(st.lists(messy_texts(), max_size=4), st.sampled_from(OffsetUnit))
def test_spans_are_slices_of_their_blocks(engine: Engine, texts: list[str], unit: OffsetUnit):
    blocks = {f"b{n}": f"{text} Anna said {text} may" for n, text in enumerate(texts)}
    blocks = json.loads(json.dumps(blocks))  # which joins what happens to make a surrogate pair
    reply = engine.analyze([Block(*block) for block in blocks.items()], unit).to_dict()
    assert_true_spans(json.loads(json.dumps(reply)), blocks)


def assert_true_spans(reply: dict, blocks: dict[str, str]) -> None:
    """Every span in ``reply`` is a slice of its block; every id that is named exists."""
    unit = OffsetUnit(reply["offset_unit"])
    ids = {attribution["id"] for attribution in reply["attributions"]}
    spans = [
        span
        for found in (*reply["attributions"], *reply["hedges"])
        for value in found.values()
        for span in (value if isinstance(value, list) else [value])
        if isinstance(span, dict)
    ]
    assert len(spans) >= len(reply["attributions"]) + len(reply["hedges"])
    for span in spans:
        assert span["text"] == sliced(blocks[span["block"]], span["start"], span["end"], unit)
        assert span["text"].strip()
    assert {hedge["attribution"] for hedge in reply["hedges"]} <= {*ids, None}
