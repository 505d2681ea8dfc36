"""Which cue a content belongs to, and which source a cue: a log-linear ranker.

The features are named, few and local: order, distance, what stands between, syntax, quotation.
Their weights (``linking.toml``) are fitted by ``python -m backend.training.linker``.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from backend.pipeline.attribution.scene import CONTENT, CUE, SOURCE, Piece, Scene

WEIGHTS = Path(__file__).with_name("linking.toml")
_SUBJECTS = {"nsubj", "nsubj:pass", "csubj"}
_COMPLEMENTS = {"ccomp", "xcomp", "obj", "obl", "nmod", "acl", "advcl", "csubj", "parataxis"}
_CLIMBS = {"xcomp", "conj", "advcl", "acl", "ccomp", "parataxis", "acl:relcl", "nmod", "obj", "obl"}
_RELATIVE = {"WP", "WDT"}
_SIZES = ["0", *["2"] * 2, *["6"] * 4, *["12"] * 6]
"""What the features call a gap of so many words."""

Weights = Mapping[str, float]


@lru_cache(maxsize=1)
def load_weights() -> tuple[Weights, Weights]:
    """Return the weights for contents and for sources."""
    with WEIGHTS.open("rb") as file:
        tables = tomllib.load(file)
    # What a feature that has none weighs is looked up as fast as what the others do.
    return defaultdict(float, tables["content"]), defaultdict(float, tables["source"])


def choose_cue(scene: Scene, content: Piece) -> Piece | None:
    """Return the cue of ``content``, or None where no cue is near."""
    weights, _ = load_weights()
    return _remembered(
        scene,
        content,
        lambda: max(
            scene.near(content, CUE),
            key=lambda cue: score(weights, content_features(scene, content, cue)),
            default=None,
        ),
    )


def choose_source(scene: Scene, cue: Piece) -> Piece | None:
    """Return the source of ``cue``, or None where it has none."""
    _, weights = load_weights()
    return _remembered(
        scene,
        cue,
        lambda: max(
            [None, *(one for one in scene.near(cue, SOURCE) if _may_speak(scene, cue, one))],
            key=lambda one: score(weights, source_features(scene, cue, one)),
        ),
    )


def _remembered(scene: Scene, piece: Piece, choose: Callable[[], Piece | None]) -> Piece | None:
    """Return what ``choose`` chooses for ``piece``, asked once while the same pieces are around.

    The features look no further than they reach.
    """
    situation = (piece, scene.around(piece))
    if situation not in scene.choices:
        scene.choices[situation] = choose()
    return scene.choices[situation]


def score(weights: Weights, features: Iterable[str]) -> float:
    """Sum the weights of ``features``."""
    return sum(map(weights.__getitem__, features))


def content_features(scene: Scene, content: Piece, cue: Piece) -> Iterator[str]:
    """Yield what speaks for or against ``cue`` being the cue of ``content``."""
    side = "after" if content.start >= cue.start else "before"
    left, right = (cue, content) if side == "after" else (content, cue)
    yield side
    yield from _gap(scene, left, right, side)
    yield from _between(scene, left, right, side)
    if governed := content.relations_to(cue):
        yield f"{side} governed"
        yield from {f"governed {dep}" for dep in governed if dep in _COMPLEMENTS}
    if cue.relations_to(content):
        yield f"{side} governs"
    if content.start < cue.start and cue.end <= content.end:
        yield "encloses"
    words = scene.words
    last = words[left.end - 1]
    following = words[left.end] if left.end < len(words) else None
    if side == "before":
        if last == "," or (left.end > left.start + 1 and words[left.end - 2] == ","):
            yield "before ends in a comma"
        elif following == ",":
            yield "before then a comma"
        elif last in ".!" or words[left.end - 2] == "." or following == ".":
            yield "before ends in a full stop"
    quoted = bool(scene.quotation[content.start] or scene.quotation[content.end - 1])
    if quoted:
        yield f"{side} quoted"
        if scene.sentence[content.start] != scene.sentence[cue.start]:
            yield f"{side} quoted elsewhere"
            if side == "after":
                yield "goes on" if scene.follows_quotation(cue) else "begins"
    if scene.quotation[cue.start] and scene.quotation[cue.start] != scene.quotation[content.start]:
        yield "cue alone quoted"
    if following == ":" and side == "after":
        yield "after colon"


def source_features(scene: Scene, cue: Piece, source: Piece | None) -> Iterator[str]:
    """Yield what speaks for or against ``source`` (None: nobody) being the source of ``cue``."""
    noun = next((head for dep, head in cue.edges if dep == "case"), None)
    if noun is not None and not (source and source.start <= noun < source.end):
        yield "not the noun of the preposition"
    if source is None:
        yield "none"
        inside = {scene.deps[i] for i in range(cue.start, cue.end)}
        if "aux:pass" in inside:
            yield "none passive"
        if any("nsubj" in one.relations_to(cue) for one in scene.near(cue, SOURCE)):
            yield "none though a subject"
        return
    side = "after" if source.start >= cue.start else "before"
    left, right = (cue, source) if side == "after" else (source, cue)
    yield side
    yield from _gap(scene, left, right, side)
    yield from _between(scene, left, right, side)
    if governed := source.relations_to(cue):
        yield "governed"
        yield from {f"governed {dep}" for dep in governed}
    elif governs := cue.relations_to(source):
        yield "governs"
        yield from {f"governs {dep}" for dep in governs}
    elif _is_subject_above(scene, cue, source):
        yield "subject above"
    elif any(dep in _SUBJECTS for dep, _ in source.edges):
        yield "subject of another"
        if any(source.relations_to(other) for other in scene.near(source, CUE)):
            yield "subject of another cue"
    if bool(scene.quotation[cue.start]) != bool(scene.quotation[source.start]):
        yield "quotation between"
    if scene.tags[cue.end - 1] in ("IN", "TO"):
        yield f"{side} a preposition"
    if "," in scene.words[left.end : min(right.start, left.end + 3)]:
        yield f"{side} a comma"


def _may_speak(scene: Scene, cue: Piece, source: Piece) -> bool:
    """A relative pronoun speaks in its own clause alone: *Ann, who left early, said …*."""
    pronoun = source.start
    if source.end > pronoun + 1 or scene.tags[pronoun] not in _RELATIVE:
        return True
    clause = scene.heads[pronoun]
    if cue.start <= clause < cue.end:
        return True
    above = {head for _, head in cue.edges}
    while above:
        if clause in above:
            return True
        above = {scene.heads[i] for i in above if scene.heads[i] != i}
    return False


def _gap(scene: Scene, left: Piece, right: Piece, side: str) -> Iterator[str]:
    gap = max(0, right.start - left.end)
    alpha = scene.alpha_before
    words = alpha[max(left.end, right.start)] - alpha[left.end] if gap < 12 else gap
    yield f"{side} gap {_SIZES[words] if words < len(_SIZES) else 'far'}"
    sentences = min(abs(scene.sentence[right.start] - scene.sentence[left.end - 1]), 3)
    if sentences:
        yield f"{side} sentences {sentences}"
    if scene.paragraph[right.start] != scene.paragraph[left.start]:
        yield f"{side} paragraph"


def _between(scene: Scene, left: Piece, right: Piece, side: str) -> Iterator[str]:
    for label in (CUE, CONTENT, SOURCE):
        if count := scene.between(left, right, label):
            yield f"{side} {label} between {min(count, 3)}"


def _is_subject_above(scene: Scene, cue: Piece, source: Piece) -> bool:
    """Is the source the subject of a word that the cue hangs on, as in *went on to say*?"""
    subject_of = {head for dep, head in source.edges if dep in _SUBJECTS}
    for dep, at in cue.edges:
        for _ in range(4):
            if at in subject_of:
                return True
            if dep not in _CLIMBS or scene.heads[at] == at:
                break
            dep, at = scene.deps[at], scene.heads[at]
    return False
