"""The best dependency tree of a sentence (Chu & Liu 1965; Edmonds 1967)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Ints = NDArray[np.int64]

_ROOTS = 3
"""How many words are tried as the root before all are weighed at once. The first is proved best
nearly always, and with the root known few cycles are left; without, nearly every word is in one."""


def best_tree(scores: NDArray[np.float32]) -> Ints:
    """Find the heads that score best together and make a tree with one word under the root.

    Args:
        scores: of each word (row) for each head (column; 0 the root, word i at i + 1),
            shape (words, 1 + words).

    Returns:
        The head of each word as a column of ``scores``, shape (words,).
    """
    count = len(scores)
    if count == 1:
        return np.zeros(1, dtype=np.int64)
    words = np.arange(count)
    from_root, arcs = scores[:, 0].astype(np.float64), scores[:, 1:].astype(np.float64)
    np.fill_diagonal(arcs, -np.inf)
    heads: Ints = arcs.argmax(axis=1)
    highest = arcs[words, heads]
    # What a tree loses to the highest arcs, at least, with each word under the root.
    losses = highest - from_root
    order = np.argsort(losses)
    best, least = heads, np.inf
    for root in order[:_ROOTS]:
        if losses[root] >= least:
            break
        found = _arborescence(arcs, heads, int(root))
        kept = arcs[words, found]
        kept[root] = from_root[root]
        lost = float((highest - kept).sum())
        if lost < least:
            found[root] = -1
            best, least = found, lost
    if losses[order[_ROOTS:]].min(initial=np.inf) >= least:
        return best + 1
    square: Scores = np.full((count + 1, count + 1), -np.inf)
    square[1:, 0], square[1:, 1:] = from_root, arcs
    # Every arc from the root costs more than all else can gain, so that only one is taken.
    finite = square[np.isfinite(square)]
    square[1:, 0] -= (finite.max() - finite.min() + 1.0) * (count + 1)
    heads = _arborescence(square, square.argmax(axis=1), 0)
    return heads[1:]


@dataclass(frozen=True, slots=True)
class _Contraction:
    """A cycle that became one node, the first of its members.

    Attributes:
        members: the nodes of the cycle.
        heads: the head of each of them in the cycle.
        entered: for each head outside, which member gives up its own for it.
        left: for each dependent outside, which member is its head.
    """

    members: list[int]
    heads: list[int]
    entered: Ints
    left: Ints


def _arborescence(scores: Scores, best_heads: Ints, root: int) -> Ints:
    """Return the best heads by which every node comes to ``root`` (whose own means nothing).

    Each cycle of best heads is made one node, and at the end broken where the best arc enters it.
    That takes time in the square of the number of nodes, at most (Tarjan 1977).

    Args:
        scores: shape (nodes, nodes), dependents by heads.
        best_heads: the argmax of each row.
        root: the node above all others.
    """
    heads: list[int] = best_heads.tolist()
    contractions: list[_Contraction] = []
    done = [False] * len(heads)
    done[root] = True
    for node in range(len(heads)):
        if done[node]:
            continue
        path: list[int] = []
        places: dict[int, int] = {}
        while not done[node]:
            if node in places:
                members = path[places[node] :]
                if not contractions:
                    scores = scores.copy()
                contractions.append(_contract(scores, heads, members))
                for member in members[1:]:
                    done[member] = True
                del path[places[node] + 1 :]
            else:
                places[node] = len(path)
                path.append(node)
            node = heads[node]
        for node in path:
            done[node] = True
    for cycle in reversed(contractions):
        node = cycle.members[0]
        head = heads[node]
        for other, of_other in enumerate(heads):
            if of_other == node:
                heads[other] = cycle.members[cycle.left[other]]
        for member, own in zip(cycle.members, cycle.heads, strict=True):
            heads[member] = own
        heads[cycle.members[cycle.entered[head]]] = head
    return np.array(heads, dtype=np.int64)


def _contract(scores: Scores, heads: list[int], members: list[int]) -> _Contraction:
    """Make the cycle of ``members`` one node, in ``scores`` and ``heads`` themselves."""
    node, *others = members
    inner = [heads[member] for member in members]
    given_up = scores[members, inner]
    # Most cycles have two members; one after the other is faster than a table of them all.
    entered, left = np.zeros((2, len(heads)), dtype=np.int64)
    row, column = scores[node], scores[:, node]
    row -= given_up[0]
    for place, member in enumerate(others, 1):
        gains = scores[member] - given_up[place]
        entered[gains > row] = place
        left[scores[:, member] > column] = place
        np.maximum(row, gains, out=row)
        np.maximum(column, scores[:, member], out=column)
    scores[:, others], row[node] = -np.inf, -np.inf
    inside = set(members)
    heads[:] = [node if head in inside else head for head in heads]
    heads[node] = int(row.argmax())
    return _Contraction(members, inner, entered, left)
