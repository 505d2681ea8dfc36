from pathlib import Path

import pytest

from backend.evaluate.__main__ import main
from backend.evaluate.attribution import (
    Article,
    Relation,
    exact_match,
    match,
    relaxed_match,
    score_rows,
    score_saying,
)
from backend.evaluate.rows import Row, align

TEXT = "“It’s done (now) — really,” Ann Lee of the U.S.\n\nsaid."


def relation(text, source, cue, *content):
    def place(words):
        start = text.index(words)
        return (start, start + len(words))

    return Relation(
        (place(source),) if source else (),
        (place(cue),),
        tuple(place(words) for words in content),
    )


ROW = "`` It 's done -LRB- now -RRB- -- really , '' Ann Lee of the U.S. ."
PENN = ROW.split()


def test_rows_are_laid_over_the_text():
    [aligned] = align([Row(PENN, ["O"] * len(PENN))], TEXT)
    words = [TEXT[place.start : place.stop] for place in aligned.places]
    assert " ".join(words) == "“ It s done ( now ) — really , ” Ann Lee of the U.S "


def test_a_row_of_other_words_is_not_aligned():
    assert align([Row(["Elsewhere"], ["O"])], TEXT) == [None]


def test_spans_of_labels():
    labels = ["B-source", "B-cue", "I-cue", "O", "B-content", "I-content"]
    row = Row(list("abcdef"), labels)
    assert row.spans() == {("source", 0, 1), ("cue", 1, 3), ("content", 4, 6)}


def test_the_annotation_scores_full_marks_on_its_own_rows():
    labels = ["B-content", *["I-content"] * 10, "B-source", *["I-source"] * 4, "O"]
    gold = relation(TEXT, "Ann Lee of the U.S", "said", "“It’s done (now) — really,”")
    article = Article("a", TEXT, [gold])
    scores, aligned, total = score_rows([article], [[gold]], {"a": [[Row(PENN, labels)]]})
    assert (aligned, total) == (1, 1)
    assert scores["source"].f1 == scores["content"].f1 == 1.0


def test_relaxed_and_exact():
    text = "Ann said that it rained hard, Bob says."
    gold = relation(text, "Ann", "said", "that it rained hard")
    near = relation(text, "Ann", "said", "it rained hard")
    assert relaxed_match(text, gold, near)
    assert not exact_match(text, gold, near)
    assert not relaxed_match(text, gold, relation(text, "Ann", "said", "hard"))
    assert not relaxed_match(text, gold, relation(text, "Bob", "said", "that it rained hard"))
    assert not relaxed_match(text, gold, relation(text, None, "said", "that it rained hard"))
    assert match(Article("a", text, [gold]), [near, near], relaxed_match) == {0: 0}


def test_saying():
    text = "Ann said that it rained. Bob hopes so."
    article = Article(
        "a",
        text,
        [relation(text, "Ann", "said", "that it rained"), relation(text, "Bob", "hopes", "so")],
    )
    found = [relation(text, "Ann", "said", "it rained")]
    result = score_saying([article], [found])
    assert (result.wanted, result.cue, result.source) == (1, 1, 1)
    assert result.words.recall == 2 / 3
    assert (result.predicted, result.confirmed) == (1, 1)


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.jsonl.gz"
    for command in (["attribution", "--articles"], ["attributes", "--articles"], ["hedges"]):
        assert main([*command, str(missing)]) == 1
        assert f"cannot read {missing}: No such file" in capsys.readouterr().err
