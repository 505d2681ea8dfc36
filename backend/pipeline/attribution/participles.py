"""Who says what a participle says: *Claiming that it rained, Ann left*, *Ann left, saying “…”*.

It is the subject of what the participle hangs on, or whoever says something beside it, or the
subject of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from backend.pipeline.attribution.constructions import constructions
from backend.pipeline.attribution.scene import SOURCE
from backend.pipeline.marks import Attribution, tokens_of

_OF_NOUNS = frozenset({"acl", "acl:relcl", "amod", "nmod", "compound"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_EMPTY = frozenset({"it", "there", "that", "this", "which", "what"})


def with_subjects(attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield ``attributions``, those of participles that lack a source with the one they share."""
    for mark in attributions:
        source = _shared(mark, attributions) if _is_of_participle(mark) else None
        yield mark if source is None else replace(mark, source=source)


def _is_of_participle(mark: Attribution) -> bool:
    if mark.source is not None or mark.cue is None:
        return False
    verb = mark.cue.root
    return (
        verb.tag_ == "VBG"
        and (verb.dep_ not in _OF_NOUNS or _follows_comma(mark.cue))
        and verb.lemma_.lower() in constructions().speech
        and not any(t.dep_ in {"nsubj", "aux"} for t in verb.lefts)
    )


def _shared(mark: Attribution, attributions: Sequence[Attribution]) -> Span | None:
    cue = mark.cue
    assert cue is not None
    sentence = cue.sent
    if sentence.start == cue.start and _follows_comma(cue):
        sentence = cue.doc[cue.start - 1].sent  # which the parser ended too early
    said = tokens_of(mark.content)

    def may_say(subject: Span | None) -> bool:
        return subject is not None and said.isdisjoint(range(subject.start, subject.end))

    above = cue.root.head
    if cue.root.dep_ == "advcl" and above.i < cue.start and may_say(subject := _subject(above)):
        return subject
    beside = [
        other
        for other in attributions
        if other.cue is not None
        and other.source is not None
        and sentence.start <= other.cue.start < sentence.end
        and other.cue.root.tag_ in _FINITE
        and other.cue.root.dep_ != "acl:relcl"
        and other.cue.start not in said
        and not any(span.start <= cue.start < span.end for span in other.content)
    ]
    if beside:
        nearest = min(beside, key=lambda other: abs(_start(other) - cue.start))
        return nearest.source
    subject = _subject(sentence.root)
    if subject is None or subject.start <= cue.start < subject.end:
        return None
    return subject if may_say(subject) else None


def _follows_comma(cue: Span) -> bool:
    return bool(cue.start > 0 and cue.doc[cue.start - 1].text == ",")


def _subject(verb: Token) -> Span | None:
    """Return the subject of ``verb``, if it is one that can say something."""
    for token in verb.lefts:
        if token.dep_ in _SUBJECTS and token.lower_ not in _EMPTY:
            start, end = token.left_edge.i, token.right_edge.i + 1
            while end > start and verb.doc[end - 1].is_punct:
                end -= 1
            return Span(verb.doc, start, end, label=SOURCE)
    return None


def _start(mark: Attribution) -> int:
    return int(mark.cue.start) if mark.cue is not None else 0
