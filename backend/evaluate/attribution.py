"""How well attributions are found: ``python -m backend.evaluate attribution``.

Three views, each against annotated articles (PolNeAR's form, one JSON object a line):

- spans: exact F1 of each role on CofeNet's rows (Wang et al., COLING 2022), every annotator
  of an article counted;
- relations: F1 of whole attributions over articles, relaxed (cues overlap, sources overlap or
  are both absent, contents share half of their characters) and exact;
- saying: of the cues that readers see most (say, tell, according to …), how many are found,
  with the right source, and how much of their content.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from backend import pipeline
from backend.evaluate.rows import ROLES, Row, align, read_rows
from backend.pipeline.attribution.component import link_spans
from backend.pipeline.attribution.scene import Scene
from backend.pipeline.marks import Attribution

_SAYING = re.compile(
    r"\b(?:according to|say(?:s|ing)?|said|tell(?:s|ing)?|told|report(?:s|ed|ing)?"
    r"|announc(?:e|es|ed|ing)|add(?:s|ed|ing)?|stat(?:es|ed|ing)|declar(?:e|es|ed|ing)"
    r"|expla(?:in|ins|ined|ining)|repl(?:y|ies|ied|ying)|writ(?:e|es|ing)|wrote|tweet(?:s|ed|ing)?"
    r"|claim(?:s|ed|ing)|argu(?:e|es|ed|ing)|insist(?:s|ed|ing)?|warn(?:s|ed|ing)?"
    r"|acknowledg(?:e|es|ed|ing)|confirm(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Relation:
    """An attribution in characters of its article; each role may be in pieces, or absent."""

    source: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    content: tuple[Offsets, ...]

    def role(self, name: str) -> tuple[Offsets, ...]:
        """Return the pieces of ``source``, ``cue`` or ``content``."""
        pieces: tuple[Offsets, ...] = getattr(self, name)
        return pieces


@dataclass(frozen=True, slots=True)
class Article:
    """An article and the attributions that an annotator found in it."""

    id: str
    text: str
    gold: list[Relation]


@dataclass(slots=True)
class Score:
    """Counts of right, predicted and wanted things."""

    right: int = 0
    predicted: int = 0
    wanted: int = 0

    def add(self, right: int, predicted: int, wanted: int) -> None:
        """Add further counts."""
        self.right += right
        self.predicted += predicted
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """Right among predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right among wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.predicted + self.wanted
        return 2 * self.right / both if both else 0.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--articles", type=Path, required=True, help="PolNeAR's .jsonl.gz")
    parser.add_argument("--rows", type=Path, help="CofeNet's rows of the same articles, .jsonl")
    parser.add_argument("--errors", action="store_true", help="list wrong relations in context")
    parser.add_argument(
        "--gold-spans",
        action="store_true",
        help="link the annotators' own spans: what the linker alone is worth",
    )
    parser.add_argument(
        "--gold",
        action="store_true",
        help="score the annotation itself: what projecting on the rows is worth",
    )


def run(args: argparse.Namespace) -> int:
    """Print the figures; return the exit status."""
    articles = list(read_articles(args.articles))
    if args.gold:
        found = [article.gold for article in articles]
    else:
        nlp = pipeline.load()
        nlp.select_pipes(disable="hearsay_hedges")
        started = time.perf_counter()
        found = list(link_gold_spans(nlp, articles) if args.gold_spans else analyse(nlp, articles))
        words = sum(len(article.text.split()) for article in articles)
        print(f"{words} words, {words / (time.perf_counter() - started):.0f} a second")
    if args.rows:
        print_rows(articles, found, read_rows(args.rows))
    print_relations(articles, found)
    print_saying(articles, found)
    if args.errors:
        print_errors(articles, found)
    return 0


def read_articles(path: Path) -> Iterator[Article]:
    """Read annotated articles."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            gold = [
                Relation(*(tuple((s, e) for s, e in mark[role]) for role in ROLES))
                for mark in record["attributions"]
            ]
            yield Article(record["id"], record["text"], gold)


def analyse(nlp: Language, articles: Sequence[Article]) -> Iterator[list[Relation]]:
    """Yield the attributions that the pipeline finds in each article."""
    for doc in nlp.pipe((article.text for article in articles), batch_size=8):
        yield [_relation(mark) for mark in doc._.attributions]


def link_gold_spans(nlp: Language, articles: Sequence[Article]) -> Iterator[list[Relation]]:
    """Yield what the linker makes of each article's annotated spans."""
    for article, doc in zip(
        articles, nlp.pipe((article.text for article in articles), batch_size=8), strict=True
    ):
        yield [_relation(mark) for mark in link_spans(Scene(doc, gold_spans(doc, article.gold)))]


