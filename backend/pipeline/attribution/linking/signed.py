"""Quotations that a dash and their speaker close."""

from __future__ import annotations

from collections.abc import Iterator

from backend.pipeline.attribution.linking.links import Link
from backend.pipeline.attribution.scene import CONTENT, CUE, SOURCE, Piece, Scene

_NO_BREAK = "\xa0"
DASHES = frozenset("-–—―") | {"--"}


def signed_quotations(scene: Scene) -> Iterator[Link]:
    """Yield each quotation that a dash and its speaker close: *“No, never.” — Ann Weiss*."""
    for content in scene.by_label[CONTENT]:
        start, end = content.start, content.end
        if not scene.quotation[start]:
            continue
        cue = None
        while end < len(scene.doc) and scene.doc[end].text == _NO_BREAK:
            end += 1
        if end < len(scene.doc) and scene.doc[end].text in DASHES:
            cue = Piece(end, end + 1, CUE, ())
            end += 1
        elif scene.doc[end - 1].text[-1] not in DASHES:  # one token with the quotation mark
            continue
        source = _signature(scene, end)
        if source is not None:
            yield Link(start, cue, source, [(start, content.end)])


def _signature(scene: Scene, start: int) -> Piece | None:
    """Return what fills the line from ``start`` on, if it is a source or a name."""
    while start < len(scene.doc) and scene.doc[start].text == _NO_BREAK:
        start += 1
    end = next((piece.end for piece in scene.by_label[SOURCE] if piece.start == start), start)
    while end < len(scene.doc) and scene.doc[end].text[0].isupper():
        end += 1
    ends_line = end == len(scene.doc) or scene.doc[end].is_space or scene.doc[end].text == "."
    return Piece(start, end, SOURCE, ()) if ends_line and end > start else None
