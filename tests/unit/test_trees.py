"""The best tree, against all trees of small sentences."""

import itertools
from typing import Any

import numpy as np
import pytest

from backend.pipeline import trees
from backend.pipeline.trees import best_tree, best_trees


def is_tree(heads: tuple[int, ...]) -> bool:
    """One word under the root (0), and every word below it without a cycle."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return True


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(12))
def test_finds_the_best_of_all_trees(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)

    def value(heads: tuple[int, ...]) -> float:
        return float(sum(scores[word, head] for word, head in enumerate(heads)))

    own = [[h for h in range(size + 1) if h != word + 1] for word in range(size)]
    best = max((h for h in itertools.product(*own) if is_tree(h)), key=value)
    assert tuple(best_tree(scores)) == best


@pytest.mark.parametrize("spread", [0.0, 1.0])
def test_a_row_of_symbols_takes_no_more_steps_than_it_has_words(
    spread: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    size, contractions = 300, 0
    contract = trees._contract

    def counted(*arguments: Any) -> Any:
        nonlocal contractions
        contractions += 1
        return contract(*arguments)

    monkeypatch.setattr(trees, "_contract", counted)
    random = np.random.default_rng(0).normal(scale=spread, size=(size, size + 1))
    assert is_tree(tuple(int(h) for h in best_tree(random.astype(np.float32))))
    assert contractions <= (trees._ROOTS + 1) * size


def test_a_sentence_without_doubt_takes_no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "_contract", None)
    scores = np.zeros((4, 5), dtype=np.float32)
    for word, head in enumerate([2, 0, 2, 3]):
        scores[word, head] = 5.0
    scores[:, 0] += 4.0  # each is likely as the root, but one has to be
    assert best_tree(scores).tolist() == [2, 0, 2, 3]


def test_a_long_sentence_whose_arcs_all_favour_one_cycle() -> None:
    size = 300
    scores = np.zeros((size, size + 1), dtype=np.float32)
    for word in range(size):
        scores[word, (word + 1) % size + 1] = 9.0
    assert is_tree(tuple(int(h) for h in best_tree(scores)))


def test_many_sentences_at_once_have_the_trees_that_each_has_alone() -> None:
    random = np.random.default_rng(0)
    sizes = [1, 2, 7, 1, 5, 3, 9, 4] * 5
    bounds = [0, *np.cumsum(sizes).tolist()]
    scores = np.full((bounds[-1], 1 + max(sizes)), -np.inf, dtype=np.float32)
    alone = []
    for start, size in zip(bounds, sizes, strict=False):
        own = random.normal(size=(size, size + 1)).astype(np.float32)
        own[range(size), range(1, size + 1)] = -np.inf
        scores[start : start + size, : size + 1] = own
        alone += best_tree(own).tolist()
    assert best_trees(scores, bounds).tolist() == alone
