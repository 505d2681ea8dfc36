"""Ties cues, sources and contents into whole attributions.

The ranker gives each content its cue and each cue its source. What is then left open is closed
by rule: a cue without content takes the attribution that it encloses, or the quotation that
makes up the paragraph beside it; a quotation that a paragraph leaves open goes on in the next;
and a paragraph that is only a quotation belongs to the speaker of the paragraph before.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc, Span

from backend.pipeline.attribution.ranking import choose_cue, choose_source
from backend.pipeline.attribution.scene import CONTENT, CUE, SOURCE, Piece, Scene
from backend.pipeline.marks import Attribution

_SHORTEST_STATEMENT = 8
"""Tokens that a paragraph of nothing but quotation has at least, its marks among them."""
_EDGE = frozenset(",;:.")
_DASHES = frozenset("-–—―") | {"--"}
_NO_BREAK = "\xa0"
_ENDS = frozenset(".!?")
_CLAUSES = {"ccomp"}
_AFTER_PASSIVE = frozenset({"of", "for", "over", "by", "as"})


@dataclass(slots=True)
class _Link:
    """An attribution in the making. ``at`` is the token that it is ordered by."""

    at: int
    cue: Piece | None
    source: Piece | None
    content: list[tuple[int, int]] = field(default_factory=list)

    @property
    def extent(self) -> tuple[int, int]:
        parts = [(piece.start, piece.end) for piece in (self.cue, self.source) if piece]
        parts += self.content
        return min(start for start, _ in parts), max(end for _, end in parts)

    def attribution(self, doc: Doc) -> Attribution:
        def span(piece: Piece | None) -> Span | None:
            return Span(doc, piece.start, piece.end, label=piece.label) if piece else None

        contents = (Span(doc, *bounds, label=CONTENT) for bounds in sorted(self.content))
        return Attribution(cue=span(self.cue), source=span(self.source), content=tuple(contents))


def link(
    doc: Doc,
    spans: Iterable[Span],
    speech: Container[str] = (),
    transitive: Container[str] = (),
    is_possible: Callable[[Span], bool] = lambda _: True,
) -> list[Attribution]:
    """Return the attributions that typed ``spans`` (SOURCE, CUE, CONTENT) of ``doc`` make up.

    Args:
        doc: parsed, with its quotations.
        spans: may nest; of one label, none twice. Contents far from any cue are left out.
        speech: lemmas of the cues after which a speaker may go on in a paragraph of their own.
        transitive: lemmas of the cues that are passive where no object follows.
        is_possible: whether a content that is none of ``spans``, and no quotation, can be one.

    Returns:
        Attributions in the order of their cues. A span may serve in more than one; a cue for
        which no content is found makes none.
    """
    scene = Scene(doc, spans)
    if not scene.pieces:
        return []
    signed = {one.content[0]: one for one in _signed(scene)}
    links = {
        cue.order: _Link(cue.start, cue, _source(scene, cue, transitive))
        for cue in scene.by_label[CUE]
        if doc[cue.start].text not in _DASHES
    }
    chosen = {
        content: choose_cue(scene, content)
        for content in scene.by_label[CONTENT]
        if (content.start, content.end) not in signed
    }
    _share_cue_in_quotations(scene, chosen)
    told = {
        cue.order
        for content, cue in chosen.items()
        if cue is not None
        and _relations(content, cue) & _CLAUSES
        and doc[content.start].tag_ != "TO"  # who *is said to have left* is part of it
    }
    for content, cue in chosen.items():
        if (
            cue is None
            or cue.order not in links
            or (cue.order in told and "nsubj:pass" in _relations(content, cue))
        ):
            continue  # who was told something is no part of what they were told
        links[cue.order].content.append((content.start, content.end))
    for one in links.values():
        one.content = _within_reach(scene, one)
    found = [*links.values(), *signed.values()]
    bare = _bare_quotations(scene)
    _enclose(scene, found, is_possible)
    _take_beside(scene, found, bare)
    _continue_quotations(scene, found, bare)
    found += _of_the_speaker_before(scene, found, bare, speech)
    found += list(_in_paragraphs_of_their_own(scene, found))
    found.sort(key=lambda one: one.at)
    return [
        one.attribution(doc)
        for one in found
        if one.content and (one.source or not one.cue or not _is_mark(scene, one.cue))
    ]


def _relations(content: Piece, cue: Piece) -> set[str]:
    """Return how ``content`` hangs on ``cue``."""
    return {relation for relation, head in content.edges if cue.start <= head < cue.end}


def _source(scene: Scene, cue: Piece, transitive: Container[str]) -> Piece | None:
    """Choose the source of ``cue``."""
    source = _governed(scene, cue) or choose_source(scene, cue)
    is_passive = any(
        scene.deps[i] == "aux:pass" or _lacks_object(scene.doc, i, transitive)
        for i in range(cue.start, cue.end)
    )
    if is_passive and source is not None and not _can_answer(scene, cue, source):
        return None
    if _is_mark(scene, cue) and source is not None and source.start > cue.start:
        return None
    return source


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


def _lacks_object(doc: Doc, i: int, transitive: Container[str]) -> bool:
    """Is this a passive without its auxiliary, as in *Minister accused of lying*?"""
    following = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    return doc[i].lemma_.lower() in transitive and following in _AFTER_PASSIVE


def _is_mark(scene: Scene, cue: Piece) -> bool:
    """Is the cue a mark alone, as the colon of *Minister: tax will not rise*?"""
    return all(token.is_punct for token in scene.doc[cue.start : cue.end])


def _share_cue_in_quotations(scene: Scene, chosen: dict[Piece, Piece | None]) -> None:
    """Give the contents of one quotation that runs over paragraphs the cue of the last of them.

    That is the cue which stands in a paragraph of the quotation, where there is one.
    """
    last, first = scene.left_open, scene.opened
    runs: list[list[Piece]] = []
    for content in sorted(chosen, key=lambda piece: piece.start):
        number = scene.paragraph[content.start]
        before = runs[-1][-1] if runs else None
        if (
            before is not None
            and scene.paragraph[before.end - 1] == number - 1
            and number - 1 in last
            and number in first
            and last[number - 1].start < before.end
            and content.start <= first[number].start + 1
        ):
            runs[-1].append(content)
        else:
            runs.append([content])
    for run in runs:
        beside = [
            cue
            for content in run
            if (cue := chosen[content])
            and scene.paragraph[cue.start] == scene.paragraph[content.start]
        ]
        if len(run) > 1 and beside:
            chosen.update(dict.fromkeys(run, beside[0]))


def _within_reach(scene: Scene, one: _Link) -> list[tuple[int, int]]:
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
        or scene.quotation[start]
        or scene.quotation[end - 1]
        or not (within or _is_parted(scene, (start, end), one.at))
    ]


def _is_parted(scene: Scene, content: tuple[int, int], at: int) -> bool:
    """Does a full stop end ``content`` before ``at``, or a paragraph without a colon ``at``'s?"""
    start, end = content
    if any(token.text in _ENDS for token in scene.doc[end - 1 : max(end, at)]):
        return True
    number = scene.paragraph[at]
    _, last = scene.paragraphs[number]
    return scene.paragraph[start] > number and not scene.doc[last - 1].text.endswith(":")


