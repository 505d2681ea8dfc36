"""The result of an analysis, in values that outlive the Doc, and its shape in the API."""

from __future__ import annotations

from dataclasses import dataclass

from backend.pipeline.marks import Attitude, HedgeKind, Quote, SourceKind, Stance

from .blocks import Excerpt, OffsetUnit
from .summary import Summary


@dataclass(frozen=True, slots=True)
class Model:
    """Which pipeline made the analysis."""

    name: str
    version: str

    def to_dict(self) -> dict[str, object]:
        """Return the API's ``model``."""
        return {"name": self.name, "version": self.version}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader of the result should know: a code, and the same in plain words."""

    code: str
    detail: str

    def to_dict(self) -> dict[str, object]:
        """Return one of the API's ``warnings``."""
        return {"code": self.code, "detail": self.detail}


NOT_ENGLISH = Notice(
    "not-english",
    "This text does not seem to be English, the only language that Hearsay reads. "
    "What is marked in it may be wrong, and much may be missing.",
)
NO_TEXT = Notice("no-text", "There is no text to analyse.")


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """An :class:`~backend.pipeline.marks.Attribution`, in the caller's blocks."""

    id: str
    cue: Excerpt | None
    source: Excerpt | None
    content: tuple[Excerpt, ...]
    source_kind: SourceKind
    speaker: str | None
    stance: Stance
    attitude: Attitude
    quote: Quote
    negated: bool

    def to_dict(self) -> dict[str, object]:
        """Return one of the API's ``attributions``."""
        return {
            "id": self.id,
            "cue": self.cue.to_dict() if self.cue else None,
            "source": self.source.to_dict() if self.source else None,
            "content": [excerpt.to_dict() for excerpt in self.content],
            "source_kind": str(self.source_kind),
            "speaker": self.speaker,
            "stance": str(self.stance),
            "attitude": str(self.attitude),
            "quote": str(self.quote),
            "negated": self.negated,
        }


@dataclass(frozen=True, slots=True)
class FoundHedge:
    """A :class:`~backend.pipeline.marks.Hedge`, in the caller's blocks."""

    id: str
    cue: Excerpt
    kind: HedgeKind
    scope: tuple[Excerpt, ...]
    attribution: str | None
    """The id of the attribution in whose content the hedge stands."""

    def to_dict(self) -> dict[str, object]:
        """Return one of the API's ``hedges``."""
        return {
            "id": self.id,
            "cue": self.cue.to_dict(),
            "kind": str(self.kind),
            "scope": [excerpt.to_dict() for excerpt in self.scope],
            "attribution": self.attribution,
        }


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in a text."""

    model: Model
    offset_unit: OffsetUnit
    warnings: tuple[Notice, ...]
    attributions: tuple[FoundAttribution, ...]
    hedges: tuple[FoundHedge, ...]
    summary: Summary

    def to_dict(self) -> dict[str, object]:
        """Return the API's reply to ``POST /v1/analyze``."""
        return {
            "model": self.model.to_dict(),
            "offset_unit": str(self.offset_unit),
            "warnings": [warning.to_dict() for warning in self.warnings],
            "attributions": [attribution.to_dict() for attribution in self.attributions],
            "hedges": [hedge.to_dict() for hedge in self.hedges],
            "summary": self.summary.to_dict(),
        }
