"""Windows with their gold labels, and batches of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Tokenizer
from torch import Tensor

from backend.pipeline.paragraphs import paragraph_bounds
from backend.pipeline.windows import Window, windows
from backend.training.corpora import ROLES, Article

IGNORE = -100
"""The label that no loss counts."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window and one gold label a word for each task it is an example of.

    ``head`` holds positions in the window, counted from 1, with 0 for the root; ``last`` the
    position of the last word of the span that begins at a word, ``first`` that of the first word
    of the span that ends there, both -1 where there is none, and ``begun`` and ``ended`` their
    roles.
    """

    window: Window
    gold: dict[str, NDArray[np.int64]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows: tensors of shape (batch, pieces) or (batch, words)."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    first: Tensor
    gold: dict[str, Tensor]


def biluo_labels(roles: Sequence[str]) -> list[str]:
    """Return ``O`` and then B-, I-, L-, U- of each role (Ratinov & Roth, CoNLL 2009)."""
    return ["O", *(f"{code}-{role}" for role in roles for code in "BILU")]


def label_sets(docs: Iterable[Doc]) -> dict[str, list[str]]:
    """Return the labels of every head; those of syntax are the ones that ``docs`` have."""
    words = [token for doc in docs for token in doc if not token.is_space]
    return {
        "attribution": biluo_labels(ROLES),
        "span": list(ROLES),
        "start": ["inside", "first"],
        "tag": sorted({word.tag_ for word in words}),
        "pos": sorted({word.pos_ for word in words}),
        "relation": sorted({word.dep_.lower() for word in words}),
    }


def attribution_examples(articles: Iterable[Article], tokenizer: Tokenizer) -> Iterator[Example]:
    """Label the words of each window with the BILUO codes and the ends of their spans.

    A span that a window cuts is one in each of the two.
    """
    index = {label: i for i, label in enumerate(biluo_labels(ROLES))}
    for article in articles:
        spans = [
            ([i for i in range(s.start, s.end) if not article.doc[i].is_space], s.role)
            for s in article.spans
        ]
        paragraph = np.zeros(len(article.doc), dtype=np.int64)
        for number, (start, end) in enumerate(paragraph_bounds(article.doc)):
            paragraph[start:end] = number
        for window in windows(article.doc, tokenizer):
            place = {int(word): n for n, word in enumerate(window.words)}
            size = len(place)
            gold = {name: np.full(size, -1, dtype=np.int64) for name in ("last", "first")}
            gold |= {name: np.zeros(size, dtype=np.int64) for name in ("begun", "ended")}
            labels = ["O"] * size
            for words, role in spans:
                inside = [place[i] for i in words if i in place]
                if not inside:
                    continue
                first, last = inside[0], inside[-1]
                labels[first : last + 1] = [f"I-{role}"] * (last + 1 - first)
                labels[first], labels[last] = f"B-{role}", f"L-{role}"
                if first == last:
                    labels[first] = f"U-{role}"
                gold["last"][first], gold["first"][last] = last, first
                gold["begun"][first] = gold["ended"][last] = ROLES.index(role)
            gold["attribution"] = np.array([index[label] for label in labels], dtype=np.int64)
            gold["paragraph"] = paragraph[window.words]
            yield Example(window, gold)


def syntax_examples(
    docs: Iterable[Doc], labels: dict[str, list[str]], tokenizer: Tokenizer
) -> Iterator[Example]:
    """Label the words of each window with tag, part of speech, sentence start, head and relation.

    A word whose head lies in another window has no gold head.
    """
    index = {name: {label: i for i, label in enumerate(labels[name])} for name in labels}
    for doc in docs:
        for window in windows(doc, tokenizer):
            place = {int(word): n for n, word in enumerate(window.words, start=1)}
            tokens = [doc[int(i)] for i in window.words]
            gold = {
                "tag": [index["tag"].get(t.tag_, IGNORE) for t in tokens],
                "pos": [index["pos"].get(t.pos_, IGNORE) for t in tokens],
                "start": [int(bool(t.is_sent_start)) for t in tokens],
                "head": [0 if t.head.i == t.i else place.get(t.head.i, IGNORE) for t in tokens],
                "relation": [index["relation"].get(t.dep_.lower(), IGNORE) for t in tokens],
                "sentence": np.cumsum([int(bool(t.is_sent_start)) for t in tokens]),
            }
            yield Example(window, {k: np.asarray(v, dtype=np.int64) for k, v in gold.items()})


def collate(examples: list[Example]) -> Batch:
    """Pad ``examples`` (all of one task) to a batch."""
    return Batch(
        pieces=_pad([e.window.pieces for e in examples], 0),
        features=_pad([e.window.features for e in examples], 0),
        mask=_pad([np.ones_like(e.window.pieces) for e in examples], 0),
        first=_pad([e.window.first_piece for e in examples], 0),
        gold={name: _pad([e.gold[name] for e in examples], IGNORE) for name in examples[0].gold},
    )


def _pad(arrays: list[NDArray[np.int64]], value: int) -> Tensor:
    return torch.nn.utils.rnn.pad_sequence(
        [torch.from_numpy(a) for a in arrays], batch_first=True, padding_value=value
    )