def _bare_quotations(scene: Scene) -> dict[int, tuple[int, int]]:
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


def _enclose(scene: Scene, links: Sequence[_Link], is_possible: Callable[[Span], bool]) -> None:
    """Give each cue left without content the attribution beside it in its sentence.

    *"…," says Ann, according to the BBC* ascribes to the BBC that Ann says so. What a clause
    with *as* ascribes is the content alone: *few believe it is safe, as the ministry claims*.
    """
    by_sentence: dict[int, list[_Link]] = {}
    for one in links:
        by_sentence.setdefault(scene.sentence[one.at], []).append(one)
    for outer in links:
        if outer.content or outer.cue is None or outer.source is None:
            continue
        beside = [one for one in by_sentence[scene.sentence[outer.at]] if one.content]
        if not beside:
            continue
        inner = min(beside, key=lambda one: abs(one.at - outer.at))
        if any(relation.startswith("advcl") for relation, _ in outer.cue.edges):
            outer.content = list(inner.content)
        else:
            around = list(_around(scene, inner, outer))
            if any(
                scene.quotation[start] or is_possible(Span(scene.doc, start, end, label=CONTENT))
                for start, end in around
            ):
                outer.content = around


def _around(scene: Scene, inner: _Link, outer: _Link) -> Iterator[tuple[int, int]]:
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


