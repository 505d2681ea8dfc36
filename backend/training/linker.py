"""Fits the weights of the linker: ``python -m backend.training.linker --articles PATH``.

Two conditional log-linear models over the features of ``backend.pipeline.attribution.ranking``:
which cue each annotated content has, and which source each cue. Both are fitted by Adam on the
negative log-likelihood with an L2 penalty, full batch, from zero: no seed is needed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from backend import pipeline
from backend.evaluate.attribution import Article, gold_spans, read_articles
from backend.pipeline.attribution.ranking import WEIGHTS, content_features, source_features
from backend.pipeline.attribution.scene import CONTENT, CUE, SOURCE, Piece, Scene

_SMALLEST = 0.05
"""Weights below this are left out of the file."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The features of each candidate, and the place of the right one."""

    features: list[list[str]]
    right: int


def read_choices(article: Article, doc: Doc) -> tuple[list[Choice], list[Choice]]:
    """Return the choices that an annotated article settles: of cues and of sources."""
    scene = Scene(doc, gold_spans(doc, article.gold))
    pieces = {(piece.start, piece.end, piece.label): piece for piece in scene.pieces}

    def find(offsets: tuple[int, int], label: str) -> Piece | None:
        span = doc.char_span(*offsets, alignment_mode="expand")
        return pieces.get((span.start, span.end, label)) if span else None

    of_cues: list[Choice] = []
    of_sources: list[Choice] = []
    for relation in article.gold:
        cue = find(relation.cue[0], CUE) if relation.cue else None
        if cue is None:
            continue
        source = find(relation.source[0], SOURCE) if relation.source else None
        candidates: list[Piece | None] = [None, *scene.near(cue, SOURCE)]
        if source in candidates:
            features = [list(source_features(scene, cue, one)) for one in candidates]
            of_sources.append(Choice(features, candidates.index(source)))
        for offsets in relation.content:
            content = find(offsets, CONTENT)
            cues = scene.near(content, CUE) if content else []
            if content and cue in cues:
                features = [list(content_features(scene, content, one)) for one in cues]
                of_cues.append(Choice(features, cues.index(cue)))
    return of_cues, of_sources


def fit(choices: Sequence[Choice], *, penalty: float = 0.3, steps: int = 400) -> dict[str, float]:
    """Return a weight for each feature that makes the right candidates the likeliest."""
    names = sorted({name for c in choices for features in c.features for name in features})
    number = {name: i for i, name in enumerate(names)}
    rows = [features for c in choices for features in c.features]
    matrix: NDArray[np.float32] = np.zeros((len(rows), len(names)), dtype=np.float32)
    for i, features in enumerate(rows):
        matrix[i, [number[name] for name in features]] = 1
    group = np.repeat(np.arange(len(choices)), [len(c.features) for c in choices])
    right = np.concatenate([np.arange(len(c.features)) == c.right for c in choices])
    weights = np.zeros(len(names))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        scores = np.exp(matrix @ weights)
        share = scores / np.bincount(group, scores)[group]
        gradient = (matrix.T @ (share - right) + penalty * weights) / len(choices)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = 0.1 * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        weights -= rate * mean / (np.sqrt(square) + 1e-8)
    return dict(zip(names, weights.tolist(), strict=True))


def accuracy(choices: Sequence[Choice], weights: dict[str, float]) -> float:
    """Return the share of choices in which the right candidate scores best."""
    best = (
        max(
            range(len(c.features)),
            key=lambda i: sum(weights.get(name, 0.0) for name in c.features[i]),
        )
        for c in choices
    )
    return sum(i == c.right for i, c in zip(best, choices, strict=True)) / max(len(choices), 1)


def to_toml(tables: dict[str, dict[str, float]]) -> str:
    """Write weights as the linker reads them, the strongest first."""
    lines = ["# The linker's weights, fitted by `python -m backend.training.linker`."]
    for table, weights in tables.items():
        lines += ["", f"[{table}]"]
        lines += [
            f'"{name}" = {weight:.2f}'
            for name, weight in sorted(weights.items(), key=lambda item: -item[1])
            if abs(weight) >= _SMALLEST
        ]
    return "\n".join(lines) + "\n"


def _parsed(articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    nlp = pipeline.load()
    parser = ("hearsay_quotations", "hearsay_encoder", "hearsay_syntax")
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in parser]):
        for article in articles:
            yield article, nlp(article.text)


def main() -> int:
    """Fit on the articles named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True, help="PolNeAR's train.jsonl.gz")
    parser.add_argument("--limit", type=int, help="use so many articles only")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    of_cues: list[Choice] = []
    of_sources: list[Choice] = []
    for n, (article, doc) in enumerate(
        _parsed(islice(read_articles(args.articles), args.limit)), 1
    ):
        for choices, more in zip((of_cues, of_sources), read_choices(article, doc), strict=True):
            choices.extend(more)
        if n % 20 == 0:
            print(f"{n} articles read", flush=True)
    tables = {"content": fit(of_cues), "source": fit(of_sources)}
    args.out.write_text(to_toml(tables), encoding="utf-8")
    print(
        f"cues {accuracy(of_cues, tables['content']):.4f}, "
        f"sources {accuracy(of_sources, tables['source']):.4f} right on what they were fitted on"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