def gold_spans(doc: Doc, gold: Iterable[Relation]) -> list[Span]:
    """Return the annotated spans, widened to whole tokens, each once, with their role as label."""
    spans = {
        (span.start, span.end, role)
        for relation in gold
        for role in ROLES
        for start, end in relation.role(role)
        if (span := doc.char_span(start, end, alignment_mode="expand"))
    }
    return [Span(doc, start, end, label=role.upper()) for start, end, role in sorted(spans)]


def _relation(mark: Attribution) -> Relation:
    def offsets(*spans: Span | None) -> tuple[Offsets, ...]:
        return tuple((span.start_char, span.end_char) for span in spans if span is not None)

    return Relation(offsets(mark.source), offsets(mark.cue), offsets(*mark.content))


def print_rows(
    articles: Sequence[Article],
    found: Sequence[list[Relation]],
    rows: dict[str, list[list[Row]]],
) -> None:
    """Print the exact F1 of each role on the rows."""
    scores, aligned, total = score_rows(articles, found, rows)
    print(f"\nspans, exact, on {total} rows ({aligned / max(total, 1):.1%} aligned)")
    print("             P      R     F1")
    for role, score in scores.items():
        print(f"{role:8} {score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}")


def score_rows(
    articles: Sequence[Article],
    found: Sequence[list[Relation]],
    rows: dict[str, list[list[Row]]],
) -> tuple[dict[str, Score], int, int]:
    """Return each role's exact score on the rows, the number of aligned rows and of all.

    A row that cannot be aligned counts with its spans missed.
    """
    scores = {role: Score() for role in ROLES}
    aligned_rows = total = 0
    for article, relations in zip(articles, found, strict=True):
        spans = {
            (role, *piece)
            for relation in relations
            for role in ROLES
            for piece in relation.role(role)
        }
        for annotation in rows.get(article.id, []):
            for row, aligned in zip(annotation, align(annotation, article.text), strict=True):
                total += 1
                wanted = row.spans()
                predicted: set[tuple[str, int, int]] = set()
                if aligned is not None:
                    aligned_rows += 1
                    projected = (aligned.project(*span) for span in spans)
                    predicted = {span for span in projected if span is not None}
                for role, score in scores.items():
                    want = {span for span in wanted if span[0] == role}
                    have = {span for span in predicted if span[0] == role}
                    score.add(len(want & have), len(have), len(want))
    return scores, aligned_rows, total


def print_relations(articles: Sequence[Article], found: Sequence[list[Relation]]) -> None:
    """Print the F1 of whole attributions, relaxed and exact."""
    print("\nrelations     P      R     F1")
    for name, same in (("relaxed", relaxed_match), ("exact", exact_match)):
        score = Score()
        for article, relations in zip(articles, found, strict=True):
            pairs = match(article, relations, same)
            score.add(len(pairs), len(relations), len(article.gold))
        print(f"{name:8} {score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}")


