"""Measure the hedges against annotated documents.

PATH is JSON Lines, one document a line: ``id``, ``paragraphs``, ``hedges`` and ``optional``
(lists of ``p``, ``start``, ``end`` in code points, ``cue``, ``kind``). A found cue is right where
it overlaps an annotated one; each counts once. Found cues that overlap an optional one, and those
optional ones, count neither way. The kind is scored on the cues found: a figure for one kind
counts a cue under a wrong kind as missed there and as false where it was put. ``exact`` asks for
the same start and end.

With ``--split`` the figures come apart for documents used in writing the rules and documents held
out: a third of them, by a hash of the id (for a row that collects unrelated paragraphs, of each
paragraph's). Held-out documents tell how the rules carry over only until somebody reads them: the
first measurement, before anybody had, was F1 0.895 without approximation and 0.857 for it alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language

from backend.pipeline.marks import HedgeKind

COLLECTIONS = frozenset({"unverified_paragraphs"})
"""Rows whose paragraphs are unrelated: each is a document."""

HELD_OUT = 2
"""Documents whose hash leaves this remainder by 3 are held out."""

_CONTEXT = 60


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """A cue in a paragraph: code points, end exclusive."""

    start: int
    end: int
    kind: str

    def overlaps(self, other: Cue) -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One annotated paragraph. ``document`` is what is held out as a whole."""

    document: str
    text: str
    hedges: tuple[Cue, ...]
    optional: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a cue: ``right``, ``kind`` (wrong kind), ``missed`` or ``false``."""

    outcome: str
    paragraph: Paragraph
    wanted: Cue | None
    found: Cue | None


@dataclass(slots=True)
class Tally:
    """Counts of one kind or of several together."""

    right: int = 0
    exact: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of the found cues that are right; 1 where none is found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the annotated cues that are found; 1 where there is none."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0

    @property
    def exact_f1(self) -> float:
        """The same where start and end must be right too."""
        both = self.found + self.wanted
        return 2 * self.exact / both if both else 1.0


@dataclass(slots=True)
class Report:
    """The figures for a set of paragraphs."""

    words: int
    kinds: dict[str, Tally]
    without_approximation: Tally
    everything: Tally
    kind_right: int
    kind_wrong: int
    findings: list[Finding] = field(default_factory=list)

    @property
    def kind_accuracy(self) -> float:
        """Share of the cues found whose kind is right, approximation apart."""
        both = self.kind_right + self.kind_wrong
        return self.kind_right / both if both else 1.0

    @property
    def false_per_thousand(self) -> float:
        """False marks per 1,000 words."""
        false = self.everything.found - self.everything.right
        return 1000 * false / self.words if self.words else 0.0


def read_paragraphs(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of an annotated file.

    Raises:
        ValueError: an annotated cue is not where its offsets say.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for n, text in enumerate(row["paragraphs"]):
            name = f"{row['id']}#{n}" if row["id"] in COLLECTIONS else str(row["id"])
            cues = [
                tuple(sorted(_read_cue(entry, text) for entry in row[key] if entry["p"] == n))
                for key in ("hedges", "optional")
            ]
            yield Paragraph(name, text, cues[0], cues[1])


def _read_cue(entry: dict[str, object], text: str) -> Cue:
    start, end = int(str(entry["start"])), int(str(entry["end"]))
    if text[start:end] != entry["cue"]:
        raise ValueError(f"the cue {entry['cue']!r} is not at {start}–{end} of {text[:40]!r}…")
    return Cue(start, end, str(entry["kind"]))


def is_held_out(document: str) -> bool:
    """Say whether ``document`` was kept apart while the rules were written."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % 3 == HELD_OUT


def find_cues(nlp: Language, paragraphs: Sequence[Paragraph]) -> list[list[Cue]]:
    """Return the cues that ``nlp`` finds in each paragraph, each document read as a whole."""
    documents: dict[str, list[int]] = {}
    for n, paragraph in enumerate(paragraphs):
        documents.setdefault(paragraph.document, []).append(n)
    found: list[list[Cue]] = [[] for _ in paragraphs]
    for numbers in documents.values():
        doc = nlp("\n\n".join(paragraphs[n].text for n in numbers))
        starts = [0]
        for n in numbers:
            starts.append(starts[-1] + len(paragraphs[n].text) + 2)
        for hedge in doc._.hedges:
            place = max(i for i in range(len(numbers)) if starts[i] <= hedge.cue.start_char)
            first = hedge.cue.start_char - starts[place]
            last = hedge.cue.end_char - starts[place]
            found[numbers[place]].append(Cue(first, last, hedge.kind.value))
    return found


def compare(paragraph: Paragraph, cues: Iterable[Cue]) -> Iterator[Finding]:
    """Pair found with annotated cues, each once: same kind first, then the longer overlap."""
    pairs = sorted(
        (
            (wanted.kind != found.kind, -_shared(wanted, found), wanted, found)
            for wanted in paragraph.hedges
            for found in cues
            if wanted.overlaps(found)
        ),
    )
    partners: dict[Cue, Cue] = {}
    taken: set[Cue] = set()
    for _, _, wanted, found in pairs:
        if wanted not in partners and found not in taken:
            partners[wanted] = found
            taken.add(found)
    for wanted in paragraph.hedges:
        partner = partners.get(wanted)
        if partner is None:
            yield Finding("missed", paragraph, wanted, None)
        else:
            outcome = "right" if partner.kind == wanted.kind else "kind"
            yield Finding(outcome, paragraph, wanted, partner)
    for found in cues:
        if found not in taken and not any(found.overlaps(other) for other in paragraph.optional):
            yield Finding("false", paragraph, None, found)


