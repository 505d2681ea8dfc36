"""``recipe.sh``: its steps are commands that exist, and each has what it asks for."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="PyTorch trains only: make training-tools")

from backend.training import __file__ as training
from backend.training.__main__ import command_line

RECIPE_PATH = Path(training).with_name("recipe.sh")


def test_every_step_of_the_recipe_is_a_command_with_what_came_before(tmp_path: Path) -> None:
    commands, python = tmp_path / "commands", tmp_path / "python"
    python.write_text(
        "#!/usr/bin/env bash\n"
        f"printf '%s\\n' \"$*\" >> '{commands}'\n"
        'for argument; do case $argument in *.part) touch "$argument"; esac; done\n'
    )
    python.chmod(0o755)
    work = tmp_path / "work"
    recipe = ["bash", str(RECIPE_PATH), "DATA", str(work)]
    for _ in range(2):  # the second time nothing is left to do
        subprocess.run(recipe, check=True, env={"PYTHON": str(python), "PATH": os.environ["PATH"]})
    lines = commands.read_text().splitlines()
    made: set[str] = set()
    for line in lines:
        module, *arguments = line.removeprefix("-m ").split(" ")
        assert module == "backend.training"
        args = vars(command_line().parse_args(arguments))
        paths = [path for value in args.values() for path in _as_list(value)]
        asked = {path for path in paths if str(path).startswith(str(work))}
        (result,) = {path for path in asked if str(path).endswith(".part")}
        assert {str(path) for path in asked - {result}} <= made
        made.add(str(result).removesuffix(".part"))
    assert f"{work}/shipped.pt" in made
    assert len(made) == len(lines) == len(list(work.iterdir()))


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
