"""Quotations that run over paragraphs, or fill one, and whose they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence

from spacy.tokens import Span

from backend.pipeline.attribution.linking.links import Link
from backend.pipeline.attribution.scene import Piece, Scene
from backend.pipeline.columns import columns_of

_ENDS = frozenset(".!?")
_SHORTEST_STATEMENT = 8
"""Tokens that a paragraph of nothing but quotation has at least, its marks among them."""


def share_cue(scene: Scene, chosen: dict[Piece, Piece | None]) -> None:
    """Give the contents of one quotation that runs over paragraphs a cue in one of these.

    It is that of the content's own paragraph, if one stands outside the quotation there, and else
    the first.
    """
    last, first = scene.left_open, scene.opened
    runs: list[list[Piece]] = []
    for content in sorted(chosen, key=lambda piece: piece.start):
        number = scene.paragraph[content.start]
        before = runs[-1][-1] if runs else None
        above = scene.paragraph[before.end - 1] if before else number
        if (
            before is not None
            and above < number
            and all(i in last and i + 1 in first for i in range(above, number))
            and _leads_to(last[above], before, chosen[before])
            and content.start <= first[number].start + 1
        ):
            runs[-1].append(content)
        else:
            runs.append([content])
    for run in runs:
        beside = {
            content: cue
            for content in run
            if (cue := chosen[content])
            and scene.paragraph[cue.start] == scene.paragraph[content.start]
        }
        if len(run) > 1 and beside:
            first_cue = next(iter(beside.values()))
            own = {
                content: cue for content, cue in beside.items() if not scene.quotation[cue.start]
            }
            chosen.update({content: own.get(content, first_cue) for content in run})


def _leads_to(quotation: Span, content: Piece, cue: Piece | None) -> bool:
    """Is ``quotation`` part of ``content``, or on behind its cue: *“…,” she said. “…*?"""
    return quotation.start < content.end or (
        cue is not None and content.end <= cue.start < quotation.start
    )


def whole_quotations(scene: Scene, contents: Iterable[Piece]) -> dict[Piece, tuple[int, int]]:
    """Return the bounds of ``contents``, each on to the end of the quotation that it begins.

    That is, where it ends with a sentence, and no piece begins in what is left.
    """
    last = dict(reversed(columns_of(scene.doc).quotations))
    starts = sorted(piece.start for piece in scene.pieces)
    bounds: dict[Piece, tuple[int, int]] = {}
    for content in contents:
        start, end = content.start, content.end
        stop = last.get(start, end)
        ends_sentence = not _ENDS.isdisjoint(scene.words[end - 1 : end + 1])
        is_free = bisect_left(starts, end) == bisect_left(starts, stop)
        bounds[content] = (start, stop if stop > end and ends_sentence and is_free else end)
    return bounds


def bare_quotations(scene: Scene) -> dict[int, tuple[int, int]]:
    """Return the paragraphs that are quotation throughout and hold no piece, by their number.

    What is too short to be a statement is left out: a heading, a title.
    """
    taken = {scene.paragraph[i] for piece in scene.pieces for i in (piece.start, piece.end - 1)}
    return {
        number: (start, end)
        for number, (start, end) in enumerate(scene.paragraphs)
        if number not in taken
        and end - start >= _SHORTEST_STATEMENT
        and all(scene.quotation[start:end])
    }


def take_beside(scene: Scene, links: Sequence[Link], bare: dict[int, tuple[int, int]]) -> None:
    """Give a cue without content the bare quotation after it ("He said:") or before it."""
    for one in links:
        if one.content or one.cue is None:
            continue
        number = scene.paragraph[one.at]
        _, end = scene.paragraphs[number]
        beside = number + 1 if scene.doc[end - 1].text.endswith(":") else number - 1
        if beside in bare:
            one.content.append(bare.pop(beside))


def continue_over_paragraphs(
    scene: Scene, links: Sequence[Link], bare: dict[int, tuple[int, int]]
) -> None:
    """Extend a content over the paragraphs that its quotation, left open in each, runs through."""
    first, last = scene.opened, scene.left_open
    taken = {scene.paragraph[piece.start] for piece in scene.pieces}

    def chain(number: int, step: int) -> Iterator[tuple[int, int]]:
        while True:
            before, after = (number, number + 1) if step > 0 else (number - 1, number)
            number += step
            if before not in last or after not in first or number in taken:
                return
            quotation = first[number] if step > 0 else last[number]
            taken.add(number)
            bare.pop(number, None)
            yield quotation.start, quotation.end

    for one in links:
        if one.content:
            start, end = min(one.content)[0], max(one.content)[1] - 1
            below, above = scene.paragraph[start], scene.paragraph[end]
            if below in first and first[below].start <= start < first[below].end:
                one.content += chain(below, -1)
            if above in last and last[above].start <= end < last[above].end:
                one.content += chain(above, 1)


def in_paragraphs_of_their_own(scene: Scene, links: Sequence[Link]) -> Iterator[Link]:
    """Part from each cue with content of its own a new quotation in the next paragraph.

    It is the same speaker's, and yielded as an attribution without a cue.
    """
    last = scene.left_open
    for one in links:
        number = scene.paragraph[one.at]
        away = [
            (start, end)
            for start, end in one.content
            if scene.paragraph[start] == number + 1
            and number not in last
            and scene.quotation[start]
        ]
        has_own = any(scene.paragraph[start] == number for start, _ in one.content)
        if one.cue is not None and has_own:
            one.content = [bounds for bounds in one.content if bounds not in away]
            yield from (Link(bounds[0], None, one.source, [bounds]) for bounds in away)


def of_the_speaker_before(
    scene: Scene,
    links: Sequence[Link],
    bare: dict[int, tuple[int, int]],
    speech: Container[str],
) -> Iterator[Link]:
    """Yield an attribution without a cue for each bare quotation that follows a speaker's words."""
    last_in: dict[int, Link] = {}
    for one in sorted(links, key=lambda one: one.at):
        _, end = scene.paragraphs[scene.paragraph[one.at]]
        in_last_sentence = scene.sentence[one.extent[1] - 1] == scene.sentence[end - 1]
        if one.content and one.source and in_last_sentence and not scene.quotation[one.at]:
            last_in[scene.paragraph[one.at]] = one
    for number, bounds in sorted(bare.items()):
        before = last_in.get(number - 1)
        if before is None or not (before.cue is None or _is_speech(scene, before.cue, speech)):
            continue
        following = Link(bounds[0], None, before.source, [bounds])
        last_in[number] = following
        yield following


def _is_speech(scene: Scene, cue: Piece, speech: Container[str]) -> bool:
    return any(lemma in speech for lemma in scene.lemmas[cue.start : cue.end])
