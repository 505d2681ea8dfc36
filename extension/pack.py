"""Both store packages, from the one extension: ``python extension/pack.py [FOLDER]``.

The manifest here serves both browsers, but each store complains of keys that only the other
browser knows: a package has those of its own. The same files give the same bytes, on any machine
and at any time: so anybody can check what a store hands out.
"""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

EXTENSION = Path(__file__).parent
BUILD = EXTENSION.parent / "build"
LICENSE = EXTENSION.parent / "LICENSE"

PARTS = ("*.js", "*.html", "*.css", "content/**/*", "icons/*", "options/**/*", "panel/**/*")
"""What ships beside the manifest; all else here is for those who work on it."""

Manifest = dict[str, Any]


def for_chromium(manifest: Manifest) -> None:
    """Drop what only Firefox knows."""
    del manifest["browser_specific_settings"], manifest["sidebar_action"]
    del manifest["background"]["scripts"]


def for_firefox(manifest: Manifest) -> None:
    """Drop what only Chromium knows."""
    del manifest["minimum_chrome_version"], manifest["side_panel"]
    del manifest["background"]["service_worker"]
    manifest["permissions"].remove("sidePanel")


CHANGES = {"chromium": for_chromium, "firefox": for_firefox}


def files() -> list[Path]:
    """Return what ships beside the manifest, in a fixed order."""
    found = {path for part in PARTS for path in EXTENSION.glob(part) if path.is_file()}
    return sorted(found, key=lambda path: path.relative_to(EXTENSION).as_posix())


def pack(folder: Path) -> list[Path]:
    """Write both packages into ``folder``, and return their paths."""
    manifest = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    packages = []
    for browser, change in CHANGES.items():
        own = copy.deepcopy(manifest)
        change(own)
        contents = {
            "LICENSE": LICENSE.read_bytes(),
            "manifest.json": (json.dumps(own, indent=2, ensure_ascii=False) + "\n").encode(),
            **{path.relative_to(EXTENSION).as_posix(): path.read_bytes() for path in files()},
        }
        package = folder / f"hearsay-{browser}.zip"
        with ZipFile(package, "w") as archive:  # uncompressed: compressors differ
            for name, content in contents.items():
                entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                entry.create_system = 3
                entry.external_attr = 0o100644 << 16
                archive.writestr(entry, content)
        packages.append(package)
    return packages


if __name__ == "__main__":
    for made in pack(Path(sys.argv[1]) if len(sys.argv) > 1 else BUILD):
        print(made)
