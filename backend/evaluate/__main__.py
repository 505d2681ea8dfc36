"""The command line of the measurements: every command is a module of this package."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys

from backend import evaluate


def build_parser() -> argparse.ArgumentParser:
    """Return a parser with one subcommand for each module that offers ``add_arguments``."""
    parser = argparse.ArgumentParser(prog="python -m backend.evaluate", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="NAME")
    for found in pkgutil.iter_modules(evaluate.__path__):
        if found.name.startswith("_"):
            continue
        module = importlib.import_module(f"{evaluate.__name__}.{found.name}")
        if not hasattr(module, "add_arguments"):
            continue
        description = (module.__doc__ or "").strip()
        command = commands.add_parser(
            found.name,
            help=description.partition("\n")[0],
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command that ``arguments`` (by default the process's) name."""
    args = build_parser().parse_args(arguments)
    try:
        status: int = args.run(args)
    except OSError as error:
        print(f"cannot read {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
