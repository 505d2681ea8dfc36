"""The edition changes with what answers depend on, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend import edition


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("engine/engine.py", "pipeline/rules/hearsay.toml", "models/m/model.onnx"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(name)
    (tmp_path / "labels.json").write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    "name", ["pipeline/rules/hearsay.toml", "models/m/model.onnx", "labels.json", "engine/new.py"]
)
def test_a_changed_or_new_file_is_another_edition(root: Path, name: str) -> None:
    before = edition.digest(root)
    (root / name).write_text("something else")
    assert edition.digest(root) != before


def test_a_renamed_file_is_another_edition(root: Path) -> None:
    before = edition.digest(root)
    (root / "engine" / "engine.py").rename(root / "engine" / "other.py")
    assert edition.digest(root) != before


def test_what_python_keeps_for_itself_does_not_count(root: Path) -> None:
    before = edition.digest(root)
    (root / "engine" / "__pycache__").mkdir()
    (root / "engine" / "__pycache__" / "engine.pyc").write_text("compiled")
    (root / "web.py").write_text("no part of it")
    assert edition.digest(root) == before
