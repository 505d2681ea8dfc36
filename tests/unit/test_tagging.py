"""BILUO sequences: always valid, and the best of the valid ones."""

import itertools

import numpy as np
import pytest

from backend.pipeline.tagging import best_sequence, biluo_labels, may_follow, spans_of

LABELS = biluo_labels(["A", "B"])
ALLOWED = may_follow(LABELS)


def is_valid(sequence: tuple[int, ...]) -> bool:
    whole = (0, *sequence, 0)
    return all(ALLOWED[before, after] for before, after in itertools.pairwise(whole))


@pytest.mark.parametrize("seed", range(8))
def test_is_the_best_valid_sequence(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(4, len(LABELS))).astype(np.float32)
    every = itertools.product(range(len(LABELS)), repeat=len(scores))
    best = max(
        (s for s in every if is_valid(s)), key=lambda s: sum(scores[i, n] for i, n in enumerate(s))
    )
    assert tuple(best_sequence(scores, ALLOWED)) == best


def test_spans_come_with_their_roles() -> None:
    codes = ["B-A", "I-A", "L-A", "O", "U-B", "U-B"]
    assert list(spans_of([LABELS.index(c) for c in codes], LABELS)) == [
        (0, 3, "A"),
        (4, 5, "B"),
        (5, 6, "B"),
    ]


def test_nothing_has_no_spans() -> None:
    empty = best_sequence(np.zeros((0, len(LABELS)), dtype=np.float32), ALLOWED)
    assert list(spans_of(empty, LABELS)) == []
