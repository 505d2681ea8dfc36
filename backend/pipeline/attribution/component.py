"""``hearsay_attribution``: who says what, as ``Doc._.attributions``.

Two proposers of spans, one linker. The tagger has learned the many ways in which news ascribes a
claim; the constructions over syntax add what it left unmarked. Where both see something, the
tagger's extents stand: on PolNeAR's dev articles they are right more often. In order:

1. ``tagger`` proposes spans with scores (log-odds): likely ones, and doubtful ones;
2. ``proposing`` proposes spans by the constructions of ``rules/constructions.toml``;
3. ``linking`` ties the spans of each of the two into attributions;
4. ``second_look`` takes up doubtful spans that the likely ones want, to be linked with them;
5. ``merging`` adds to the tagger's attributions those of the constructions that they leave out;
6. what nobody can have meant goes: no source and no known cue, or a cue that here says nothing
   (``senses``);
7. ``participles`` gives a participle the source that it shares with its sentence;
8. ``citing`` gives what a report has from somebody, whom it cites, these as source;
9. ``interruptions`` gives a speaker both sides of the sentence that they interrupt;
10. ``disclaimers`` takes from a claim what the writer says of it;
11. ``transcripts`` gives the paragraphs of an interview to those with whose names they begin.

What each attribution means (``attributes``) and who is meant (``speakers``) comes after, as
components of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import cache, partial
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from backend.pipeline.attribution.citing import with_cited_sources
from backend.pipeline.attribution.constructions import constructions
from backend.pipeline.attribution.disclaimers import without_disclaimers
from backend.pipeline.attribution.interruptions import complete
from backend.pipeline.attribution.linking import link
from backend.pipeline.attribution.merging import merge, spans_of
from backend.pipeline.attribution.participles import with_subjects
from backend.pipeline.attribution.proposing import propose
from backend.pipeline.attribution.scene import Scene
from backend.pipeline.attribution.second_look import (
    governed,
    missed_contents,
    missed_cues,
    without_nobodys,
)
from backend.pipeline.attribution.senses import says_nothing
from backend.pipeline.attribution.tagger import Proposals, Tagger
from backend.pipeline.attribution.transcripts import with_turns
from backend.pipeline.marks import Attribution
from backend.pipeline.model import MODEL_PATH, load_model

SPAN_KEY = "attributions"
SURE = 2.0
"""The log-odds that a cue which is not known must exceed to stand without a source."""


def link_spans(
    scene: Scene, is_possible: Callable[[Span], bool] = lambda _: True
) -> list[Attribution]:
    """Return the attributions that the spans of ``scene`` make up, from rules or from a tagger."""
    rules = constructions()
    return link(scene, rules.speech, rules.transitive, is_possible)


def is_grounded(mark: Attribution, sure: Container[Span] = ()) -> bool:
    """Has ``mark`` a source, or a cue that is known to ascribe, or that is among the ``sure``?

    Without any of these it is two times out of three no attribution, and would be shown as a
    claim that nobody answers for.
    """
    if mark.source is not None or mark.cue is None or mark.cue in sure:
        return True
    return any(token.lemma_.lower() in constructions().words for token in mark.cue)


def is_clear(mark: Attribution) -> bool:
    """Is the cue of ``mark`` one, as those of saying, by which syntax alone shows who says what?

    So it does where nobody says it: *it is believed that*.
    """
    clear = constructions().clear
    if mark.cue is None:
        return False
    before = mark.cue.doc[max(mark.cue.start - 1, 0)]
    if mark.source is None and before.lower_ == "it" and mark.cue.root.tag_ == "VBN":
        return True
    return any(t.lemma_.lower() in clear or t.lower_ in clear for t in mark.cue)


def says_something(mark: Attribution) -> bool:
    """Is the cue of ``mark`` used in a sense in which somebody says something?"""
    return mark.cue is None or not says_nothing(mark.cue)


class Attributions:
    """Set ``doc._.attributions``, and its spans as ``doc.spans["attributions"]``."""

    def __init__(self, tagger: Tagger) -> None:
        """Find what ``tagger`` marks, and what syntax alone shows."""
        self.tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        """Find the attributions of ``doc``, which has been encoded and parsed."""
        proposals = self.tagger.propose(doc)
        sure = {span for span, score in proposals.likely.items() if score > SURE}

        @cache
        def is_possible(span: Span) -> bool:
            return span in proposals or self.tagger.is_possible(span)

        scene = Scene(doc, propose(doc))
        constructed = [
            mark
            for mark in link_spans(scene)
            if is_clear(mark) or any(map(is_possible, mark.content))
        ]
        tagged = filter(says_something, _tagged(scene, proposals, constructed, is_possible))
        attributions = merge(doc, list(tagged), constructed, is_possible)
        attributions = [
            mark for mark in attributions if is_grounded(mark, sure) and says_something(mark)
        ]
        attributions = list(with_subjects(attributions))
        attributions = list(with_cited_sources(attributions))
        attributions = list(complete(doc, attributions))
        attributions = list(without_disclaimers(attributions))
        attributions = list(with_turns(doc, attributions))
        attributions.sort(key=lambda mark: min(span.start for span in spans_of(mark)))
        doc._.attributions = tuple(attributions)
        spans = {
            (span.start, span.end, span.label_): span
            for mark in attributions
            for span in spans_of(mark)
        }
        doc.spans[SPAN_KEY] = [spans[key] for key in sorted(spans)]
        return doc


def _tagged(
    scene: Scene,
    proposals: Proposals,
    constructed: Sequence[Attribution],
    is_possible: Callable[[Span], bool],
) -> list[Attribution]:
    """Return the attributions of the likely spans, and of those that they want.

    The ``scene`` may be any of the Doc.
    """
    spans = list(proposals.likely)
    clear = list(filter(is_clear, constructed))
    spans += governed(spans, proposals.doubtful, clear)
    tagged = link_spans(scene.with_spans(spans), is_possible)
    doubtful = without_nobodys(proposals.doubtful, constructed)
    for missed in (missed_cues, partial(missed_contents, constructed=clear)):
        if wanted := list(missed(spans, doubtful, tagged)):
            spans += wanted
            tagged = link_spans(scene.with_spans(spans), is_possible)
    return tagged


@Language.factory(
    "hearsay_attribution",
    default_config={"path": str(MODEL_PATH)},
    requires=["token.tag", "token.dep", "token.head", "token.lemma", "doc.spans", "doc.tensor"],
    assigns=["doc._.attributions", "doc.spans"],
)
def make_attributions(nlp: Language, name: str, path: str) -> Attributions:
    """Make the component; ``path`` is a model folder."""
    return Attributions(Tagger(load_model(Path(path))))
