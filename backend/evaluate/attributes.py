"""What attributions mean, and whose they are: ``python -m backend.evaluate attributes``.

Annotated spans, hand-labelled: ``data/attributes.jsonl`` says for attributions of PolNeAR's dev
articles, by offsets, what the source's kind, the stance, the attitude, the quotation and the
polarity are, and which full names are right for the speaker (null: none). The parts are of
different articles: "tuning", by whose errors the rules were mended, and "held-out", whose errors
nobody looked at; "other cues" are of the held-out articles too, with rarer cues alone. A label of
null was not to be decided and is not counted. One person labelled the cases and wrote the
lexicons, so that agreement on stance and attitude is that of one mind with itself.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from backend import pipeline
from backend.evaluate.attribution import Article, Offsets, Relation, read_articles
from backend.pipeline.marks import Attribution

LABELS_PATH = Path(__file__).parent / "data" / "attributes.jsonl"
SPLITS = ("tuning", "held-out", "other cues")
"""The last is of the held-out articles too: cues beside "said", "told", "according to"."""
ATTRIBUTES = ("source_kind", "stance", "attitude", "quote", "negated")
COMPONENTS = ("hearsay_attributes", "hearsay_speakers")
_BEFORE_NAME = re.compile(
    r"^(?:(?:the|a|an|mr|mrs|ms|dr|president|former|sen|senator|rep|gov)\.?\s+)+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled attribution."""

    article: str
    split: str
    relation: Relation
    labels: dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Right and wrong answers to one question, with the wrong ones described."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    baseline: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All answers."""
        return self.right + len(self.wrong)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--articles", type=Path, required=True, help="PolNeAR's dev.jsonl.gz")
    parser.add_argument("--errors", action="store_true", help="list wrong answers in context")


def run(args: argparse.Namespace) -> int:
    """Print the accuracies; return the exit status."""
    cases = defaultdict(list)
    for case in read_cases():
        cases[case.article].append(case)
    nlp = pipeline.load()
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    seconds = words = 0.0
    articles = [a for a in read_articles(args.articles) if a.id in cases]
    for article, doc in parse(nlp, articles):
        found = [attribution for r in article.gold if (attribution := _attribution(doc, r))]
        doc._.attributions = tuple(found)
        places = {_offsets(attribution): i for i, attribution in enumerate(found)}
        started = time.process_time()
        for name in COMPONENTS:
            doc = nlp.get_pipe(name)(doc)
        seconds += time.process_time() - started
        words += len(article.text.split())
        for case in cases[article.id]:
            gold = _attribution(doc, case.relation)
            if gold is not None:
                _count(tallies, case, doc._.attributions[places[_offsets(gold)]], article)
    _print(tallies, args.errors)
    print(f"\n{words / seconds:.0f} words a second for {' and '.join(COMPONENTS)}")
    return 0


def read_cases(path: Path = LABELS_PATH) -> Iterator[Case]:
    """Read the labelled attributions."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        pieces = (tuple((s, e) for s, e in record[r]) for r in ("source", "cue", "content"))
        labels = {name: record[name] for name in (*ATTRIBUTES, "speaker")}
        yield Case(record["id"], record["split"], Relation(*pieces), labels)


def parse(nlp: Language, articles: Sequence[Article]) -> Iterator[tuple[Article, Doc]]:
    """Yield each article with a Doc that has quotations and syntax, but no attributions."""
    unused = [n for n in nlp.pipe_names if n in COMPONENTS or n == "hearsay_attribution"]
    unused += [n for n in nlp.pipe_names if n == "hearsay_hedges"]
    with nlp.select_pipes(disable=unused):
        yield from zip(articles, nlp.pipe(a.text for a in articles), strict=True)


def _attribution(doc: Doc, relation: Relation) -> Attribution | None:
    """Return an annotated attribution over ``doc``; of a source or cue in pieces, the first."""

    def spans(pieces: Sequence[Offsets]) -> list[Span]:
        found = (doc.char_span(s, e, alignment_mode="expand") for s, e in pieces)
        return [span for span in found if span is not None]

    cue, source, content = spans(relation.cue), spans(relation.source), spans(relation.content)
    if not cue and not content:
        return None
    return Attribution(cue[0] if cue else None, source[0] if source else None, tuple(content))


def _offsets(attribution: Attribution) -> tuple[tuple[int, int], ...]:
    spans = (attribution.cue, attribution.source, *attribution.content)
    return tuple((s.start, s.end) if s is not None else (-1, -1) for s in spans)


def _count(
    tallies: dict[tuple[str, str], Tally], case: Case, found: Attribution, article: Article
) -> None:
    for name in (*ATTRIBUTES, "speaker"):
        wanted = case.labels[name]
        if wanted is None:
            continue
        answer = getattr(found, name)
        if name == "speaker":
            is_right = same_name(answer) in {same_name(name) for name in wanted}
        else:
            is_right = answer == wanted
        tally = tallies[case.split, name]
        tally.baseline[str(wanted)] += 1
        if is_right:
            tally.right += 1
        else:
            tally.wrong.append(f"{answer!s} for {wanted!s}: {_context(case.relation, article)}")


def same_name(name: str | None) -> str | None:
    """Return what two spellings of a name share: no title or article, one kind of apostrophe."""
    if name is None:
        return None
    bare = _BEFORE_NAME.sub("", name.replace("’", "'").strip())
    return bare.removesuffix("'s").lower()


def _context(relation: Relation, article: Article) -> str:
    marks = {"source": "[]", "cue": "<>", "content": "{}"}
    edges: dict[int, str] = defaultdict(str)
    pieces = [(s, e, role) for role in marks for s, e in relation.role(role)]
    for start, end, role in sorted(pieces, key=lambda piece: piece[1] - piece[0]):
        edges[start] = marks[role][0] + edges[start]
        edges[end] += marks[role][1]
    low = max(0, min(piece[0] for piece in pieces) - 60)
    high = max(piece[1] for piece in pieces) + 20
    shown = "".join(edges[i] + article.text[i : i + 1] for i in range(low, high))
    shown = re.sub(r"\s+", " ", shown)
    return shown if len(shown) < 320 else f"{shown[:220]} … {shown[-90:]}"


def _print(tallies: dict[tuple[str, str], Tally], with_errors: bool) -> None:
    for split in SPLITS:
        print(f"\n{split:12} right  total  accuracy  (most frequent label)")
        for name in (*ATTRIBUTES, "speaker"):
            tally = tallies[split, name]
            if not tally.total:
                continue
            share = tally.right / tally.total
            most = max(tally.baseline.values()) / tally.total
            shown = "" if name == "speaker" else f"     ({most:.3f})"
            print(f"{name:12} {tally.right:5} {tally.total:6}     {share:.3f}{shown}")
            if with_errors:
                for error in tally.wrong:
                    print(f"    {error}")
