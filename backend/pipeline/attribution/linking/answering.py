"""Who answers for what a cue ascribes: its source, or nobody."""

from __future__ import annotations

from collections.abc import Container
from itertools import pairwise

from backend.pipeline.attribution.ranking import choose_source
from backend.pipeline.attribution.scene import SOURCE, Piece, Scene

_AFTER_PASSIVE = frozenset({"of", "for", "over", "by", "as"})


def source_of(scene: Scene, cue: Piece, transitive: Container[str]) -> Piece | None:
    """Choose the source of ``cue``."""
    source = _governed(scene, cue) or choose_source(scene, cue)
    is_passive = any(
        _is_passive(scene, i) or _lacks_object(scene, i, transitive)
        for i in range(cue.start, cue.end)
    )
    if is_passive and source is not None and not _can_answer(scene, cue, source):
        return None
    if is_mark(scene, cue) and source is not None and source.start > cue.start:
        return None
    return source


def _is_passive(scene: Scene, i: int) -> bool:
    """Is this the auxiliary of a passive, or the participle (or taken for the past) after one?"""
    return scene.deps[i] == "aux:pass" or (
        scene.tags[i] in ("VBN", "VBD")
        and any(t.dep_.startswith("aux") and t.lemma_ == "be" for t in scene.doc[i].lefts)
    )


def _can_answer(scene: Scene, cue: Piece, source: Piece) -> bool:
    """Can ``source`` be that of a passive: after it, behind a preposition or a mark?

    Whoever *was told* something is not the one who said it, but whoever *was quoted as saying* it
    is; and in *it is believed the club will win* the club does not believe.
    """
    if source.start < cue.start:
        words = [token.lower_ for token in scene.doc[cue.start : cue.end]]
        return any(one == "as" and other.endswith("ing") for one, other in pairwise(words))
    before = scene.doc[source.start - 1]
    return source.start < cue.end or before.tag_ in ("IN", "TO") or before.is_punct


def _governed(scene: Scene, cue: Piece) -> Piece | None:
    """Return the source right after a cue that ends in a preposition: *according to Ann*."""
    if scene.doc[cue.end - 1].pos_ != "ADP":
        return None
    return next((piece for piece in scene.by_label[SOURCE] if piece.start == cue.end), None)


def _lacks_object(scene: Scene, i: int, transitive: Container[str]) -> bool:
    """Is this a passive without its auxiliary, as in *Minister accused of lying*?"""
    return scene.lemmas[i] in transitive and not _AFTER_PASSIVE.isdisjoint(
        scene.lower[i + 1 : i + 2]
    )


def is_mark(scene: Scene, cue: Piece) -> bool:
    """Is the cue a mark alone, as the colon of *Minister: tax will not rise*?"""
    return all(scene.is_punct[cue.start : cue.end])
