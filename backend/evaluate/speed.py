"""How fast the whole pipeline reads, and what each of its components takes of that.

On one thread, as a worker of the server; in processor time, to which it matters less what else
runs on the machine. The same run measures spaCy's blank English tokenizer over the same texts:
the ratio to it carries over from machine to machine better than words per second do.
"""

from __future__ import annotations

import argparse
import os
import statistics
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

SAMPLE = Path(__file__).parents[1] / "web" / "page" / "sample.txt"
ARTICLE = 700
"""Words in the article that the time of one is stated for."""
TOKENIZER = "tokenizer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument(
        "texts",
        nargs="*",
        type=Path,
        default=[SAMPLE],
        metavar="FILE",
        help="texts to read, a paragraph a line (default: the sample article of the page)",
    )
    parser.add_argument(
        "--rounds", type=int, default=20, help="times that each text is read (default: 20)"
    )


def run(args: argparse.Namespace) -> int:
    """Read the texts some times over and print the medians."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
    # imported only now, for the libraries read those variables when they are loaded
    import spacy

    from backend import pipeline
    from backend.engine.blocks import Block, Layout

    texts = [
        Layout.of([Block(str(path), path.read_text(encoding="utf-8"), line_breaks=1)]).text
        for path in args.texts
    ]
    words = sum(len(text.split()) for text in texts)
    start = process_time()
    nlp = pipeline.load()
    loading = process_time() - start
    blank = spacy.blank("en")

    rounds = []
    baselines = []
    for number in range(args.rounds + 1):
        parts = [_seconds(nlp, text) for text in texts]
        baseline = sum(_seconds(blank, text)[TOKENIZER] for text in texts)
        if number:  # the first round fills caches
            rounds.append({name: sum(part[name] for part in parts) for name in parts[0]})
            baselines.append(baseline)
    whole = statistics.median(sum(parts.values()) for parts in rounds)
    baseline = statistics.median(baselines)

    print(f"{nlp.meta['name']} {nlp.meta['version']}, loaded in {loading:.2f} s")
    print(f"{len(texts)} texts, {words:,} words, {args.rounds} rounds; medians, on one thread")
    print(
        f"{words / whole:,.0f} words/s; {1000 * whole * ARTICLE / words:.1f} ms per {ARTICLE} words"
    )
    print(
        f"{whole / baseline:.1f} times the time of spaCy's blank tokenizer "
        f"({words / baseline:,.0f} words/s)"
    )
    print()
    for name in rounds[0]:
        seconds = statistics.median(parts[name] for parts in rounds)
        print(
            f"{name:22} {1000 * seconds:8.2f} ms {seconds / whole:7.1%} {seconds / baseline:7.2f} ×"
        )
    return 0


def _seconds(nlp: Language, text: str) -> dict[str, float]:
    """Return what the tokenizer and each component take for ``text``, in seconds."""
    with nlp.memory_zone():
        start = process_time()
        doc = nlp.make_doc(text)
        taken = {TOKENIZER: process_time() - start}
        for name, component in nlp.pipeline:
            start = process_time()
            doc = component(doc)
            taken[name] = process_time() - start
        del doc
    return taken
