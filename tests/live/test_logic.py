"""How a page is read and kept up with, apart from the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.node import run_tests

FILES = sorted(Path(__file__).parent.glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_logic(file: Path) -> None:
    run_tests(file)
