"""The component "hearsay_speakers": the fullest name in the article of who a source is.

No coreference model is at hand, so that this is rules over syntax, in the manner of Lappin &
Leass (1994): each pronoun goes to the fitting name that stands out most just then, and where no
name fits, to none. A source that stands for a name is ``named``; a pronoun that stands for a
phrase without one has that phrase's kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from backend.pipeline.attribution.speakers.discourse import Discourse
from backend.pipeline.attribution.speakers.resolver import Resolver
from backend.pipeline.marks import Attribution


@Language.factory(
    "hearsay_speakers", assigns=["doc._.attributions"], requires=["doc._.attributions"]
)
def create(nlp: Language, name: str) -> SpeakersComponent:
    """Create the component."""
    return SpeakersComponent()


class SpeakersComponent:
    """Fill ``speaker``, and ``source_kind`` where the speaker decides it."""

    def __call__(self, doc: Doc) -> Doc:
        """Replace each attribution by one with its speaker."""
        attributions: Sequence[Attribution] = doc._.attributions
        if not attributions:
            return doc
        resolver = Resolver(Discourse(doc, attributions))
        filled = []
        for n, attribution in enumerate(attributions):
            if attribution.source is None:
                filled.append(attribution)
                continue
            who = resolver.resolve(n)
            filled.append(replace(attribution, speaker=who.name, source_kind=who.kind))
        doc._.attributions = tuple(filled)
        return doc
