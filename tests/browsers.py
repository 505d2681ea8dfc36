"""The browsers that the tests drive: where they are, and how a machine without them gets them.

``python tests/browsers.py`` prints the path of a Chromium and, where there is none, installs it:
Debian's package where this user may, else Playwright's own build. ``--firefox`` looks for a Firefox
too: Debian's package where this user may; the tests do without.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Not google-chrome: since version 137 it ignores --load-extension, which the tests need.
NAMES = ("chromium", "chromium-browser")

HELP = """\
The browser tests need a Chromium, and none could be installed here. Any one of these will do:
  - Debian, Ubuntu:  sudo apt-get install chromium
  - another system:  install its Chromium package (Google Chrome itself cannot load test extensions)
  - a Chromium you have already:  make test CHROMIUM=/path/to/chromium
"""

WITHOUT_FIREFOX = """\
The browser tests run in Chromium only: there is no Firefox, and none could be installed here.
  - Debian:          sudo apt-get install firefox-esr
  - another system:  install Firefox, or say where it is: make test FIREFOX=/path/to/firefox
"""


def find_chromium() -> str | None:
    """Return the path of ``$CHROMIUM``, else of a Chromium on the path, else of Playwright's."""
    asked = os.environ.get("CHROMIUM")
    if asked:
        return shutil.which(asked)
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_firefox() -> str | None:
    """Return the path of ``$FIREFOX``, else of a Firefox on the path."""
    asked = os.environ.get("FIREFOX")
    if asked:
        return shutil.which(asked)
    return next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)


def install_chromium() -> None:
    """Try each way to install a Chromium, until there is one."""
    if not (_install_package("chromium") and find_chromium()):
        _run(sys.executable, "-m", "playwright", "install", "chromium")


def install_firefox() -> None:
    """Install Debian's Firefox. (Playwright's own build does not speak WebDriver BiDi.)"""
    _install_package("firefox-esr")


def _install_package(name: str) -> bool:
    if shutil.which("apt-get") is None:
        return False
    become = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    apt = [*become, "apt-get"]
    return _run(*apt, "update") and _run(*apt, "install", "--yes", "--no-install-recommends", name)


def _run(*command: str) -> bool:
    """Run a command, and return whether it did what it should."""
    if shutil.which(command[0]) is None:
        return False
    print("+", " ".join(command), file=sys.stderr)
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def main() -> int:
    for name, find in (("CHROMIUM", find_chromium), ("FIREFOX", find_firefox)):
        if os.environ.get(name) and not find():
            print(f"{name}={os.environ[name]} is no program on this machine.", file=sys.stderr)
            return 1
    if not find_chromium():
        install_chromium()
    path = find_chromium()
    if not path:
        print(HELP, file=sys.stderr)
        return 1
    if "--firefox" in sys.argv[1:] and not find_firefox():
        install_firefox()
        if not find_firefox():
            print(WITHOUT_FIREFOX, file=sys.stderr)
    print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
