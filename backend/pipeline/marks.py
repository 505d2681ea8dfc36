"""What the pipeline finds: attributions and hedges, as values over a spaCy ``Doc``.

The label sets are closed; what each label means to a reader is in ``backend/labels.json``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc, Span


class SourceKind(StrEnum):
    """How far the reader can check who is behind a claim."""

    NAMED = "named"
    DESCRIBED = "described"
    VAGUE = "vague"
    UNSTATED = "unstated"


class Stance(StrEnum):
    """How the cue places the writer towards the claim (Hooper 1975; Recasens et al. 2013)."""

    NEUTRAL = "neutral"
    ENDORSING = "endorsing"
    DISTANCING = "distancing"


class Attitude(StrEnum):
    """The attribution types of the Penn Discourse Treebank."""

    STATEMENT = "statement"
    BELIEF = "belief"
    KNOWLEDGE = "knowledge"
    INTENTION = "intention"


class Quote(StrEnum):
    """Whether the content stands in quotation marks: all of it, none, or some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class HedgeKind(StrEnum):
    """Why a hedged claim is not certain."""

    MODAL = "modal"
    LIKELIHOOD = "likelihood"
    HEARSAY = "hearsay"
    APPEARANCE = "appearance"
    BELIEF = "belief"
    UNVERIFIED = "unverified"
    APPROXIMATION = "approximation"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content ascribed to a source by a cue (PARC 3, Pareti 2016).

    The component that finds the spans leaves the attributes at their defaults;
    later components return a copy with theirs filled in (``dataclasses.replace``).
    No span crosses a paragraph: content that runs over paragraphs is one span in each.
    """

    cue: Span | None
    source: Span | None
    content: tuple[Span, ...]
    source_kind: SourceKind = SourceKind.UNSTATED
    speaker: str | None = None
    stance: Stance = Stance.NEUTRAL
    attitude: Attitude = Attitude.STATEMENT
    quote: Quote = Quote.INDIRECT
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Hedge:
    """The smallest phrase that weakens a claim, and the words that it weakens."""

    cue: Span
    kind: HedgeKind
    scope: tuple[Span, ...] = ()
    attribution: Attribution | None = None
    """The innermost attribution in whose content the hedge stands."""


def tokens_of(spans: Iterable[Span | None]) -> set[int]:
    """Return the indices of the tokens of ``spans``; None has none."""
    return {i for span in spans if span is not None for i in range(span.start, span.end)}


Doc.set_extension("attributions", default=(), force=True)
Doc.set_extension("hedges", default=(), force=True)
