"""The store packages: what is in them, for which browser, and always the same bytes."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

EXTENSION = Path(__file__).parents[2] / "extension"


@pytest.fixture(scope="module")
def pack() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pack", EXTENSION / "pack.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def packages(pack: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ZipFile]:
    paths = pack.pack(tmp_path_factory.mktemp("packages"))
    return {re.sub(r"hearsay-|\.zip", "", path.name): ZipFile(path) for path in paths}


def manifest_of(package: ZipFile) -> dict[str, object]:
    manifest: dict[str, object] = json.loads(package.read("manifest.json"))
    return manifest


def references(package: ZipFile) -> Iterator[tuple[str, str]]:
    """Yield which file of the package names which other."""
    written = {
        ".html": r'(?:src|href)="([^"#]+)"',
        ".js": r'(?:from|import) "(\.{1,2}/[^"]+)"',
    }
    for name in package.namelist():
        if pattern := written.get(Path(name).suffix):
            for target in re.findall(pattern, package.read(name).decode()):
                yield name, os.path.normpath(Path(name).parent / target)
    text = package.read("manifest.json").decode() + package.read("scripts.js").decode()
    for target in re.findall(r'"([\w/.-]+\.(?:js|html|png))"', text):
        yield "manifest.json or scripts.js", target


def test_two_builds_have_the_same_bytes(pack: ModuleType, tmp_path: Path) -> None:
    first = pack.pack(tmp_path / "first")
    for path in EXTENSION.glob("*.js"):
        os.utime(path)
    second = pack.pack(tmp_path / "second")
    assert [path.name for path in first] == ["hearsay-chromium.zip", "hearsay-firefox.zip"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_all_that_is_named_is_there(packages: dict[str, ZipFile]) -> None:
    for package in packages.values():
        names = set(package.namelist())
        named = list(references(package))
        assert len(named) > 50
        assert [(by, target) for by, target in named if target not in names] == []


def test_nothing_for_developers_is_in_it(packages: dict[str, ZipFile]) -> None:
    for package in packages.values():
        suffixes = {Path(name).suffix for name in package.namelist()} - {""}
        assert suffixes == {".js", ".html", ".css", ".png", ".svg", ".json"}
        assert [name for name in package.namelist() if name.endswith(".json")] == ["manifest.json"]


def test_each_browser_has_its_own_keys_alone(packages: dict[str, ZipFile]) -> None:
    chromium, firefox = (manifest_of(packages[name]) for name in ("chromium", "firefox"))
    assert chromium["side_panel"]
    assert firefox["sidebar_action"]
    assert chromium["background"] == {"service_worker": "background.js", "type": "module"}
    assert firefox["background"] == {"scripts": ["background.js"], "type": "module"}
    assert chromium.keys() - firefox.keys() == {"side_panel", "minimum_chrome_version"}
    assert firefox.keys() - chromium.keys() == {"sidebar_action", "browser_specific_settings"}
    assert chromium["permissions"] == ["activeTab", "scripting", "sidePanel", "storage"]
    assert firefox["permissions"] == ["activeTab", "scripting", "storage"]


def test_the_listing_explains_every_permission(pack: ModuleType) -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    listing = (EXTENSION / "store" / "listing.md").read_text(encoding="utf-8")
    wanted = [
        *manifest["permissions"],
        *manifest["host_permissions"],
        *manifest["optional_host_permissions"],
    ]
    explained = re.findall(r"^- `([^`]+)`:", listing, re.MULTILINE)
    assert explained == wanted
    assert len(manifest["description"]) <= 132
    assert manifest["description"] in listing
