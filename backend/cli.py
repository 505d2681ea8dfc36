"""The command line: ``python -m backend analyze FILE|-`` and ``python -m backend serve``."""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from backend import __version__
from backend.settings import SettingError, Settings

GUNICORN_CONF = Path(__file__).parent / "web" / "gunicorn_conf.py"


class UsageError(Exception):
    """Something that the user can put right; the message says how."""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m backend",
        description="Hearsay: who says it, and how sure they are.",
        epilog="Measurements: python -m backend.evaluate. Training: python -m backend.training.",
    )
    parser.add_argument("--version", action="version", version=f"Hearsay {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    analyze = commands.add_parser(
        "analyze", help="analyse one text", description="Analyse one text; each line a paragraph."
    )
    analyze.add_argument("file", metavar="FILE", help="a text in UTF-8; - for standard input")
    analyze.add_argument(
        "--format",
        choices=["json", "text"],
        default="json",
        help="the API's reply, or the text with its marks (default: json)",
    )
    analyze.add_argument(
        "--offset-unit",
        choices=["utf16", "codepoint"],
        default="utf16",
        help="what the offsets in the JSON count (default: utf16)",
    )
    analyze.set_defaults(run=run_analyze)

    serve = commands.add_parser(
        "serve",
        help="serve the API and the page",
        description="Serve the API and the page. Settings: HEARSAY_HOST, HEARSAY_PORT, "
        "HEARSAY_MAX_CHARS, HEARSAY_WORKERS, HEARSAY_TOKEN, HEARSAY_NAMES.",
    )
    serve.set_defaults(run=run_serve)
    return parser


def run_analyze(args: argparse.Namespace) -> int:
    """Print the analysis of a file."""
    text = _read(args.file)

    from backend import engine
    from backend.engine import reading

    block = engine.Block("text", text, line_breaks=1)
    if args.format == "text":
        analysis = engine.load().analyze([block], engine.OffsetUnit.CODEPOINT)
        print(reading.mark_up(block, analysis, colour=reading.wants_colour(sys.stdout)))
    else:
        analysis = engine.load().analyze([block], engine.OffsetUnit(args.offset_unit))
        print(json.dumps(analysis.to_dict(), ensure_ascii=False, indent=2))
    return 0


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name} is not UTF-8 (see byte {error.start}); convert it, as with iconv"
        raise UsageError(message) from None


def run_serve(args: argparse.Namespace) -> int:
    """Become gunicorn, once it is sure that the address can be had."""
    settings = Settings.from_environment()
    _check_address(settings)
    command = [sys.executable, "-m", "gunicorn", "--config", f"file:{GUNICORN_CONF}"]
    os.chdir(GUNICORN_CONF.parents[2])  # where gunicorn finds the package
    os.execv(command[0], command)


def _check_address(settings: Settings) -> None:
    """Say in plain words why ``settings`` name no address to listen on.

    :raises UsageError: they do not
    """
    place = f"{settings.host}, port {settings.port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # as gunicorn does, so that a server just stopped is no hindrance
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        message = f"Cannot listen on {place}: {error.strerror}."
        if settings.port < 65535:
            message += f" Another port:  make run PORT={settings.port + 1}"
        raise UsageError(message) from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` (by default the process's) name."""
    args = build_parser().parse_args(arguments)
    try:
        status: int = args.run(args)
        return status
    except (UsageError, SettingError) as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # the reader of a pipe has seen enough; Python must not fail on flushing at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
