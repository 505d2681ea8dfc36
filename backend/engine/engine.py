"""One text through the pipeline, and what it found in the caller's own offsets."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from backend import pipeline
from backend.pipeline.marks import Attribution, Hedge

from .analysis import (
    NO_TEXT,
    NOT_ENGLISH,
    Analysis,
    FoundAttribution,
    FoundHedge,
    Model,
    Notice,
)
from .blocks import Block, Excerpt, Layout, OffsetUnit
from .language import is_english
from .summary import Summary


class TooManyWordsError(ValueError):
    """A text of more words, signs and paragraph breaks than the caller allows."""

    def __init__(self, count: int, limit: int) -> None:
        """Take how many the text has, and how many it may have."""
        super().__init__(f"{count:,} words, signs and paragraph breaks; the limit is {limit:,}")
        self.count = count
        self.limit = limit


class Engine:
    """A pipeline, ready to analyse one text at a time; further callers wait their turn."""

    def __init__(self, nlp: Language) -> None:
        """Take a pipeline whose components fill ``Doc._.attributions`` and ``Doc._.hedges``."""
        nlp.max_length = sys.maxsize  # how long a text may be is for the callers to say
        self._nlp = nlp
        self._turn = threading.Lock()
        self.model = Model(nlp.meta["name"], nlp.meta["version"])

    def analyze(
        self,
        blocks: Iterable[Block],
        offset_unit: OffsetUnit = OffsetUnit.UTF16,
        max_words: int = sys.maxsize,
    ) -> Analysis:
        """Analyse ``blocks`` as one text. Their ids must differ.

        :param max_words: how many words, signs and paragraph breaks they may have together
        :raises TooManyWordsError: they have more
        """
        layout = Layout.of(blocks)
        if not layout.text:
            summary = Summary.of("", (), ())
            return Analysis(self.model, offset_unit, (NO_TEXT,), (), (), summary)
        # A Vocab is not safe to share between threads. What it learns from a text is dropped with
        # the memory zone, and so the Doc must not outlive it: the result holds plain values only.
        with self._turn, self._nlp.memory_zone():
            doc = self._nlp.make_doc(layout.text)
            if len(doc) > max_words:
                raise TooManyWordsError(len(doc), max_words)
            return self._read(self._nlp(doc), layout, offset_unit)

    def _read(self, doc: Doc, layout: Layout, unit: OffsetUnit) -> Analysis:
        def excerpt(span: Span) -> Excerpt:
            return layout.excerpt(span.start_char, span.end_char, unit)

        def optional(span: Span | None) -> Excerpt | None:
            return None if span is None else excerpt(span)

        def excerpts(spans: Iterable[Span]) -> tuple[Excerpt, ...]:
            return tuple(excerpt(span) for span in spans)

        attributions: Sequence[Attribution] = sorted(doc._.attributions, key=_place)
        hedges: Sequence[Hedge] = sorted(doc._.hedges, key=lambda hedge: hedge.cue.start_char)
        ids = {attribution: f"a{n}" for n, attribution in enumerate(attributions, 1)}
        warnings: tuple[Notice, ...] = () if is_english(layout.text) else (NOT_ENGLISH,)
        return Analysis(
            model=self.model,
            offset_unit=unit,
            warnings=warnings,
            attributions=tuple(
                FoundAttribution(
                    id=ids[found],
                    cue=optional(found.cue),
                    source=optional(found.source),
                    content=excerpts(found.content),
                    source_kind=found.source_kind,
                    speaker=found.speaker,
                    stance=found.stance,
                    attitude=found.attitude,
                    quote=found.quote,
                    negated=found.negated,
                )
                for found in attributions
            ),
            hedges=tuple(
                FoundHedge(
                    id=f"h{n}",
                    cue=excerpt(found.cue),
                    kind=found.kind,
                    scope=excerpts(found.scope),
                    attribution=ids[found.attribution] if found.attribution else None,
                )
                for n, found in enumerate(hedges, 1)
            ),
            summary=Summary.of(layout.text, attributions, hedges),
        )


def _place(attribution: Attribution) -> int:
    """Return where an attribution starts in its Doc."""
    spans = (attribution.cue, attribution.source, *attribution.content)
    return min(span.start_char for span in spans if span is not None)


def load() -> Engine:
    """Load the pipeline that ships with the project."""
    return Engine(pipeline.load())
