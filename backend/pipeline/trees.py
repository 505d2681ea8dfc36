"""The best dependency tree of a sentence (Chu & Liu 1965; Edmonds 1967)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def best_tree(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Find the heads that score best together and make a tree with one word under the root.

    Args:
        scores: of each word (row) for each head (column; 0 the root, word i at i + 1),
            shape (words, 1 + words).

    Returns:
        The head of each word as a column of ``scores``, shape (words,).
    """
    count = len(scores)
    square: NDArray[np.float64] = np.full((count + 1, count + 1), -np.inf)
    square[1:] = scores
    np.fill_diagonal(square, -np.inf)
    heads = _best_heads(square)
    if (heads[1:] == 0).sum() == 1 and not _cycle(heads):
        return heads[1:]
    # Every arc from the root costs more than all else can gain, so that only one is taken.
    finite = square[np.isfinite(square)]
    square[1:, 0] -= (finite.max() - finite.min() + 1.0) * (count + 1)
    return _chu_liu_edmonds(square)[1:]


def _best_heads(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    heads: NDArray[np.int64] = scores.argmax(axis=1).astype(np.int64)
    heads[0] = 0
    return heads


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    """Return the nodes of one cycle, or none. The root (0) heads itself and is no cycle."""
    state = np.zeros(len(heads), dtype=np.int8)
    state[0] = 2
    for node in range(1, len(heads)):
        path = []
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        state[path] = 2
    return []


def _chu_liu_edmonds(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the best heads; ``scores`` is (nodes, nodes), dependents by heads, root first."""
    heads = _best_heads(scores)
    cycle = np.array(_cycle(heads), dtype=np.int64)
    if not len(cycle):
        return heads
    is_outside = np.ones(len(scores), dtype=np.bool_)
    is_outside[cycle] = False
    outside = np.flatnonzero(is_outside)
    own = scores[cycle, heads[cycle]]
    # Contract the cycle to one node, the last: its best way in and out for each outside node.
    enter = scores[np.ix_(cycle, outside)] - own[:, None]
    leave = scores[np.ix_(outside, cycle)]
    size = len(outside) + 1
    small = np.full((size, size), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = enter.max(axis=0)
    small[:-1, -1] = leave.max(axis=1)
    inner = _chu_liu_edmonds(small)
    result = heads.copy()
    for node, head in enumerate(inner[:-1]):
        if node == 0:
            continue
        result[outside[node]] = (
            cycle[int(leave[node].argmax())] if head == size - 1 else outside[head]
        )
    broken = int(enter[:, inner[-1]].argmax())
    result[cycle[broken]] = outside[inner[-1]]
    return result
