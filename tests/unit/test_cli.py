"""The command line, in this process and with a pipeline that needs no model."""

from __future__ import annotations

import io
import json
import re
import socket
import sys
from pathlib import Path

import pytest

from backend import engine
from backend.cli import main
from backend.engine import Block, Engine, OffsetUnit
from backend.engine.reading import mark_up
from tests.unit.fake_pipeline import fake_pipeline

TEXT = "😀 Anna said it may rain.\nSo it may.\n"


@pytest.fixture(autouse=True)
def _fake_engine(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine, "load", lambda: Engine(fake_pipeline()))


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_analyze_prints_the_reply_of_the_api(article: str, capsys: pytest.CaptureFixture[str]):
    assert main(["analyze", article]) == 0
    expected = Engine(fake_pipeline()).analyze([Block("text", TEXT, line_breaks=1)])
    assert json.loads(capsys.readouterr().out) == expected.to_dict()


def test_offsets_in_code_points(article: str, capsys: pytest.CaptureFixture[str]):
    assert main(["analyze", article, "--offset-unit", "codepoint"]) == 0
    reply = json.loads(capsys.readouterr().out)
    assert reply["offset_unit"] == "codepoint"
    assert reply["attributions"][0]["cue"]["start"] == 7


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(["analyze", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["attributions"] == 1


def test_a_reading_for_a_terminal(article: str, capsys: pytest.CaptureFixture[str]):
    assert main(["analyze", "--format", "text", article]) == 0
    assert capsys.readouterr().out == (
        "[Source]  _Signal words_  ‹Claim›  ~Hedge~\n"
        "\n"
        "😀 [Anna] _said_ ‹it ~may~ rain.›\n"
        "    a1 · Anna · “said” · Named source, Passed on, Said, Retold\n"
        "    h1 · “may” · Maybe, in a1\n"
        "\n"
        "So it ~may~.\n"
        "    h2 · “may” · Maybe, the writer’s own\n"
        "\n"
        "Words: 8, in claims: 38%\n"
        "Attributions: 1 (Named source 1)\n"
        "Hedges: 2 (Maybe 2), the writer’s own: 1\n"
    )


def test_a_reading_in_colour_is_the_same_text():
    block = Block("text", TEXT, line_breaks=1)
    analysis = Engine(fake_pipeline()).analyze([block], OffsetUnit.CODEPOINT)
    reading = mark_up(block, analysis, colour=True)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", reading)
    assert "\n😀 Anna said it may rain.\n" in plain
    assert "\x1b[3;7;33mmay\x1b[0m" in reading  # the hedge is within the claim


@pytest.mark.parametrize(
    ("content", "message"), [(None, "No such file"), (b"caf\xe9", "not UTF-8 (see byte 3)")]
)
def test_a_file_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, message: str
):
    path = tmp_path / "article.txt"
    if content is not None:
        path.write_bytes(content)
    assert main(["analyze", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


def test_a_port_in_use(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("HEARSAY_PORT", str(port))
        assert main(["serve"]) == 2
    error = capsys.readouterr().err
    assert f"127.0.0.1, port {port}" in error
    assert "make run PORT=" in error


def test_a_setting_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("HEARSAY_PORT", "http")
    assert main(["serve"]) == 2
    assert "HEARSAY_PORT" in capsys.readouterr().err