def _shared(one: Cue, other: Cue) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def measure(paragraphs: Sequence[Paragraph], cues: Sequence[Sequence[Cue]]) -> Report:
    """Score ``cues``, found in ``paragraphs``."""
    kinds = {kind.value: Tally() for kind in HedgeKind}
    report = Report(
        words=sum(len(paragraph.text.split()) for paragraph in paragraphs),
        kinds=kinds,
        without_approximation=Tally(),
        everything=Tally(),
        kind_right=0,
        kind_wrong=0,
    )
    approximation = HedgeKind.APPROXIMATION.value
    for paragraph, found in zip(paragraphs, cues, strict=True):
        for finding in compare(paragraph, found):
            report.findings.append(finding)
            for tally, only in [
                *((tally, {kind}) for kind, tally in kinds.items()),
                (report.without_approximation, kinds.keys() - {approximation}),
                (report.everything, set(kinds)),
            ]:
                _count(tally, finding, only)
            if finding.found and finding.wanted and finding.wanted.kind != approximation:
                report.kind_right += finding.outcome == "right"
                report.kind_wrong += finding.outcome == "kind"
    return report


def _count(tally: Tally, finding: Finding, kinds: set[str]) -> None:
    """Count ``finding`` in the tally of ``kinds``: a wrong kind within them is still found."""
    wanted = finding.wanted is not None and finding.wanted.kind in kinds
    found = finding.found is not None and finding.found.kind in kinds
    tally.wanted += wanted
    tally.found += found
    if wanted and found and finding.wanted and finding.found:
        tally.right += 1
        same = (finding.wanted.start, finding.wanted.end)
        tally.exact += same == (finding.found.start, finding.found.end)


def format_report(title: str, report: Report) -> str:
    """Return the figures as a table for a terminal."""
    lines = [
        f"{title}: {report.words:,} words",
        f"{'':22}{'P':>7}{'R':>7}{'F1':>7}{'exact':>7}{'wanted':>8}{'found':>7}",
    ]
    rows = [
        *report.kinds.items(),
        ("all but approximation", report.without_approximation),
        ("all", report.everything),
    ]
    for name, tally in rows:
        lines.append(
            f"{name:22}{tally.precision:7.3f}{tally.recall:7.3f}{tally.f1:7.3f}"
            f"{tally.exact_f1:7.3f}{tally.wanted:8}{tally.found:7}"
        )
    lines.append(
        f"kind right: {report.kind_accuracy:.3f} of {report.kind_right + report.kind_wrong} found; "
        f"false marks per 1,000 words: {report.false_per_thousand:.2f}"
    )
    return "\n".join(lines)


def format_errors(report: Report) -> str:
    """Return every error in context, one a line, grouped by what went wrong."""
    lines: list[str] = []
    for outcome in ("missed", "false", "kind"):
        for finding in report.findings:
            if finding.outcome == outcome:
                lines.append(_format_finding(finding))
    counts = Counter(f.outcome for f in report.findings if f.outcome != "right")
    return "\n".join([*lines, ", ".join(f"{n} {name}" for name, n in counts.items())])


def _format_finding(finding: Finding) -> str:
    cue = finding.wanted or finding.found
    assert cue is not None
    text = finding.paragraph.text
    kind = cue.kind
    if finding.outcome == "kind" and finding.found:
        kind = f"{cue.kind}, not {finding.found.kind}"
    return (
        f"{finding.outcome:6} {kind:14} …{text[max(0, cue.start - _CONTEXT) : cue.start]}"
        f"[{text[cue.start : cue.end]}]{text[cue.end : cue.end + _CONTEXT]}…"
        f"  ({finding.paragraph.document})"
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this measurement's arguments to ``parser``."""
    parser.add_argument("path", type=Path, metavar="PATH", help="annotated documents (JSON Lines)")
    parser.add_argument("--errors", action="store_true", help="list every error in context")
    parser.add_argument(
        "--split",
        action="store_true",
        help="apart for documents used in writing the rules and documents held out",
    )
    parser.add_argument(
        "--part",
        choices=("written-on", "held-out", "all"),
        default="all",
        help="measure only this part of the documents",
    )


def run(args: argparse.Namespace) -> int:
    """Print the figures that ``args`` ask for; return the exit status."""
    from backend import pipeline

    try:
        paragraphs = list(read_paragraphs(args.path))
    except (ValueError, KeyError) as error:
        print(f"cannot read {args.path}: {error}", file=sys.stderr)
        return 1
    parts = {
        "written-on": [each for each in paragraphs if not is_held_out(each.document)],
        "held-out": [each for each in paragraphs if is_held_out(each.document)],
        "all": paragraphs,
    }
    nlp = pipeline.load()
    for name in parts if args.split else [args.part]:
        report = measure(parts[name], find_cues(nlp, parts[name]))
        print(format_report(name, report))
        if args.errors:
            print(format_errors(report))
        print()
    return 0
