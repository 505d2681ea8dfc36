"""Which cue a content belongs to, and which source a cue: a log-linear ranker.

The features are named, few and local: order, distance, what stands between, syntax, quotation.
Their weights (``linking.toml``) are fitted by ``python -m backend.training.linker``.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from backend.pipeline.attribution.scene import CONTENT, CUE, SOURCE, Piece, Scene

WEIGHTS = Path(__file__).with_name("linking.toml")
_SUBJECTS = {"nsubj", "nsubj:pass", "csubj"}
_THOUGH = {"nsubj": "none though a subject", "obl:agent": "none though an agent"}
"""What speaks against nobody: a source that hangs so on the cue."""
_COMPLEMENTS = {"ccomp", "xcomp", "obj", "obl", "nmod", "acl", "advcl", "csubj", "parataxis"}
_CLIMBS = {"xcomp", "conj", "advcl", "acl", "ccomp", "parataxis", "acl:relcl", "nmod", "obj", "obl"}
_RELATIVE = {"WP", "WDT"}
_SIZES = ("0", *["2"] * 2, *["6"] * 4, *["12"] * 6, "far")
"""What the features call a gap of so many words."""
_COUNTED = 12
"""In gaps of fewer tokens, marks do not count."""
_MOST = 3
"""Sentences and pieces between two are counted so far."""

Weights = Mapping[str, int]
"""In hundredths: the sum is then the same in whatever order it is taken."""


@dataclass(frozen=True, slots=True)
class _Side:
    """The features of one side, ready made: where the other piece stands to the cue."""

    name: str
    gaps: tuple[str, ...]
    """By the number of words."""
    sentences: tuple[str, ...]
    paragraph: str
    between: Mapping[str, tuple[str, ...]]
    """By the label of the pieces between, and their number."""

    @classmethod
    def called(cls, name: str) -> _Side:
        """Return the side that is called ``name``."""
        counts = range(_MOST + 1)
        return cls(
            name,
            gaps=tuple(f"{name} gap {size}" for size in _SIZES),
            sentences=tuple(f"{name} sentences {count}" for count in counts),
            paragraph=f"{name} paragraph",
            between={
                label: tuple(f"{name} {label} between {count}" for count in counts)
                for label in (CUE, CONTENT, SOURCE)
            },
        )


_BEFORE, _AFTER = _Side.called("before"), _Side.called("after")


@lru_cache(maxsize=1)
def load_weights() -> tuple[Weights, Weights]:
    """Return the weights for contents and for sources."""
    with WEIGHTS.open("rb") as file:
        tables = tomllib.load(file)
    content, source = (
        # What a feature that has none weighs is looked up as fast as what the others do.
        defaultdict(int, {name: round(100 * weight) for name, weight in tables[part].items()})
        for part in ("content", "source")
    )
    return content, source


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
    choices = scene.choices(piece)
    if piece not in choices:
        choices[piece] = choose()
    return choices[piece]


def score(weights: Weights, features: Iterable[str]) -> int:
    """Sum the weights of ``features``."""
    return sum(map(weights.__getitem__, features))


def content_features(scene: Scene, content: Piece, cue: Piece) -> list[str]:
    """Return what speaks for or against ``cue`` being the cue of ``content``."""
    is_after = content.start >= cue.start
    left, right = (cue, content) if is_after else (content, cue)
    features = _place(scene, left, right, _AFTER if is_after else _BEFORE)
    side = features[0]
    if not _are_apart(scene, left, right):
        if governed := content.relations_to(cue):
            features.append(f"{side} governed")
            features += {f"governed {dep}" for dep in governed if dep in _COMPLEMENTS}
        if cue.relations_to(content):
            features.append(f"{side} governs")
    if not is_after and cue.end <= content.end:
        features.append("encloses")
    words = scene.words
    last = words[left.end - 1]
    following = words[left.end] if left.end < len(words) else None
    if not is_after:
        if last == "," or (left.end > left.start + 1 and words[left.end - 2] == ","):
            features.append("before ends in a comma")
        elif following == ",":
            features.append("before then a comma")
        elif last in ".!" or words[left.end - 2] == "." or following == ".":
            features.append("before ends in a full stop")
    quotation = scene.quotation
    if quotation[content.start] or quotation[content.end - 1]:
        features.append(f"{side} quoted")
        if scene.sentence[content.start] != scene.sentence[cue.start]:
            features.append(f"{side} quoted elsewhere")
            if is_after:
                features.append("goes on" if scene.follows_quotation(cue) else "begins")
    if quotation[cue.start] and quotation[cue.start] != quotation[content.start]:
        features.append("cue alone quoted")
    if following == ":" and is_after:
        features.append("after colon")
    return features


def source_features(scene: Scene, cue: Piece, source: Piece | None) -> list[str]:
    """Return what speaks for or against ``source`` (None: nobody) being the source of ``cue``."""
    if source is None:
        features = ["none"]
        if "aux:pass" in scene.deps[cue.start : cue.end]:
            features.append("none passive")
        beside = {dep for one in scene.near(cue, SOURCE) for dep in one.relations_to(cue)}
        features += [name for dep, name in _THOUGH.items() if dep in beside]
    else:
        features = _features_of_named(scene, cue, source)
    noun = next((head for dep, head in cue.edges if dep == "case"), None)
    if noun is not None and not (source and source.start <= noun < source.end):
        features.append("not the noun of the preposition")
    return features


def _features_of_named(scene: Scene, cue: Piece, source: Piece) -> list[str]:
    is_after = source.start >= cue.start
    left, right = (cue, source) if is_after else (source, cue)
    features = _place(scene, left, right, _AFTER if is_after else _BEFORE)
    side = features[0]
    are_apart = _are_apart(scene, left, right)
    if not are_apart and (governed := source.relations_to(cue)):
        features.append("governed")
        features += {f"governed {dep}" for dep in governed}
    elif not are_apart and (governs := cue.relations_to(source)):
        features.append("governs")
        features += {f"governs {dep}" for dep in governs}
    elif not are_apart and _is_subject_above(scene, cue, source):
        features.append("subject above")
    elif any(dep in _SUBJECTS for dep, _ in source.edges):
        features.append("subject of another")
        if scene.hangs_on_cue(source):
            features.append("subject of another cue")
    if bool(scene.quotation[cue.start]) != bool(scene.quotation[source.start]):
        features.append("quotation between")
    if scene.tags[cue.end - 1] in ("IN", "TO"):
        features.append(f"{side} a preposition")
    if "," in scene.words[left.end : min(right.start, left.end + 3)]:
        features.append(f"{side} a comma")
    return features


def _place(scene: Scene, left: Piece, right: Piece, side: _Side) -> list[str]:
    """Return where two pieces stand to each other: the order, what is between, how much."""
    start, end = left.end, right.start
    gap = max(0, end - start)
    if 0 < gap < _COUNTED:
        gap = scene.alpha_before[end] - scene.alpha_before[start]
    features = [side.name, side.gaps[min(gap, len(_SIZES) - 1)]]
    if sentences := abs(scene.sentence[end] - scene.sentence[start - 1]):
        features.append(side.sentences[min(sentences, _MOST)])
    if scene.paragraph[end] != scene.paragraph[left.start]:
        features.append(side.paragraph)
    if end > start:
        for label, before in scene.before.items():
            if count := before[end] - before[start]:
                features.append(side.between[label][min(count, _MOST)])
    return features


def _are_apart(scene: Scene, left: Piece, right: Piece) -> bool:
    """Does no sentence have words of both, so that none of either hangs on one of the other?"""
    return scene.sentence[left.end - 1] < scene.sentence[right.start]


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
