"""An attribution in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span

from backend.pipeline.attribution.scene import CONTENT, Piece, Scene
from backend.pipeline.marks import Attribution


@dataclass(slots=True)
class Link:
    """An attribution in the making. ``at`` is the token that it is ordered by."""

    at: int
    cue: Piece | None
    source: Piece | None
    content: list[tuple[int, int]] = field(default_factory=list)

    @property
    def extent(self) -> tuple[int, int]:
        """From the first to the last token of all its parts, end exclusive."""
        parts = [(piece.start, piece.end) for piece in (self.cue, self.source) if piece]
        parts += self.content
        return min(start for start, _ in parts), max(end for _, end in parts)

    def attribution(self, scene: Scene) -> Attribution:
        """Return what it has become, as spans of the Doc of ``scene``."""

        def span(piece: Piece | None) -> Span | None:
            return scene.span(piece.start, piece.end, piece.label) if piece else None

        contents = [scene.span(start, end, CONTENT) for start, end in sorted(self.content)]
        return Attribution(cue=span(self.cue), source=span(self.source), content=tuple(contents))
