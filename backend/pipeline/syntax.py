"""Tags, parts of speech, lemmas, sentences and dependencies from the encoder's vectors.

The parser is deep biaffine attention (Dozat & Manning, ICLR 2017) within each sentence; where
the best heads do not make a tree, the best tree is found (Chu & Liu 1965; Edmonds 1967).
Labels are those of Universal Dependencies, as in EWT, and of the Penn Treebank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from lemminflect import getLemma
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, IS_SPACE, LEMMA, ORTH, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc

from backend.pipeline.columns import columns_of
from backend.pipeline.model import MODEL_PATH, Model, load_model
from backend.pipeline.trees import best_trees
from backend.pipeline.word_forms import VERB_TAGS, denied_tags

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

LONGEST_SENTENCE = 300
"""In words. The parser's time and memory grow with the square of a sentence's length; what is
longer (a row of symbols, a text without full stops) is parsed in stretches of as many."""
_STRETCH = 2048
"""In words. Whole sentences of so many together are parsed at once, so that the memory that a
text takes here does not grow with its length."""
_AT_ONCE = 64
"""Heads whose relations are scored together: 10 kB each, which should stay in the cache."""
_LINEAR = (
    "tag",
    "pos",
    "parser.arc_dependent",
    "parser.arc_head",
    "parser.relation_dependent",
    "parser.relation_head",
)
"""The linear layers that read the vectors of a stretch; sentences must be known before."""
_WITH_ONE = {"parser.arc_dependent", "parser.relation_dependent", "parser.relation_head"}
"""Those of them that a biaffine form reads on the side where it has a bias."""
_NOT_IN_NEWS = {"tag": ("GW", "FW"), "relation": ("goeswith", "reparandum")}
"""Labels for words broken in two, foreign words and slips of the tongue, which the treebanks have
of mail and speech. The vectors, tuned to attributions too, put names and titles there."""


class Syntax:
    """Set ``tag_``, ``pos_``, ``lemma_``, ``head``, ``dep_`` and sentence starts of each token."""

    def __init__(self, model: Model) -> None:
        """Parse with the heads of ``model``."""
        self.labels = model.labels
        # One product for all the layers takes less time than one for each.
        layers = [model.layer(name, with_one=name in _WITH_ONE) for name in _LINEAR]
        self.weight: Floats = np.concatenate([weight for weight, _ in layers]).T.copy()
        self.bias: Floats = np.concatenate([bias for _, bias in layers])
        sizes = [len(bias) for _, bias in layers]
        first = sum(sizes[: _LINEAR.index("tag")])
        self.bias[[first + i for i in self._unused("tag")]] = -np.inf
        self.borders = list(accumulate(sizes))[:-1]
        self.start_weight: Floats = model.heads["start.weight"].T.copy()
        self.start_bias: Floats = model.heads["start.bias"]
        self.arc: Floats = model.heads["parser.arc"]
        weight, bias = model.layer("parser.arc_head")
        self.root: Floats = np.maximum(weight @ model.heads["parser.root"] + bias, 0.0)
        self.root_relation = self.labels["relation"].index("root")
        not_scored = {self.root_relation, *self._unused("relation")}
        self.relations = np.delete(np.arange(len(self.labels["relation"])), [*not_scored])
        table: Floats = model.heads["parser.relation"]  # (r + 1, relations, r + 1)
        table = table[:, self.relations].transpose(2, 0, 1)  # heads first
        self.relation: Floats = table.reshape(len(table), -1)
        self.is_verb = np.isin(self.labels["tag"], list(VERB_TAGS))
        self.noun = self.labels["pos"].index("NOUN") if "NOUN" in self.labels["pos"] else -1
        self.is_common = np.isin(self.labels["tag"], ("NN", "NNS"))
        self.is_proper = np.char.startswith(self.labels["tag"], "NNP")

    def _unused(self, kind: str) -> list[int]:
        """Return the places of the labels of ``kind`` that are not given."""
        return [i for i, label in enumerate(self.labels[kind]) if label in _NOT_IN_NEWS[kind]]

    def __call__(self, doc: Doc) -> Doc:
        """Parse ``doc``, which has been encoded."""
        words = np.flatnonzero(doc.to_array(IS_SPACE) == 0)
        if not len(words):
            for token in doc:  # else there would be no sentences to ask for
                token.is_sent_start, token.dep_ = token.i == 0, "dep"
            return doc
        tensor = doc.tensor.astype(np.float32, copy=False)
        forms = columns_of(doc).lower
        scores = (tensor @ self.start_weight + self.start_bias)[words]
        starts = self._sentence_starts(doc, words, scores)
        tags, parts, heads, relations = np.empty((4, len(words)), dtype=np.int64)
        for first, end in _stretches(np.flatnonzero(starts).tolist(), len(words)):
            part = slice(first, end)
            values: Floats = tensor[words[part]] @ self.weight
            values += self.bias
            of_parser = values[:, self.borders[1] :]
            np.maximum(of_parser, 0.0, out=of_parser)
            tag, pos, *parser = np.split(values, self.borders, axis=1)
            self._rule_out([forms[i] for i in words[part].tolist()], tag, pos)
            self._take_for_common(starts[part], tag, pos)
            tags[part], parts[part] = tag.argmax(axis=1), pos.argmax(axis=1)
            arc_dependents, arc_heads, dependents, of_heads = parser
            bounds = [*np.flatnonzero(starts[part]).tolist(), end - first]
            of_stretch = self._heads(arc_dependents, arc_heads, bounds)
            relations[part] = self._relations(dependents, of_heads, of_stretch)
            heads[part] = first + of_stretch
        self._write(doc, words, tags, parts, heads, relations)
        return doc

    def _sentence_starts(self, doc: Doc, words: Ints, scores: Floats) -> NDArray[np.bool_]:
        starts: NDArray[np.bool_] = scores.argmax(axis=1) == 1
        starts[0] = True
        forms = columns_of(doc).words
        for n in np.flatnonzero(np.diff(words) > 1):  # whitespace tokens stand in between
            starts[n + 1] |= any("\n" in space for space in forms[words[n] + 1 : words[n + 1]])
        bounds = [*np.flatnonzero(starts).tolist(), len(words)]
        for start, end in pairwise(bounds):
            starts[start:end:LONGEST_SENTENCE] = True
        return starts

    def _rule_out(self, forms: Sequence[str], tag: Floats, pos: Floats) -> None:
        """Lower the scores of verbs' tags that the dictionary denies a word."""
        best = tag.argmax(axis=1)
        for row in np.flatnonzero(self.is_verb[best]).tolist():
            denied = denied_tags(forms[row])
            if self.labels["tag"][best[row]] in denied:
                tag[row, [label in denied for label in self.labels["tag"]]] = -np.inf
                if denied == VERB_TAGS:
                    pos[row, [label in ("VERB", "AUX") for label in self.labels["pos"]]] = -np.inf

    def _take_for_common(self, starts: NDArray[np.bool_], tag: Floats, pos: Floats) -> None:
        """Where a sentence begins, a capital is no sign of a name: the other head decides."""
        noun = pos.argmax(axis=1) == self.noun
        tag[np.ix_(starts & noun, self.is_proper)] = -np.inf

    def _heads(self, dependents: Floats, heads: Floats, bounds: list[int]) -> Ints:
        """Return each word's head, its own position for a root.

        Args:
            dependents: the words as dependents in arcs.
            heads: the words as heads in arcs.
            bounds: the first word of each sentence, and the end of the last.
        """
        dependents = dependents @ self.arc
        longest = max(end - start for start, end in pairwise(bounds))
        scores = np.full((len(dependents), 1 + longest), -np.inf, dtype=np.float32)
        scores[:, 0] = dependents @ self.root
        for start, end in pairwise(bounds):
            scores[start:end, 1 : 1 + end - start] = dependents[start:end] @ heads[start:end].T
        words = np.arange(len(dependents))
        firsts = np.repeat(bounds[:-1], np.diff(bounds))
        scores[words, 1 + words - firsts] = -np.inf  # no word is its own head
        columns = best_trees(scores, bounds)
        return np.where(columns == 0, words, firsts + columns - 1)

    def _relations(self, dependents: Floats, of_heads: Floats, heads: Ints) -> Ints:
        """Return each word's relation to its head.

        What a head makes of the table is worked out once for all its dependents, of which it has
        three on average.

        Args:
            dependents: the words as dependents in relations.
            of_heads: the words as heads in relations.
            heads: the head of each word, its own position for a root.
        """
        relations = np.full(len(heads), self.root_relation)
        words = np.argsort(heads, kind="stable")
        words = words[heads[words] != words]
        above, firsts, counts = np.unique(heads[words], return_index=True, return_counts=True)
        for count in np.unique(counts).tolist():  # heads with as many dependents at once
            of_count = np.flatnonzero(counts == count)
            for first in range(0, len(of_count), _AT_ONCE):
                some = of_count[first : first + _AT_ONCE]
                below = words[firsts[some, None] + np.arange(count)]
                tables = of_heads[above[some]] @ self.relation
                tables = tables.reshape(len(some), dependents.shape[1], -1)
                scores = dependents[below] @ tables
                relations[below] = self.relations[scores.argmax(axis=2)]
        return relations

    def _write(
        self,
        doc: Doc,
        words: Ints,
        tags: Ints,
        parts: Ints,
        heads: Ints,
        relations: Ints,
    ) -> None:
        strings = doc.vocab.strings
        pos = self.labels["pos"]
        if "PROPN" in pos and "NOUN" in pos:  # the tag and the part of speech come from two heads
            proper = parts == pos.index("PROPN")
            parts = np.where(self.is_common[tags] & proper, pos.index("NOUN"), parts)
        names = {
            "tag": [strings.add(label) for label in self.labels["tag"]],
            "dep": [strings.add(_spacy_relation(label)) for label in self.labels["relation"]],
        }
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
        table[:, 4] = doc.to_array(ORTH)
        forms = [columns_of(doc).words[i] for i in words.tolist()]
        table[words, 4] = [
            number if (base := lemma(form, pos[part])) == form else strings.add(base)
            for form, number, part in zip(
                forms, table[words, 4].tolist(), parts.tolist(), strict=True
            )
        ]
        # Sentences follow from the heads.
        doc.from_array([TAG, POS, HEAD, DEP, LEMMA], table)  # type: ignore[arg-type]


def _stretches(starts: list[int], count: int) -> Iterator[tuple[int, int]]:
    """Yield (first, end) words of whole sentences, ``_STRETCH`` words together or a little more.

    Args:
        starts: the first word of each sentence.
        count: of all words.
    """
    first = 0
    for end in [*starts, count]:
        if end - first >= _STRETCH or end == count:
            yield first, end
            first = end


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


@Language.factory(
    "hearsay_syntax",
    default_config={"path": str(MODEL_PATH)},
    assigns=["token.tag", "token.pos", "token.lemma", "token.head", "token.dep"],
)
def make_syntax(nlp: Language, name: str, path: str) -> Syntax:
    """Make the component; ``path`` is a model folder."""
    lemma("is", "VERB")  # the first word to be looked up loads the dictionary
    return Syntax(load_model(Path(path)))
