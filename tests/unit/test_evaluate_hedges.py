"""The figures of the hedge evaluation, on annotations made up for them."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest
from spacy.language import Language

from backend.evaluate import hedges
from backend.evaluate.hedges import Cue, Paragraph, compare, is_held_out, measure, read_paragraphs

TEXT = "It may rain, perhaps. About 40 people reportedly left."
MAY = Cue(3, 6, "modal")
PERHAPS = Cue(13, 20, "likelihood")
ABOUT = Cue(22, 27, "approximation")
REPORTEDLY = Cue(38, 48, "hearsay")


def _paragraph(*wanted: Cue, optional: tuple[Cue, ...] = ()) -> Paragraph:
    return Paragraph("one", TEXT, tuple(sorted(wanted)), optional)


def _outcomes(paragraph: Paragraph, *found: Cue) -> list[str]:
    return sorted(finding.outcome for finding in compare(paragraph, found))


def test_overlap_is_enough_and_each_cue_counts_once():
    assert _outcomes(_paragraph(MAY), Cue(0, 6, "modal")) == ["right"]
    assert _outcomes(_paragraph(MAY), Cue(0, 4, "modal"), Cue(4, 6, "modal")) == [
        "false",
        "right",
    ]
    assert _outcomes(_paragraph(MAY, PERHAPS), Cue(3, 20, "modal")) == ["missed", "right"]


def test_the_same_kind_is_paired_first():
    found = [Cue(3, 6, "modal"), Cue(0, 5, "hearsay")]
    assert _outcomes(_paragraph(Cue(0, 6, "hearsay")), *found) == ["false", "right"]


def test_optional_cues_count_neither_way():
    paragraph = _paragraph(optional=(MAY,))
    assert _outcomes(paragraph, MAY) == []
    assert _outcomes(paragraph) == []


def test_figures():
    paragraph = _paragraph(MAY, PERHAPS, ABOUT)
    found = [MAY, Cue(13, 20, "belief"), Cue(38, 48, "hearsay"), Cue(22, 30, "approximation")]
    report = measure([paragraph], [found])
    rest = report.without_approximation
    assert (rest.right, rest.found, rest.wanted) == (2, 3, 2)
    assert rest.precision == pytest.approx(2 / 3)
    assert rest.recall == 1
    assert rest.f1 == pytest.approx(0.8)
    assert report.kinds["approximation"].f1 == 1
    assert report.kinds["approximation"].exact_f1 == 0
    assert (report.kinds["likelihood"].recall, report.kinds["belief"].precision) == (0, 0)
    assert report.kind_accuracy == 0.5
    assert report.false_per_thousand == pytest.approx(1000 / len(TEXT.split()))


def test_held_out_is_about_a_third_of_the_documents():
    names = [f"document-{n}" for n in range(3000)]
    assert 900 < sum(map(is_held_out, names)) < 1100


def test_reading_checks_the_offsets(tmp_path: Path):
    path = tmp_path / "x.jsonl"
    entry = {"p": 0, "start": 3, "end": 6, "cue": "may", "kind": "modal"}
    row = {"id": "one", "paragraphs": [TEXT], "hedges": [entry], "optional": []}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert list(read_paragraphs(path)) == [_paragraph(MAY)]
    row["hedges"] = [{**entry, "start": 2}]
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not at"):
        list(read_paragraphs(path))


def test_the_command_prints_figures_and_errors(
    tmp_path: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
):
    monkeypatch.setattr("backend.pipeline.load", lambda: nlp)
    path = tmp_path / "x.jsonl"
    entries = [
        {"p": 0, "start": c.start, "end": c.end, "cue": TEXT[c.start : c.end], "kind": c.kind}
        for c in (MAY, PERHAPS, ABOUT)
    ]
    row = {"id": "one", "paragraphs": [TEXT], "hedges": entries, "optional": []}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    parser = ArgumentParser()
    hedges.add_arguments(parser)
    assert hedges.run(parser.parse_args([str(path), "--errors"])) == 0
    printed = capsys.readouterr().out
    assert (
        "false  hearsay        …It may rain, perhaps. About 40 people [reportedly] left." in printed
    )
    assert "1 false" in printed
