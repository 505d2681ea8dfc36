"""What an analysis amounts to in figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.pipeline.marks import Attribution, Hedge, HedgeKind, SourceKind

_WORD = re.compile(r"\w+(?:['’‐‑-]\w+)*")


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over the whole text; what each means to a caller is in the OpenAPI document."""

    words: int
    attributions: int
    hedges: int
    attributed_share: float
    sources: dict[SourceKind, int]
    hedge_kinds: dict[HedgeKind, int]
    own_hedges: int

    @classmethod
    def of(cls, text: str, attributions: Sequence[Attribution], hedges: Sequence[Hedge]) -> Summary:
        """Count what was found in ``text``, the text of the Doc that the spans belong to."""
        starts = [match.start() for match in _WORD.finditer(text)]
        contents = ((s.start_char, s.end_char) for a in attributions for s in a.content)
        attributed = sum(
            bisect_left(starts, end) - bisect_left(starts, start)
            for start, end in _merged(contents)
        )
        sources = Counter(attribution.source_kind for attribution in attributions)
        kinds = Counter(hedge.kind for hedge in hedges)
        return cls(
            words=len(starts),
            attributions=len(attributions),
            hedges=len(hedges),
            attributed_share=round(attributed / len(starts), 4) if starts else 0.0,
            sources={kind: sources[kind] for kind in SourceKind},
            hedge_kinds={kind: kinds[kind] for kind in HedgeKind},
            own_hedges=sum(hedge.attribution is None for hedge in hedges),
        )

    def to_dict(self) -> dict[str, object]:
        """Return the API's ``summary``."""
        return {
            "words": self.words,
            "attributions": self.attributions,
            "hedges": self.hedges,
            "attributed_share": self.attributed_share,
            **{f"{kind}_sources": count for kind, count in self.sources.items()},
            "hedge_kinds": {str(kind): count for kind, count in self.hedge_kinds.items()},
            "own_hedges": self.own_hedges,
        }


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the union of ``ranges`` as ranges that do not overlap, so that none counts twice."""
    union: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        else:
            union.append((start, end))
    return union
