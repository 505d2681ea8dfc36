"""How fast the whole pipeline reads, and what each of its components takes of that.

On one thread, as a worker of the server; in processor time, to which it matters less what else
runs on the machine. The same run measures, over the same texts,

- spaCy's blank English tokenizer, and
- spaCy's tagger and parser over one ``tok2vec`` of the size of ``en_core_web_sm``'s (96 wide, four
  layers), with the weights that they start from: how fast they are hardly depends on what they
  have learned, and no trained ones can be counted on to be installed.

The ratios to these carry over from machine to machine better than words per second do. Each text
is read in a memory zone of its own, as the server reads it.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

SAMPLE = Path(__file__).parents[1] / "web" / "page" / "sample.txt"
ARTICLE = 700
"""Words in the article that the time of one is stated for."""
TOKENIZER, WHOLE = "tokenizer", "whole"
_LABELS = 50
"""As many tags and relations as English models have."""


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
    _read_all(nlp, texts)
    memory = _megabytes()
    others = {
        "spaCy's tagger and parser (untrained, sized as in en_core_web_sm)": _tagger_and_parser(),
        "spaCy's blank tokenizer": spacy.blank("en"),
    }

    rounds = []
    for number in range(args.rounds + 1):
        times = _read_all(nlp, texts)
        times[WHOLE] = sum(times.values())
        for name, other in others.items():
            times[name] = sum(_read_all(other, texts).values())
        if number:  # the first round fills caches
            rounds.append(times)

    def median(part: str, of: str | None = None) -> float:
        return statistics.median(times[part] / (times[of] if of else 1) for times in rounds)

    article = 1000 * ARTICLE / words  # from seconds to milliseconds for one
    print(f"{nlp.meta['name']} {nlp.meta['version']}, loaded in {loading:.2f} s")
    print(f"{memory:.0f} MB resident, with what the workers of a server share")
    print(f"{len(texts)} texts, {words:,} words, {args.rounds} rounds; medians, on one thread")
    speed = f"{words / median(WHOLE):,.0f} words/s"
    print(f"{speed}; {median(WHOLE) * article:.1f} ms per {ARTICLE} words")
    for name in others:
        speed = f"{words / median(name):,.0f} words/s"
        print(f"{median(WHOLE, name):.2f} times as long as {name}: {speed}")
    print()
    for part in (TOKENIZER, *nlp.pipe_names):
        print(f"{part:22} {median(part) * article:8.2f} ms {median(part, WHOLE):7.1%}")
    return 0


def _tagger_and_parser() -> Language:
    """Return spaCy's components for tags and relations, sized as in ``en_core_web_sm``."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")  # by default 96 wide, four layers
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    nlp.add_pipe("tagger", config={"model": {"tok2vec": listener}})
    nlp.add_pipe("parser", config={"model": {"tok2vec": listener}})
    labels = range(_LABELS)
    doc = Doc(
        nlp.vocab,
        words=[f"word{label}" for label in labels],
        tags=[f"TAG{label}" for label in labels],
        heads=[max(0, label - 1) for label in labels],
        deps=["ROOT", *(f"dep{label}" for label in labels[1:])],
    )
    nlp.initialize(lambda: [Example(nlp.make_doc(doc.text), doc)])
    return nlp


def _read_all(nlp: Language, texts: list[str]) -> dict[str, float]:
    """Return what the tokenizer and each component take for ``texts``, in seconds."""
    taken = dict.fromkeys([TOKENIZER, *nlp.pipe_names], 0.0)
    for text in texts:
        with nlp.memory_zone():
            start = process_time()
            doc = nlp.make_doc(text)
            taken[TOKENIZER] += process_time() - start
            for name, component in nlp.pipeline:
                start = process_time()
                doc = component(doc)
                taken[name] += process_time() - start
            del doc
    return taken


def _megabytes() -> float:
    """Return the most memory that this process has held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
