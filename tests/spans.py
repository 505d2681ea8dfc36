"""Spans of a Doc by their words."""

from __future__ import annotations

from spacy.tokens import Doc, Span


def span(doc: Doc, text: str, label: str) -> Span:
    """Return the first place of ``doc`` that reads ``text``."""
    start = doc.text.index(text)
    found = doc.char_span(start, start + len(text), label=label)
    assert found is not None
    return found
