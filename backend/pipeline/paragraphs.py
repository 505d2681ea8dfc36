"""Paragraphs of a Doc: the stretches between whitespace tokens that hold a line break."""

from __future__ import annotations

from spacy.tokens import Doc


def paragraph_bounds(doc: Doc) -> list[tuple[int, int]]:
    """Return the paragraphs of ``doc`` as ``(start, end)`` token indices, end exclusive.

    Whitespace tokens at either edge are left out, and so are paragraphs of nothing else.
    """
    bounds: list[tuple[int, int]] = []
    first = last = -1
    for token in doc:
        if not token.is_space:
            first = token.i if first < 0 else first
            last = token.i
        elif "\n" in token.text and first >= 0:
            bounds.append((first, last + 1))
            first = -1
    if first >= 0:
        bounds.append((first, last + 1))
    return bounds