def _signed(scene: Scene) -> Iterator[_Link]:
    """Yield each quotation that a dash and its speaker close: *“No, never.” — Ann Weiss*."""
    for content in scene.by_label[CONTENT]:
        start, end = content.start, content.end
        if not scene.quotation[start]:
            continue
        cue = None
        while end < len(scene.doc) and scene.doc[end].text == _NO_BREAK:
            end += 1
        if end < len(scene.doc) and scene.doc[end].text in _DASHES:
            cue = Piece(end, end + 1, CUE, -1, ())
            end += 1
        elif scene.doc[end - 1].text[-1] not in _DASHES:  # one token with the quotation mark
            continue
        source = _signature(scene, end)
        if source is not None:
            yield _Link(start, cue, source, [(start, content.end)])


def _signature(scene: Scene, start: int) -> Piece | None:
    """Return what fills the line from ``start`` on, if it is a source or a name."""
    while start < len(scene.doc) and scene.doc[start].text == _NO_BREAK:
        start += 1
    end = next((piece.end for piece in scene.by_label[SOURCE] if piece.start == start), start)
    while end < len(scene.doc) and scene.doc[end].text[0].isupper():
        end += 1
    ends_line = end == len(scene.doc) or scene.doc[end].is_space or scene.doc[end].text == "."
    return Piece(start, end, SOURCE, -1, ()) if ends_line and end > start else None


def _take_beside(scene: Scene, links: Sequence[_Link], bare: dict[int, tuple[int, int]]) -> None:
    """Give a cue without content the bare quotation after it ("He said:") or before it."""
    for one in links:
        if one.content or one.cue is None:
            continue
        number = scene.paragraph[one.at]
        _, end = scene.paragraphs[number]
        beside = number + 1 if scene.doc[end - 1].text.endswith(":") else number - 1
        if beside in bare:
            one.content.append(bare.pop(beside))


def _continue_quotations(
    scene: Scene, links: Sequence[_Link], bare: dict[int, tuple[int, int]]
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


def _in_paragraphs_of_their_own(scene: Scene, links: Sequence[_Link]) -> Iterator[_Link]:
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
            yield from (_Link(bounds[0], None, one.source, [bounds]) for bounds in away)


def _of_the_speaker_before(
    scene: Scene,
    links: Sequence[_Link],
    bare: dict[int, tuple[int, int]],
    speech: Container[str],
) -> Iterator[_Link]:
    """Yield an attribution without a cue for each bare quotation that follows a speaker's words."""
    last_in: dict[int, _Link] = {}
    for one in sorted(links, key=lambda one: one.at):
        _, end = scene.paragraphs[scene.paragraph[one.at]]
        in_last_sentence = scene.sentence[one.extent[1] - 1] == scene.sentence[end - 1]
        if one.content and one.source and in_last_sentence and not scene.quotation[one.at]:
            last_in[scene.paragraph[one.at]] = one
    for number, bounds in sorted(bare.items()):
        before = last_in.get(number - 1)
        if before is None or not (before.cue is None or _is_speech(scene, before.cue, speech)):
            continue
        following = _Link(bounds[0], None, before.source, [bounds])
        last_in[number] = following
        yield following


def _is_speech(scene: Scene, cue: Piece, speech: Container[str]) -> bool:
    return any(scene.doc[i].lemma_.lower() in speech for i in range(cue.start, cue.end))
