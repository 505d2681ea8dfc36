"""Tags, attachment and sentences of the parser on a UD treebank.

Give it a CoNLL-U file, gzipped. Words are the treebank's; sentences are the model's own.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from spacy.scorer import PRFScore
from spacy.tokens import Doc

from backend import pipeline
from backend.pipeline.model import MODEL_PATH
from backend.training.corpora import read_syntax


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("treebank", type=Path, help="a .conllu.gz file")
    parser.add_argument("--model", type=Path, default=MODEL_PATH)


def run(args: argparse.Namespace) -> int:
    """Print the figures."""
    nlp = pipeline.load(args.model)
    tags = parts = heads = labelled = words = 0
    sentences = PRFScore()
    for gold in read_syntax(args.treebank):
        doc = Doc(
            nlp.vocab,
            words=[t.text for t in gold],
            spaces=[bool(t.whitespace_) for t in gold],
        )
        for name in ("hearsay_quotations", "hearsay_encoder", "hearsay_syntax"):
            doc = nlp.get_pipe(name)(doc)
        sentences.score_set(
            {t.i for t in doc if t.is_sent_start}, {t.i for t in gold if t.is_sent_start}
        )
        for mine, theirs in zip(doc, gold, strict=True):
            if theirs.is_space:
                continue
            words += 1
            tags += mine.tag == theirs.tag
            parts += mine.pos == theirs.pos
            heads += mine.head.i == theirs.head.i
            labelled += mine.head.i == theirs.head.i and mine.dep_ == theirs.dep_
    for name, right in (("tag", tags), ("pos", parts), ("UAS", heads), ("LAS", labelled)):
        print(f"{name:10}{100 * right / words:6.1f}")
    print(f"{'sentences':10}{100 * sentences.fscore:6.1f}")
    return 0
