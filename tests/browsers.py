"""The browser that the tests drive: where it is, and how a machine without one gets one.

``python tests/browsers.py`` prints the path of a Chromium and, where there is none, installs it:
Debian's package where this user may, else Playwright's own build.
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
    apt = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    become = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    ways: list[list[list[str]]] = [
        [[*become, "apt-get", "update"], [*become, *apt]],
        [[sys.executable, "-m", "playwright", "install", "chromium"]],
    ]
    for way in ways:
        for command in way:
            if shutil.which(command[0]) is None:
                break
            print("+", " ".join(command), file=sys.stderr)
            if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
                break
        if find_chromium():
            return


def main() -> int:
    if os.environ.get("CHROMIUM") and not find_chromium():
        print(f"CHROMIUM={os.environ['CHROMIUM']} is no program on this machine.", file=sys.stderr)
        return 1
    if not find_chromium():
        install_chromium()
    path = find_chromium()
    if not path:
        print(HELP, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
