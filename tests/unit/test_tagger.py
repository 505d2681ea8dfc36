"""The choice among scored spans, and the scores, by weights written by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import spacy

from backend.pipeline.attribution.tagger import LONGEST, Candidate, Tagger, best_disjoint
from backend.pipeline.model import Model


@pytest.mark.parametrize("seed", range(12))
def test_the_best_set_without_overlap(seed: int) -> None:
    random = np.random.default_rng(seed)
    candidates = [
        Candidate(int(start), int(start + length), "A", float(score))
        for start, length, score in zip(
            random.integers(0, 8, 7), random.integers(1, 5, 7), random.random(7), strict=True
        )
    ]
    subsets = itertools.chain.from_iterable(
        itertools.combinations(candidates, size) for size in range(len(candidates) + 1)
    )
    best = max(sum(c.score for c in s) for s in subsets if disjoint(s))
    chosen = best_disjoint(candidates)
    assert disjoint(chosen)
    assert sum(c.score for c in chosen) == pytest.approx(best)
    assert chosen == sorted(chosen, key=lambda c: c.start)


def disjoint(candidates: tuple[Candidate, ...] | list[Candidate]) -> bool:
    pairs = itertools.combinations(candidates, 2)
    return all(a.end <= b.start or b.end <= a.start for a, b in pairs)


def test_nothing_to_choose_from() -> None:
    assert best_disjoint([]) == []


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    """A CONTENT begins where the first number of a vector is 1 and ends where the second is."""
    biaffine = np.zeros((2, 3, 2), dtype=np.float32)
    biaffine[0, 2, 0] = 10  # begins and ends
    biaffine[1, 2, 1] = -3
    heads = {
        "spans.start.weight": np.array([[1, 0]], dtype=np.float32),
        "spans.end.weight": np.array([[0, 1]], dtype=np.float32),
        "spans.no_start.weight": np.zeros((1, 2), dtype=np.float32),
        "spans.no_end.weight": np.zeros((1, 2), dtype=np.float32),
        "spans.weight": biaffine,
    }
    heads |= {
        f"spans.{name}.bias": np.zeros(1, dtype=np.float32)
        for name in ("start", "end", "no_start", "no_end")
    }
    heads["spans.no_start.bias"] = np.ones(1, dtype=np.float32)  # for roles with no weights
    labels = {"span": ["SOURCE", "CUE", "CONTENT"]}
    return Tagger(Model("", "", labels, None, None, heads))  # type: ignore[arg-type]


def found(tagger: Tagger, text: str, begins: set[str], ends: set[str]) -> list[tuple[str, str]]:
    doc = spacy.blank("en")(text)
    doc.tensor = np.array(
        [[word.text in begins, word.text in ends] for word in doc], dtype=np.float32
    )
    return [(span.label_, span.text) for span in tagger.propose(doc).likely]


def test_a_span_from_its_first_word_to_its_last(tagger: Tagger) -> None:
    assert found(tagger, "He said it had rained .", {"it"}, {"rained"}) == [
        ("CONTENT", "it had rained")
    ]


def test_no_span_ends_before_it_begins(tagger: Tagger) -> None:
    assert found(tagger, "He said it had rained .", {"rained"}, {"it"}) == []


def test_no_span_crosses_a_paragraph(tagger: Tagger) -> None:
    assert found(tagger, "it had\n\nrained it rained", {"it"}, {"rained"}) == [
        ("CONTENT", "it rained")
    ]


def test_a_paragraph_without_end_is_read_in_parts(tagger: Tagger) -> None:
    text = " ".join(["on"] * (LONGEST + 5)) + " it rained"
    assert found(tagger, text, {"it"}, {"rained"}) == [("CONTENT", "it rained")]


def test_what_is_doubtful_overlaps_nothing_likely(tagger: Tagger) -> None:
    doc = spacy.blank("en")("He said it had rained .")
    doc.tensor = np.array([[0, 0], [0, 0], [1, 0], [0.3, 0], [0, 1], [0, 0.5]], dtype=np.float32)
    proposals = tagger.propose(doc)
    likely = {i for span in proposals.likely for i in range(span.start, span.end)}
    assert [span.text for span in proposals.likely] == ["it had rained"]
    assert proposals.doubtful
    assert all(score <= 0 for score in proposals.doubtful.values())
    assert likely.isdisjoint(i for s in proposals.doubtful for i in range(s.start, s.end))
