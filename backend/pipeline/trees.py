"""The best dependency tree of a sentence (Chu & Liu 1965; Edmonds 1967)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Ints = NDArray[np.int64]

_ROOTS = 12
"""How many words are tried as the root before all are weighed at once. The first is proved best
nearly always, and with the root known few cycles are left; without, nearly every word is in one,
which takes more time than a dozen tries."""


def best_trees(scores: NDArray[np.float32], bounds: Sequence[int]) -> Ints:
    """Find the heads that score best together in each of many sentences, as ``best_tree`` does.

    Nearly always the best head of every word makes a tree, which is tried for all at once.

    Args:
        scores: of each word (row) for each head (column; 0 the root, word i of its sentence at
            i + 1), -inf where there is none, shape (words, 1 + words of the longest sentence).
        bounds: the first word of each sentence, and the end of the last.

    Returns:
        The head of each word as a column of ``scores``, shape (words,).
    """
    firsts, sizes = np.array(bounds[:-1]), np.diff(bounds)
    columns: Ints = scores[:, 1:].argmax(axis=1) + 1
    highest = scores[np.arange(len(scores)), columns].astype(np.float64)
    # The root of a sentence is the word that loses least as such; of several, the first.
    losses = highest - scores[:, 0]
    least = np.flatnonzero(losses == np.repeat(np.minimum.reduceat(losses, firsts), sizes))
    roots = least[np.searchsorted(least, firsts)]
    heads = np.repeat(firsts, sizes) + columns - 1
    heads[roots] = roots
    for _ in range(int(sizes.max()).bit_length()):
        heads = heads[heads]  # twice as far up each time
    is_tree = np.logical_and.reduceat(heads == np.repeat(roots, sizes), firsts)
    columns[roots] = 0
    for number in np.flatnonzero(~is_tree).tolist():
        start, end = bounds[number], bounds[number + 1]
        columns[start:end] = best_tree(scores[start:end, : end - start + 1])
    return columns


def best_tree(scores: NDArray[np.float32]) -> Ints:
    """Find the heads that score best together and make a tree with one word under the root.

    Args:
        scores: of each word (row) for each head (column; 0 the root, word i at i + 1),
            shape (words, 1 + words).

    Returns:
        The head of each word as a column of ``scores``, shape (words,).
    """
    count = len(scores)
    words = np.arange(count)
    from_root, arcs = scores[:, 0].astype(np.float64), scores[:, 1:].astype(np.float64)
    arcs[words, words] = -np.inf
    heads: Ints = arcs.argmax(axis=1)
    highest = arcs[words, heads]
    # What a tree loses to the highest arcs, at least, with each word under the root.
    losses = highest - from_root
    order = np.argsort(losses)
    best, least = heads, np.inf
    for root in order[:_ROOTS].tolist():
        if losses[root] >= least:
            return best + 1
        found = _arborescence(arcs, heads, root)
        kept = arcs[words, found]
        kept[root] = from_root[root]
        lost = float((highest - kept).sum())
        if lost < least:
            found[root] = -1
            best, least = found, lost
    if count <= _ROOTS or losses[order[_ROOTS]] >= least:
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
        heads: the word that is the head of each of them in the cycle.
        gains: by how much each of them would change the sum with each other word as its head.
    """

    members: list[int]
    heads: list[int]
    gains: Scores


def _arborescence(scores: Scores, best_heads: Ints, root: int) -> Ints:
    """Return the best heads by which every word comes to ``root`` (whose own means nothing).

    Each cycle of best heads is made one node, and at the end broken where the best arc enters it.
    That takes time in the square of the number of words, at most (Tarjan 1977).

    Args:
        scores: shape (words, words), dependents by heads.
        best_heads: the argmax of each row.
        root: the word above all others.
    """
    heads: list[int] = best_heads.tolist()
    node_of = list(range(len(heads)))  # that each word is part of
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
                contractions.append(_contract(scores, heads, node_of, members))
                for member in members[1:]:
                    done[member] = True
                del path[places[node] + 1 :]
            else:
                places[node] = len(path)
                path.append(node)
            node = node_of[heads[node]]
        for node in path:
            done[node] = True
    for cycle in reversed(contractions):
        head = heads[cycle.members[0]]
        for member, own in zip(cycle.members, cycle.heads, strict=True):
            heads[member] = own
        heads[cycle.members[cycle.gains[:, head].argmax()]] = head
    return np.array(heads, dtype=np.int64)


def _contract(
    scores: Scores, heads: list[int], node_of: list[int], members: list[int]
) -> _Contraction:
    """Make the cycle of ``members`` one node, whose head is a word outside it.

    It takes the row of its first member in ``scores``; the columns remain those of the words.
    """
    inner = [heads[member] for member in members]
    gains = scores[members]
    gains -= gains[range(len(members)), inner, None]
    row = gains.max(axis=0)
    merged = set(members)
    for word, node in enumerate(node_of):
        if node in merged:
            node_of[word] = members[0]
            row[word] = -np.inf
    scores[members[0]] = row
    heads[members[0]] = int(row.argmax())
    return _Contraction(members, inner, gains)
