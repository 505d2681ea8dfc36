"""Tags, parts of speech, lemmas, sentences and dependencies from the encoder's vectors.

The parser is deep biaffine attention (Dozat & Manning, ICLR 2017) within each sentence; where
the best heads do not make a tree, the best tree is found (Chu & Liu 1965; Edmonds 1967).
Labels are those of Universal Dependencies, as in EWT, and of the Penn Treebank.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from lemminflect import getLemma
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc

from backend.pipeline.model import MODEL_PATH, Model, load_model
from backend.pipeline.trees import best_tree

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

LONGEST_SENTENCE = 300
"""In words. The parser's time and memory grow with the square of a sentence's length; what is
longer (a row of symbols, a text without full stops) is parsed in stretches of as many."""
_AT_ONCE = 1024
"""Words whose relations are scored together."""


class Syntax:
    """Set ``tag_``, ``pos_``, ``lemma_``, ``head``, ``dep_`` and sentence starts of each token."""

    def __init__(self, model: Model) -> None:
        """Parse with the heads of ``model``."""
        self.weights = model.heads
        self.labels = model.labels

    def __call__(self, doc: Doc) -> Doc:
        """Parse ``doc``, which has been encoded."""
        words = np.array([t.i for t in doc if not t.is_space], dtype=np.int64)
        if not len(words):
            for token in doc:  # else there would be no sentences to ask for
                token.is_sent_start, token.dep_ = token.i == 0, "dep"
            return doc
        vectors: Floats = np.asarray(doc.tensor[words], dtype=np.float32)
        starts = self._sentence_starts(doc, words, vectors)
        heads, relations = self._parse(vectors, np.flatnonzero(starts))
        self._write(doc, words, vectors, heads, relations)
        return doc

    def _linear(self, name: str, vectors: Floats) -> Floats:
        scores: Floats = vectors @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return scores

    def _sentence_starts(self, doc: Doc, words: Ints, vectors: Floats) -> NDArray[np.bool_]:
        starts: NDArray[np.bool_] = self._linear("start", vectors).argmax(axis=1) == 1
        starts[0] = True
        for n in np.flatnonzero(np.diff(words) > 1):  # whitespace tokens stand in between
            between = doc[int(words[n]) + 1 : int(words[n + 1])].text
            starts[n + 1] |= "\n" in between
        bounds = [*np.flatnonzero(starts), len(words)]
        for start, end in pairwise(bounds):
            starts[start:end:LONGEST_SENTENCE] = True
        return starts

    def _parse(self, vectors: Floats, starts: Ints) -> tuple[Ints, Ints]:
        """Return each word's head (its own position for a root) and relation."""
        weights = self.weights
        root = weights["parser.root"][None]
        dependents = _with_one(_relu(self._linear("parser.arc_dependent", vectors)))
        dependents = dependents @ weights["parser.arc"]
        arc_heads = _relu(self._linear("parser.arc_head", np.concatenate([root, vectors])))
        heads = np.zeros(len(vectors), dtype=np.int64)
        for start, end in zip(starts, [*starts[1:], len(vectors)], strict=True):
            candidates = np.concatenate([arc_heads[:1], arc_heads[start + 1 : end + 1]])
            chosen = best_tree(dependents[start:end] @ candidates.T)
            own = np.arange(start, end)
            heads[start:end] = np.where(chosen == 0, own, start + chosen - 1)
        is_root = heads == np.arange(len(vectors))
        head_vectors = np.where(is_root[:, None], root, vectors[heads])
        left = _with_one(_relu(self._linear("parser.relation_dependent", vectors)))
        right = _with_one(_relu(self._linear("parser.relation_head", head_vectors)))
        table = weights["parser.relation"]  # (r + 1, relations, r + 1)
        scores = np.empty((len(left), table.shape[1]), dtype=np.float32)
        for start in range(0, len(left), _AT_ONCE):  # 10 kB a word would be 2 GB for a long text
            part = slice(start, start + _AT_ONCE)
            mixed = left[part] @ table.reshape(len(table), -1)
            mixed = mixed.reshape(len(mixed), -1, right.shape[1])
            scores[part] = np.matmul(mixed, right[part, :, None])[:, :, 0]
        names = self.labels["relation"]
        scores[:, names.index("root")] = np.where(is_root, np.inf, -np.inf)
        return heads, scores.argmax(axis=1)

    def _write(
        self,
        doc: Doc,
        words: Ints,
        vectors: Floats,
        heads: Ints,
        relations: Ints,
    ) -> None:
        strings = doc.vocab.strings
        names = {
            "tag": [strings.add(label) for label in self.labels["tag"]],
            "dep": [strings.add(_spacy_relation(label)) for label in self.labels["relation"]],
        }
        tags = self._linear("tag", vectors).argmax(axis=1)
        parts = self._linear("pos", vectors).argmax(axis=1)
        table = np.zeros((len(doc), 5), dtype=np.uint64)
        # A whitespace token hangs on the word before it, or at the text's beginning the one after.
        before = np.maximum(np.searchsorted(words, np.arange(len(doc)), side="right") - 1, 0)
        offsets = words[before] - np.arange(len(doc))
        table[:, 0] = strings.add("_SP")
        table[:, 1] = IDS["SPACE"]
        table[:, 2] = offsets.astype(np.uint64)
        table[:, 3] = strings.add("dep")
        table[words, 0] = np.array(names["tag"], dtype=np.uint64)[tags]
        table[words, 1] = np.array([IDS[p] for p in self.labels["pos"]], dtype=np.uint64)[parts]
        table[words, 2] = (words[heads] - words).astype(np.uint64)
        table[words, 3] = np.array(names["dep"], dtype=np.uint64)[relations]
        upos = [self.labels["pos"][p] for p in parts]
        table[:, 4] = [strings.add(t.text) for t in doc]
        table[words, 4] = [
            strings.add(lemma(doc[int(i)].text, part)) for i, part in zip(words, upos, strict=True)
        ]
        # Sentences follow from the heads.
        doc.from_array([TAG, POS, HEAD, DEP, LEMMA], table)  # type: ignore[arg-type]


