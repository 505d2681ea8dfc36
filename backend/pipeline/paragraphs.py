"""Paragraphs of a Doc: the stretches between whitespace tokens that hold a line break."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from spacy.attrs import IS_SPACE
from spacy.tokens import Doc


def paragraph_bounds(doc: Doc) -> list[tuple[int, int]]:
    """Return the paragraphs of ``doc`` as ``(start, end)`` token indices, end exclusive.

    Whitespace tokens at either edge are left out, and so are paragraphs of nothing else.
    """
    is_space = doc.to_array(IS_SPACE).astype(bool)
    words = np.flatnonzero(~is_space)
    breaks = [i for i in np.flatnonzero(is_space).tolist() if "\n" in doc[i].text]
    edges = np.searchsorted(words, [0, *breaks, len(doc)]).tolist()
    return [
        (int(words[start]), int(words[end - 1]) + 1)
        for start, end in pairwise(edges)
        if start < end
    ]
