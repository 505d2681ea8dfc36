"""Rebuild the model that ships from public corpora.

    python -m backend.training check DATA             what is there, what is missing, whence
    python -m backend.training prepare DATA EXAMPLES  read the corpora into windows
    python -m backend.training train EXAMPLES TO      fine-tune an encoder and its heads
    python -m backend.training parse EXAMPLES CHECKPOINT TO  give articles the syntax of a parser
    python -m backend.training teach EXAMPLES TEACHER … LESSONS  what teachers make of the windows
    python -m backend.training prune EXAMPLES CHECKPOINT TO  take away what matters least
    python -m backend.training average CHECKPOINT … TO  the mean of the weights of several runs
    python -m backend.training score EXAMPLES CHECKPOINT …  how good networks are at the dev windows
    python -m backend.training export CHECKPOINT DIR  write the folder that ships

DATA holds polnear/{train,dev}.jsonl.gz and syntax/{ewt-train,ewt-dev,gum-train}.conllu.gz.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields, replace
from pathlib import Path

try:
    import torch
except ModuleNotFoundError:
    sys.exit("PyTorch, which trains, is not installed: make training-tools")

from backend.training.checkpoints import average, load, load_teacher, save
from backend.training.network import Network
from backend.training.parsing import with_syntax
from backend.training.pruning import matters, pruned
from backend.training.scoring import attachment, exact_f1
from backend.training.teaching import lessons
from backend.training.train import Recipe, train

MODEL_NAME = "hearsay-en"
_JUDGED = 800
"""Windows by which pruning judges what matters."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command that ``arguments`` (by default the process's) name."""
    args = command_line().parse_args(arguments)
    torch.set_num_threads(args.threads)
    result: int = args.run(args)
    return result


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the commands."""
    parser = argparse.ArgumentParser(
        prog="python -m backend.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, run: object, *paths: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name)
        added.set_defaults(run=run)
        for path in paths:
            many = path.endswith("s") and path != "examples"
            added.add_argument(path, type=Path, nargs="+" if many else None)
        return added

    command("check", _check, "data")
    command("prepare", _prepare, "data", "examples")
    training = command("train", _train, "examples", "to")
    training.add_argument(
        "--start", default="minilm", help="minilm, mpnet, or a checkpoint to go on from"
    )
    training.add_argument("--lessons", type=Path, help="what teachers make of the examples")
    training.add_argument(
        "--only", choices=("attribution", "syntax"), help="learn one of the two, from its corpora"
    )
    training.add_argument("--frozen", action="store_true", help="the encoder stays as it is")
    for field in fields(Recipe):
        option = "--" + field.name.replace("_", "-")
        training.add_argument(option, type=type(field.default), default=field.default)
    command("parse", _parse, "examples", "checkpoint", "to")
    command("teach", _teach, "examples", "teachers", "to")
    pruning = command("prune", _prune, "examples", "checkpoint", "to")
    pruning.add_argument("--heads", type=int, required=True)
    pruning.add_argument("--inner", type=int, required=True)
    pruning.add_argument("--local", type=int, nargs="*", default=[], help="layers within blocks")
    command("average", _average, "checkpoints", "to")
    command("score", _score, "examples", "checkpoints")
    exporting = command("export", _export, "checkpoint")
    exporting.add_argument("folder", type=Path, nargs="?")
    return parser


def _check(args: argparse.Namespace) -> int:
    from backend.training.corpora import CORPORA, check

    problems = check(args.data)
    for line in problems:
        print(line, file=sys.stderr)
    print(f"{len(CORPORA) - len(problems)} of {len(CORPORA)} files are as expected")
    return 1 if problems else 0


def _prepare(args: argparse.Namespace) -> int:
    from backend.pipeline.windows import load_tokenizer
    from backend.training.corpora import read_articles, read_syntax
    from backend.training.examples import attribution_examples, label_sets, syntax_examples
    from backend.training.pretrained import MINILM

    if _check(args):
        return 1
    tokenizer = load_tokenizer(MINILM / "tokenizer.json")
    treebanks = {
        name: list(read_syntax(args.data / "syntax" / f"{name}.conllu.gz"))
        for name in ("ewt-train", "gum-train", "ewt-dev")
    }
    docs = treebanks["ewt-train"] + treebanks["gum-train"]
    labels = label_sets(docs)
    articles = {
        name: list(
            attribution_examples(
                read_articles(args.data / "polnear" / f"{name}.jsonl.gz"), tokenizer
            )
        )
        for name in ("train", "dev")
    }
    torch.save(
        {
            "labels": labels,
            "train": articles["train"] + list(syntax_examples(docs, labels, tokenizer)),
            "dev": articles["dev"],
            "dev_syntax": list(syntax_examples(treebanks["ewt-dev"], labels, tokenizer)),
        },
        args.examples,
    )
    return 0


def _train(args: argparse.Namespace) -> int:
    recipe = Recipe(**{field.name: getattr(args, field.name) for field in fields(Recipe)})
    torch.manual_seed(recipe.seed)
    prepared = torch.load(args.examples, weights_only=False)
    if args.start in ("minilm", "mpnet"):
        from backend.pipeline.windows import FEATURE_SIZES
        from backend.training.pretrained import pretrained

        encoder = pretrained(args.start, FEATURE_SIZES)
        network = Network(encoder, prepared["labels"], dropout=recipe.dropout)
    else:
        network = load(Path(args.start), dropout=recipe.dropout)
    taught = torch.load(args.lessons, weights_only=False) if args.lessons else None
    device = torch.device(args.device)
    train(
        network,
        prepared["train"],
        recipe,
        taught=taught,
        only=args.only,
        frozen=args.frozen,
        device=device,
    )
    save(network, recipe, args.to)
    return 0


def _parse(args: argparse.Namespace) -> int:
    prepared = torch.load(args.examples, weights_only=False)
    device = torch.device(args.device)
    prepared["train"] = with_syntax(load(args.checkpoint), prepared["train"], device)
    torch.save(prepared, args.to)
    return 0


def _teach(args: argparse.Namespace) -> int:
    prepared = torch.load(args.examples, weights_only=False)
    teachers = [load_teacher(path) for path in args.teachers]
    taught = lessons(teachers, prepared["train"], torch.device(args.device))
    torch.save(taught, args.to)
    return 0


def _prune(args: argparse.Namespace) -> int:
    prepared = torch.load(args.examples, weights_only=False)
    network = load(args.checkpoint)
    step = max(1, len(prepared["train"]) // _JUDGED)
    importance = matters(network, prepared["train"][::step], torch.device(args.device))
    shape = replace(
        network.encoder.shape,
        heads=args.heads,
        inner=args.inner,
        local=tuple(args.local),
    )
    save(pruned(network.cpu(), importance, shape), Recipe(), args.to)
    return 0


def _average(args: argparse.Namespace) -> int:
    average(args.checkpoints, args.to)
    return 0


def _score(args: argparse.Namespace) -> int:
    prepared = torch.load(args.examples, weights_only=False)
    device = torch.device(args.device)
    for path in args.checkpoints:
        network = load(path)
        figures = exact_f1(network, prepared["dev"], device)
        figures |= attachment(network, prepared["dev_syntax"], device)
        print(path.name, " ".join(f"{name} {value:.1f}" for name, value in figures.items()))
    return 0


def _export(args: argparse.Namespace) -> int:
    from backend import __version__
    from backend.pipeline.model import MODEL_PATH
    from backend.training.export import export
    from backend.training.pretrained import MINILM

    export(
        load(args.checkpoint),
        MINILM / "tokenizer.json",
        args.folder or MODEL_PATH,
        name=MODEL_NAME,
        version=__version__,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
