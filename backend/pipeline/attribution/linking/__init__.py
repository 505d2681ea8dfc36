"""Ties cues, sources and contents into whole attributions.

The ranker gives each content its cue and each cue its source. What is then left open is closed
by rule: a cue without content takes the attribution that it encloses, or the quotation that
makes up the paragraph beside it; a quotation that a paragraph leaves open goes on in the next;
and a paragraph that is only a quotation belongs to the speaker of the paragraph before.
"""

from __future__ import annotations

from collections.abc import Callable, Container

from spacy.tokens import Span

from backend.pipeline.attribution.linking.answering import is_mark, source_of
from backend.pipeline.attribution.linking.links import Link
from backend.pipeline.attribution.linking.quoted import (
    bare_quotations,
    continue_over_paragraphs,
    in_paragraphs_of_their_own,
    of_the_speaker_before,
    share_cue,
    take_beside,
    whole_quotations,
)
from backend.pipeline.attribution.linking.reach import enclose, within_reach
from backend.pipeline.attribution.linking.signed import DASHES, signed_quotations
from backend.pipeline.attribution.ranking import choose_cue
from backend.pipeline.attribution.scene import CONTENT, CUE, Scene
from backend.pipeline.marks import Attribution

__all__ = ["link"]

_CLAUSES = {"ccomp"}


def link(
    scene: Scene,
    speech: Container[str] = (),
    transitive: Container[str] = (),
    is_possible: Callable[[Span], bool] = lambda _: True,
) -> list[Attribution]:
    """Return the attributions that the typed spans (SOURCE, CUE, CONTENT) of ``scene`` make up.

    Args:
        scene: of a parsed Doc with its quotations. Its spans may nest; of one label, none twice.
            Contents far from any cue are left out.
        speech: lemmas of the cues after which a speaker may go on in a paragraph of their own.
        transitive: lemmas of the cues that are passive where no object follows.
        is_possible: whether a content that is none of the spans, and no quotation, can be one.

    Returns:
        Attributions in the order of their cues. A span may serve in more than one; a cue for
        which no content is found makes none.
    """
    if not scene.pieces:
        return []
    signed = {one.content[0]: one for one in signed_quotations(scene)}
    links = {
        cue: Link(cue.start, cue, source_of(scene, cue, transitive))
        for cue in scene.by_label[CUE]
        if scene.words[cue.start] not in DASHES
    }
    chosen = {
        content: choose_cue(scene, content)
        for content in scene.by_label[CONTENT]
        if (content.start, content.end) not in signed
    }
    share_cue(scene, chosen)
    told = {
        cue
        for content, cue in chosen.items()
        if cue is not None
        and not _CLAUSES.isdisjoint(content.relations_to(cue))
        and scene.tags[content.start] != "TO"  # who *is said to have left* is part of it
    }
    bounds = whole_quotations(scene, chosen)
    for content, cue in chosen.items():
        if (
            cue is None
            or cue not in links
            or (cue in told and "nsubj:pass" in content.relations_to(cue))
        ):
            continue  # who was told something is no part of what they were told
        links[cue].content.append(bounds[content])
    for one in links.values():
        one.content = within_reach(scene, one)
    found = [*links.values(), *signed.values()]
    bare = bare_quotations(scene)
    enclose(scene, found, is_possible)
    take_beside(scene, found, bare)
    continue_over_paragraphs(scene, found, bare)
    found += of_the_speaker_before(scene, found, bare, speech)
    found += list(in_paragraphs_of_their_own(scene, found))
    found.sort(key=lambda one: one.at)
    return [
        one.attribution(scene)
        for one in found
        if one.content and (one.source or not one.cue or not is_mark(scene, one.cue))
    ]
