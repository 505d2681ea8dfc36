"""From the corpora to windows with their gold labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from zlib import crc32

import numpy as np
from spacy.tokens import Doc
from tokenizers import Tokenizer

from backend.pipeline.paragraphs import paragraph_bounds
from backend.pipeline.windows import Window, windows
from backend.training.batches import IGNORE, Example, Ints
from backend.training.corpora import ROLES, Article

FOLDS = 3
"""Into so many parts the articles fall, by their ids: a teacher can be trained without one."""


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
        fold = crc32(article.id.encode()) % FOLDS
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
            gold["label"] = np.array([index[label] for label in labels], dtype=np.int64)
            yield _example(article.doc, window, gold, fold)


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
            gold: dict[str, Sequence[int] | Ints] = {
                "tag": [index["tag"].get(t.tag_, IGNORE) for t in tokens],
                "pos": [index["pos"].get(t.pos_, IGNORE) for t in tokens],
                "start": [int(bool(t.is_sent_start)) for t in tokens],
                "head": [0 if t.head.i == t.i else place.get(t.head.i, IGNORE) for t in tokens],
                "relation": [index["relation"].get(t.dep_.lower(), IGNORE) for t in tokens],
                "sentence": np.cumsum([int(bool(t.is_sent_start)) for t in tokens]),
            }
            yield _example(doc, window, gold)


def _example(
    doc: Doc, window: Window, gold: Mapping[str, Sequence[int] | Ints], fold: int | None = None
) -> Example:
    paragraph = np.zeros(len(doc), dtype=np.int64)
    for number, (start, end) in enumerate(paragraph_bounds(doc)):
        paragraph[start:end] = number
    return Example(
        pieces=window.pieces,
        features=window.features,
        blocks=window.blocks,
        first_piece=window.first_piece,
        paragraph=paragraph[window.words],
        gold={name: np.asarray(values, dtype=np.int64) for name, values in gold.items()},
        fold=fold,
    )
