"""The corpora that the model is trained on, read into spaCy Docs.

- PolNeAR 1.0 (Newell, Margolin & Ruths, LREC 2018): attributions in political news.
- UD English EWT (Silveira et al., LREC 2014) and GUM (Zeldes, LRE 2017): syntax.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

ROLES = ("SOURCE", "CUE", "CONTENT")

_POLNEAR = "PolNeAR 1.0, github.com/networkdynamics/PolNeAR, one JSON object an article"
_EWT = "UD_English-EWT, github.com/UniversalDependencies/UD_English-EWT"
_GUM = "UD_English-GUM, github.com/UniversalDependencies/UD_English-GUM, without news and NC texts"
CORPORA = {
    "polnear/train.jsonl.gz": (840, _POLNEAR),
    "polnear/dev.jsonl.gz": (84, _POLNEAR),
    "syntax/ewt-train.conllu.gz": (12_544, _EWT),
    "syntax/ewt-dev.conllu.gz": (2_001, _EWT),
    "syntax/gum-train.conllu.gz": (5_419, _GUM),
}
"""Each file that training reads: how many articles or sentences it has, and where it is from."""


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A span of an attribution: token indices, end exclusive, of a role in ``ROLES``."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Article:
    """A news article and the spans of its attributions, none of which overlap."""

    id: str
    doc: Doc
    spans: list[RoleSpan]


def check(data: Path) -> list[str]:
    """Say of each corpus that is missing, or not of the expected size, what to do."""
    problems = []
    for name, (expected, origin) in CORPORA.items():
        if not (data / name).is_file():
            problems.append(f"{data / name} is missing: {origin}")
            continue
        with gzip.open(data / name, "rt", encoding="utf-8") as lines:
            mark = "# sent_id" if ".conllu" in name else "{"
            found = sum(line.startswith(mark) for line in lines)
        if found != expected:
            problems.append(f"{data / name} has {found} entries, not {expected}: {origin}")
    return problems


def read_articles(path: Path) -> Iterator[Article]:
    """Read PolNeAR articles, one JSON object a line.

    Spans are widened to whole tokens and cut at paragraphs. Where attributions nest (0.7 % of
    the text) the shorter roles win: one label a token is what the tagger can learn.
    """
    nlp = spacy.blank("en")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            doc = nlp.make_doc(record["text"])
            yield Article(record["id"], doc, _flatten(doc, record["attributions"]))


def _flatten(doc: Doc, attributions: list[dict[str, list[list[int]]]]) -> list[RoleSpan]:
    owner: list[tuple[int, str] | None] = [None] * len(doc)
    number = 0
    for role in ("CONTENT", "SOURCE", "CUE"):  # later ones win
        for attribution in attributions:
            for start, end in attribution[role.lower()]:
                span = doc.char_span(start, end, alignment_mode="expand")
                number += 1
                for token in span or ():
                    owner[token.i] = None if "\n" in token.text else (number, role)
    spans: list[RoleSpan] = []
    for i, own in enumerate(owner):
        if own is None:
            continue
        if i > 0 and owner[i - 1] == own:
            spans[-1] = RoleSpan(spans[-1].start, i + 1, own[1])
        else:
            spans.append(RoleSpan(i, i + 1, own[1]))
    return spans


def read_syntax(path: Path) -> Iterator[Doc]:
    """Read a CoNLL-U treebank, one Doc a document, paragraphs parted by a blank line.

    Docs carry words, tags, parts of speech, heads, relations without subtypes that EWT and GUM
    do not share, and sentence starts.
    """
    vocab = spacy.blank("en").vocab
    document: list[list[list[str]]] = []
    paragraphs: set[int] = set()
    sentence: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                if document:
                    yield _syntax_doc(vocab, document, paragraphs)
                document, paragraphs = [], set()
            elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
                paragraphs.add(len(document))
            elif line[0].isdigit():
                row = line.rstrip("\n").split("\t")
                if row[0].isdigit():  # neither a multiword range nor an empty node
                    sentence.append(row)
            elif not line.strip() and sentence:
                document.append(sentence)
                sentence = []
    if document:
        yield _syntax_doc(vocab, document, paragraphs)


def _syntax_doc(vocab: Vocab, sentences: list[list[list[str]]], paragraphs: set[int]) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    pos: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    starts: list[bool | int | None] = []
    for number, sentence in enumerate(sentences):
        if number in paragraphs and words:
            words.append("\n\n")
            spaces.append(False)
            tags.append("_SP")
            pos.append("SPACE")
            heads.append(len(words) - 2)
            deps.append("dep")
            starts.append(False)
        offset = len(words) - 1
        for row in sentence:
            words.append(row[1])
            spaces.append("SpaceAfter=No" not in row[9])
            tags.append(row[4])
            pos.append(row[3])
            heads.append(offset + (int(row[6]) or int(row[0])))
            deps.append("ROOT" if row[6] == "0" else row[7])
            starts.append(row[0] == "1")
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        pos=pos,
        heads=heads,
        deps=deps,
        sent_starts=starts,
    )
