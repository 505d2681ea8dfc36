"""BILUO codes and the best sequence of them (Ratinov & Roth, CoNLL 2009)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray


def biluo_labels(roles: Sequence[str]) -> list[str]:
    """Return ``O`` and then B-, I-, L-, U- of each role."""
    return ["O", *(f"{code}-{role}" for role in roles for code in "BILU")]


def may_follow(labels: Sequence[str]) -> NDArray[np.bool_]:
    """Say which label may follow which, shape (labels, labels): [before, after]."""
    codes = [label.partition("-") for label in labels]
    return np.array(
        [
            [
                (after in "IL" and role == own) if before in "BI" else after in "OBU"
                for after, _, own in codes
            ]
            for before, _, role in codes
        ]
    )


def best_sequence(scores: NDArray[np.float32], allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Find the best-scored sequence of labels in which each may follow the one before (Viterbi).

    Args:
        scores: log-probabilities or logits, shape (words, labels); label 0 is ``O``.
        allowed: as from ``may_follow``.

    Returns:
        Label indices, shape (words,). It begins and ends outside a span.
    """
    count = len(scores)
    if not count:
        return np.zeros(0, dtype=np.int64)
    likeliest: NDArray[np.int64] = scores.argmax(axis=1)
    around = np.concatenate([[0], likeliest, [0]])
    if allowed[around[:-1], around[1:]].all():
        return likeliest
    cost = np.where(allowed, 0.0, -np.inf).astype(np.float32)
    back = np.zeros((count, scores.shape[1]), dtype=np.int64)
    best = scores[0] + cost[0]  # what may follow O may begin
    for i in range(1, count):
        paths = best[:, None] + cost
        back[i] = paths.argmax(axis=0)
        best = paths[back[i], np.arange(len(best))] + scores[i]
    sequence = np.zeros(count, dtype=np.int64)
    sequence[-1] = int((best + cost[:, 0]).argmax())  # what O may follow may end
    for i in range(count - 1, 0, -1):
        sequence[i - 1] = back[i, sequence[i]]
    return sequence


def spans_of(sequence: Sequence[int], labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, role) of each span of a valid BILUO sequence, end exclusive."""
    start = 0
    for i, number in enumerate(sequence):
        code, _, role = labels[number].partition("-")
        if code in "BU":
            start = i
        if code in "LU":
            yield start, i + 1, role