@lru_cache(maxsize=50_000)
def lemma(text: str, part: str) -> str:
    """Return the base form of a word of a part of speech (a UPOS tag); proper names keep case."""
    if part == "PROPN":
        return text
    lower = text.lower()
    if part not in {"VERB", "AUX", "NOUN", "ADJ", "ADV"}:
        return lower
    if part == "AUX" and lower in _AUXILIARIES:
        return _AUXILIARIES[lower]
    found: tuple[str, ...] = getLemma(lower, upos=part)
    return found[0] if found else lower


_AUXILIARIES = {
    **dict.fromkeys(
        ["am", "are", "is", "was", "were", "been", "being", "'m", "'re", "’m", "’re"], "be"
    ),
    **dict.fromkeys(["'s", "’s"], "be"),
    **dict.fromkeys(["has", "had", "having", "'ve", "’ve"], "have"),
    **dict.fromkeys(["'d", "’d"], "would"),
    **dict.fromkeys(["'ll", "’ll", "wo"], "will"),
    "ca": "can",
    "sha": "shall",
    "ai": "be",
}


def _spacy_relation(label: str) -> str:
    return "ROOT" if label == "root" else label


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0.0)


def _with_one(values: Floats) -> Floats:
    return np.concatenate([values, np.ones((len(values), 1), dtype=np.float32)], axis=1)


@Language.factory(
    "hearsay_syntax",
    default_config={"path": str(MODEL_PATH)},
    assigns=["token.tag", "token.pos", "token.lemma", "token.head", "token.dep"],
)
def make_syntax(nlp: Language, name: str, path: str) -> Syntax:
    """Make the component; ``path`` is a model folder."""
    return Syntax(load_model(Path(path)))