def match(
    article: Article,
    relations: Sequence[Relation],
    same: Callable[[str, Relation, Relation], bool],
) -> dict[int, int]:
    """Pair annotated with found attributions, each at most once: gold index → found index."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for i, gold in enumerate(article.gold):
        for j, relation in enumerate(relations):
            if j not in taken and same(article.text, gold, relation):
                pairs[i] = j
                taken.add(j)
                break
    return pairs


def relaxed_match(text: str, gold: Relation, found: Relation) -> bool:
    """Cues overlap, sources overlap or are both absent, contents share half of either."""
    if not _cues_match(gold, found) or not _sources_match(gold, found):
        return False
    wanted, have = _characters(text, gold.content), _characters(text, found.content)
    return 2 * len(wanted & have) >= max(len(wanted), len(have))


def exact_match(text: str, gold: Relation, found: Relation) -> bool:
    """Every role covers the same characters, spaces aside."""
    return all(
        _characters(text, gold.role(role)) == _characters(text, found.role(role)) for role in ROLES
    )


def _cues_match(gold: Relation, found: Relation) -> bool:
    return _overlap(gold.cue, found.cue) or not (gold.cue or found.cue)


def _sources_match(gold: Relation, found: Relation) -> bool:
    return _overlap(gold.source, found.source) or not (gold.source or found.source)


def _overlap(one: Iterable[Offsets], other: Iterable[Offsets]) -> bool:
    return any(s < f and t < e for s, e in one for t, f in other)


def _characters(text: str, pieces: Iterable[Offsets]) -> set[int]:
    return {i for start, end in pieces for i in range(start, end) if not text[i].isspace()}


@dataclass(slots=True)
class Saying:
    """What becomes of the attributions whose cue is one of saying."""

    wanted: int = 0
    cue: int = 0
    source: int = 0
    words: Score = field(default_factory=Score)
    predicted: int = 0
    confirmed: int = 0


def score_saying(articles: Sequence[Article], found: Sequence[list[Relation]]) -> Saying:
    """Follow the annotated cues of saying, and the found ones back."""
    result = Saying()
    for article, relations in zip(articles, found, strict=True):
        text = article.text
        for gold in article.gold:
            if not _is_saying(text, gold):
                continue
            result.wanted += 1
            candidates = [r for r in relations if _overlap(gold.cue, r.cue)]
            result.cue += bool(candidates)
            result.source += any(_sources_match(gold, r) for r in candidates)
            have = {piece for r in candidates for piece in r.content}
            words = [m for s, e in gold.content for m in re.finditer(r"\w+", text[s:e])]
            starts = [
                m.start() + s for s, e in gold.content for m in re.finditer(r"\w+", text[s:e])
            ]
            result.words.add(sum(any(s <= i < e for s, e in have) for i in starts), 0, len(words))
        for relation in relations:
            if _is_saying(text, relation):
                result.predicted += 1
                result.confirmed += any(_overlap(relation.cue, gold.cue) for gold in article.gold)
    return result


def _is_saying(text: str, relation: Relation) -> bool:
    return any(_SAYING.search(text[start:end]) for start, end in relation.cue)


def print_saying(articles: Sequence[Article], found: Sequence[list[Relation]]) -> None:
    """Print the quality of what readers see most."""
    saying = score_saying(articles, found)
    wanted = max(saying.wanted, 1)
    print(f"\ncues of saying: {saying.wanted}")
    print(f"found            {saying.cue / wanted:6.3f}")
    print(f"with its source  {saying.source / wanted:6.3f}")
    print(f"content words    {saying.words.recall:6.3f}")
    print(f"precision        {saying.confirmed / max(saying.predicted, 1):6.3f}")


def print_errors(articles: Sequence[Article], found: Sequence[list[Relation]]) -> None:
    """Print missed (-) and spurious (+) relations, and where a found cue went wrong (~)."""
    kinds: Counter[str] = Counter()
    for article, relations in zip(articles, found, strict=True):
        pairs = match(article, relations, relaxed_match)
        print(f"\n## {article.id}")
        used = set(pairs.values())
        spare = [r for j, r in enumerate(relations) if j not in used]
        for i, gold in enumerate(article.gold):
            if i in pairs:
                continue
            near = next((r for r in spare if _overlap(r.cue, gold.cue)), None)
            if near is None:
                kinds["missed"] += 1
                print(f"- {_show(article.text, gold)}")
                continue
            spare.remove(near)
            wrong = "content" if _sources_match(gold, near) else "source"
            kinds[f"wrong {wrong}"] += 1
            print(f"~ {wrong}")
            print(f"    want {_show(article.text, gold)}")
            print(f"    have {_show(article.text, near)}")
        for relation in spare:
            kinds["spurious"] += 1
            print(f"+ {_show(article.text, relation)}")
    print("\n" + ", ".join(f"{name} {count}" for name, count in kinds.most_common()))


def _show(text: str, relation: Relation) -> str:
    def words(pieces: Iterable[Offsets]) -> str:
        return " … ".join(" ".join(text[start:end].split()) for start, end in pieces) or "∅"

    return f"[{words(relation.source)}] <{words(relation.cue)}> {{{words(relation.content)}}}"
