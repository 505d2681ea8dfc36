"""Puts together what the tagger and the constructions found, as one list of attributions.

The tagger's stand. A construction adds what the tagger left out: the source of a cue, a fronted
phrase of a content, an attribution outside everything tagged, one around a quotation within a
tagged content, and one in a coordinate clause that the tagger took for the end of a content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from backend.pipeline.attribution.constructions import constructions
from backend.pipeline.columns import columns_of
from backend.pipeline.marks import Attribution, tokens_of

_RELATIVE = frozenset({"WP", "WDT"})
_FINITE = frozenset({"VBD", "VBZ", "VBN"})
"""Tags of a verb in a clause of its own: some past forms are taken for participles, and infinitives
for VBP."""


def merge(
    doc: Doc,
    tagged: Sequence[Attribution],
    constructed: Iterable[Attribution],
    is_possible: Callable[[Span], bool] = lambda _: True,
) -> list[Attribution]:
    """Return ``tagged``, and of ``constructed`` what adds to it.

    A content that ``is_possible`` rules out does not take the place of a tagged one.
    """
    constructed = [mark for mark in constructed if mark.cue is not None]
    with_cue_at = {i: mark for mark in reversed(constructed) for i in tokens_of([mark.cue])}
    cues = tokens_of(mark.cue for mark in tagged)
    marked = tokens_of(span for mark in tagged for span in spans_of(mark))
    quotations = columns_of(doc).quotations
    quoted = {i for start, end in quotations for i in range(start, end)}
    openings = {start for start, _ in quotations}
    found = [_completed(mark, with_cue_at, marked, openings, is_possible) for mark in tagged]
    content_at = {
        i: (number, place)
        for number, mark in enumerate(found)
        for place, span in enumerate(mark.content)
        for i in range(span.start, span.end)
    }
    parted: list[tuple[int, Attribution]] = []
    for mark in constructed:
        cue, whole = tokens_of([mark.cue]), tokens_of(spans_of(mark))
        if cue.isdisjoint(marked):
            found.append(mark)
            parted += [
                (content_at[i][0], mark) for i in tokens_of(mark.content) & content_at.keys()
            ]
        elif mark.source is None or not cue.isdisjoint(cues) or min(cue) not in content_at:
            continue
        else:
            number, place = content_at[min(cue)]
            outer = found[number]
            is_same = _share_source(mark, outer)
            said = whole - tokens_of([mark.source]) if is_same else whole
            if not said <= tokens_of([outer.content[place]]):
                continue
            if is_same:
                if (shorter := _cut_before(outer, place, mark)) is not None:
                    found[number] = shorter
                    found.append(mark)  # she said it was late and called for a vote
            elif not quoted.isdisjoint(tokens_of(mark.content)) or _is_all_of(outer, place, mark):
                found.append(mark)  # “…,” says Ann, according to the BBC
            elif (shorter := _cut_before(outer, place, mark)) is not None:
                found[number] = shorter
                found.append(mark)
    for number, mark in dict.fromkeys(parted):
        found[number] = _without(found[number], mark, with_cue_at)
    return found


def spans_of(mark: Attribution) -> list[Span]:
    """Return every span of ``mark``."""
    return [span for span in (mark.source, mark.cue, *mark.content) if span is not None]


def _completed(
    mark: Attribution,
    with_cue_at: Mapping[int, Attribution],
    marked: set[int],
    openings: set[int],
    is_possible: Callable[[Span], bool],
) -> Attribution:
    """Return ``mark`` with what a construction of its cue has beside it: a source, more content."""
    content, source = tokens_of(mark.content), tokens_of([mark.source])
    for other in (with_cue_at[i] for i in sorted(tokens_of([mark.cue])) if i in with_cue_at):
        if _takes_up(other, mark):
            return other
        if mark.source is None and other.source is not None:
            said = tuple(
                span for span in mark.content if not tokens_of([span]) & tokens_of([other.source])
            )
            return replace(other, content=said or other.content)
        if _is_part(mark.source, other.source):
            mark = replace(mark, source=other.source)
        same = source & tokens_of([other.source]) if source else other.source is None
        if source and same:
            mark = _with_quotations(mark, other, marked, openings)
        more = tokens_of(other.content) - content
        if not (same and more and more.isdisjoint(marked) and _in_one_sentence(mark, other)):
            continue
        longer = (span for span in other.content if content & tokens_of([span]))
        if not all(map(is_possible, longer)):
            continue
        if content <= tokens_of(other.content):
            return replace(mark, content=other.content)
        if source or content & tokens_of(other.content):
            continue
        return replace(mark, content=tuple(sorted((*mark.content, *other.content), key=_start)))
    return mark


def _in_one_sentence(mark: Attribution, other: Attribution) -> bool:
    sentences = columns_of(mark.content[0].doc).sentences
    return len({sentences[span.start] for span in (*mark.content, *other.content)}) == 1


def _with_quotations(
    mark: Attribution, other: Attribution, marked: set[int], openings: set[int]
) -> Attribution:
    """Return ``mark`` with the quotations that ``other``, of the same cue and source, has more.

    They are no part of anything ``marked``: *“…,” said Ann. “…”*.
    """
    more = [
        span
        for span in other.content
        if span.start in openings and marked.isdisjoint(tokens_of([span]))
    ]
    if not more or not any(span.start in openings for span in mark.content):
        return mark
    return replace(mark, content=tuple(sorted((*mark.content, *more), key=_start)))


def _is_part(source: Span | None, other: Span | None) -> bool:
    """Is ``source`` but the owner of ``other``, *the club's* of *the club's statement*?

    Or broken off in a relative clause of it, *an aide, who* of *an aide, who asked for patience*?
    """
    if source is None or other is None or source.start != other.start or source.end >= other.end:
        return False
    return source[-1].tag_ == "POS" or any(
        token.tag_ in _RELATIVE and source.end <= token.head.i < other.end for token in source
    )


def _takes_up(other: Attribution, mark: Attribution) -> bool:
    """Is something else in ``mark`` part of ``other``'s longer cue, or its source, or not it?

    *Rumour* is no source in *Rumour has it*, *Ann* no content in *Ann was quoted as saying*, and
    who *has confirmation from the police* is not the one who confirms.
    """
    cue, source = tokens_of([other.cue]), tokens_of([other.source])
    if not tokens_of([mark.cue]) < cue:
        return False
    if source and mark.source is not None and not source & tokens_of([mark.source]):
        return True
    return bool(cue & tokens_of([mark.source]) or tokens_of(mark.content) & source)


def _start(span: Span) -> int:
    return int(span.start)


def _without(
    mark: Attribution, added: Attribution, with_cue_at: Mapping[int, Attribution]
) -> Attribution:
    """Return ``mark`` less those of its contents that ``added`` has; one at least it keeps.

    That is, where ``added`` has them all, what the construction with its own cue finds.
    """
    theirs = tokens_of(added.content)
    own = tuple(span for span in mark.content if not tokens_of([span]) <= theirs)
    if not own:
        other = next((with_cue_at[i] for i in tokens_of([mark.cue]) if i in with_cue_at), None)
        own = other.content if other and theirs.isdisjoint(tokens_of(other.content)) else ()
    return replace(mark, content=own) if own else mark


def _is_all_of(outer: Attribution, place: int, mark: Attribution) -> bool:
    """Is a content of ``outer``, as a whole, that somebody says something?

    *According to the BBC, Ann said that it rained*: two who answer for it. In *Bob denied that
    Ann said so* the cue governs the content, which is then the words of one. *The paper quoted
    Ann as saying so* shows both.
    """
    span = outer.content[place]
    if outer.cue is None or mark.cue is None:
        return False
    as_saying = mark.cue.start > span.start and span.doc[mark.cue.start - 1].lower_ == "as"
    if as_saying and outer.cue.root.lemma_.lower() in constructions().quoted:
        return True
    besides = tokens_of([span]) - tokens_of(spans_of(mark))
    if mark.cue.root.i != span.root.i and not all(span.doc[i].is_punct for i in besides):
        return False
    is_speech = mark.cue.root.lemma_.lower() in constructions().speech
    return is_speech and outer.cue[0].lower_ == "according"


def _share_source(mark: Attribution, outer: Attribution) -> bool:
    """Have both the same source, perhaps but for a comma, outside the content of ``outer``?"""
    own, other = tokens_of([mark.source]), tokens_of([outer.source])
    return bool(own & other) and own.isdisjoint(tokens_of(outer.content))


def _cut_before(outer: Attribution, place: int, mark: Attribution) -> Attribution | None:
    """Cut a content of ``outer`` before the coordinate clause that ``mark`` stands in.

    *According to Ann, it was over, but the ministry announced a new start*: what stands beside
    a content, not above it, reaches no further than its clause. *She said it was late and called
    for a vote*: what she says reaches to where she goes on.
    """
    verb = mark.cue.root if mark.cue is not None else None
    span = outer.content[place]
    if verb is None or verb.dep_ != "conj" or outer.cue is None:
        return None
    own = tokens_of([mark.cue, *mark.content])
    if not own.isdisjoint(tokens_of([outer.source])):
        return None
    if _share_source(mark, outer):
        if verb.tag_ not in _FINITE:
            return None
        clause: set[int] = set()  # the parser may hang words on it that stand before
    else:
        own |= tokens_of([mark.source])
        is_governed = outer.cue.root.i in {token.head.i for token in span}
        if is_governed or not span.start <= verb.head.i < span.end:
            return None
        clause = {token.i for token in verb.subtree}
    end = _clause_start(span, min(own), clause)
    if end <= span.start:
        return None
    shorter = Span(span.doc, span.start, end, label=span.label)
    content = (*outer.content[:place], shorter, *outer.content[place + 1 :])
    return replace(outer, content=content)


def _clause_start(span: Span, inside: int, clause: set[int]) -> int:
    """Return where in ``span`` the clause around ``inside`` begins, its conjunction included."""
    doc, start = span.doc, inside
    while start > span.start and start - 1 in clause:
        start -= 1
    while start > span.start and (_parts(doc[start - 1]) or doc[start - 1].dep_ == "cc"):
        start -= 1
    return start


def _parts(token: Token) -> bool:
    return bool(token.is_punct and not token.is_quote)
