"""Which edition of Hearsay this is: two that answer differently have different ones.

Versions are too coarse for that: whoever adds a phrase to a rule and starts the server again has
the same version as before. So the edition is made from the files that answers depend on.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

BACKEND = Path(__file__).parent
PARTS = ("engine", "pipeline", "models", "labels.json")


def digest(root: Path = BACKEND) -> str:
    """Return the edition of the files under ``root``."""
    found = hashlib.sha256()
    for part in PARTS:
        for path in sorted((root / part).rglob("*")) or [root / part]:
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(root).as_posix()}\0".encode())
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]
