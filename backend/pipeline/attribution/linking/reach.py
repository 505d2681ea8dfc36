"""How far a cue reaches: to contents near it, and around another attribution."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc, Span

from backend.pipeline.attribution.linking.links import Link
from backend.pipeline.attribution.scene import CONTENT, Scene

_EDGE = frozenset(",;:.")
_ENDS = frozenset(".!?")


def within_reach(scene: Scene, one: Link) -> list[tuple[int, int]]:
    """Return the contents of ``one`` less those that stand unquoted, and too far from the cue.

    Too far is outside the cue's sentence, where there is content within it; and where there is
    none, before a full stop that stands before the cue, and in a paragraph that none announces.
    """
    own = scene.sentence[one.at]
    within = [b for b in one.content if own in (scene.sentence[b[0]], scene.sentence[b[1] - 1])]
    return [
        (start, end)
        for start, end in one.content
        if (start, end) in within
        or (
            (scene.quotation[start] or scene.quotation[end - 1])
            and _faces(scene, (start, end), one.at)
        )
        or not (within or _is_parted(scene, (start, end), one.at))
    ]


def _faces(scene: Scene, content: tuple[int, int], at: int) -> bool:
    """Does ``content``, if of another paragraph than ``at``, reach the side of it that is nearer?

    A quotation in a headline is not what is said below it.
    """
    start, end = content
    number = scene.paragraph[start]
    if number == scene.paragraph[at]:
        return True
    first, last = scene.paragraphs[number]
    beside = scene.doc[first:start] if start > at else scene.doc[end:last]
    return all(token.is_punct or token.is_space for token in beside)


def _is_parted(scene: Scene, content: tuple[int, int], at: int) -> bool:
    """Does a full stop end ``content`` before ``at``, or a paragraph without a colon ``at``'s?"""
    start, end = content
    if any(token.text in _ENDS for token in scene.doc[end - 1 : max(end, at)]):
        return True
    number = scene.paragraph[at]
    _, last = scene.paragraphs[number]
    return scene.paragraph[start] > number and not scene.doc[last - 1].text.endswith(":")


def enclose(scene: Scene, links: Sequence[Link], is_possible: Callable[[Span], bool]) -> None:
    """Give each cue left without content the attribution beside it in its sentence.

    *"…," says Ann, according to the BBC* ascribes to the BBC that Ann says so. What a clause
    with *as* ascribes is the content alone: *few believe it is safe, as the ministry claims*.
    """
    by_sentence: dict[int, list[Link]] = {}
    for one in links:
        by_sentence.setdefault(scene.sentence[one.at], []).append(one)
    for outer in links:
        if outer.content or outer.cue is None or outer.source is None:
            continue
        beside = [one for one in by_sentence[scene.sentence[outer.at]] if one.content]
        if not beside:
            continue
        inner = min(beside, key=lambda one: abs(one.at - outer.at))
        begin = outer.extent[0]
        if begin > 0 and scene.doc[begin - 1].lower_ == "as":
            outer.content = list(inner.content)
        else:
            around = list(_around(scene, inner, outer))
            if any(
                scene.quotation[start] or is_possible(Span(scene.doc, start, end, label=CONTENT))
                for start, end in around
            ):
                outer.content = around


def _around(scene: Scene, inner: Link, outer: Link) -> Iterator[tuple[int, int]]:
    """Yield what ``inner`` covers, cut at paragraphs, less ``outer``'s own words."""
    low, high = outer.extent
    start, end = inner.extent
    for first, last in ((start, min(end, low)), (max(start, high), end)):
        for number in range(scene.paragraph[start], scene.paragraph[end - 1] + 1):
            begin, stop = scene.paragraphs[number]
            bounds = _trim(scene.doc, max(first, begin), min(last, stop))
            if bounds[0] < bounds[1]:
                yield bounds


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (doc[start].is_space or doc[start].text in _EDGE):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in _EDGE):
        end -= 1
    return start, end
