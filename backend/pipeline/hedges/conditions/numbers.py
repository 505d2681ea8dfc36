"""Numbers beside the anchor, and topics that look like them."""

from __future__ import annotations

import re

from spacy.tokens import Token

from backend.pipeline.hedges.conditions.grammar import (
    word_after,
)
from backend.pipeline.hedges.conditions.registry import flag
from backend.pipeline.hedges.patterns import Match, word_set

_HAVE_TOPICS = word_set(
    "talk speak think ask know care worry hear read write learn say tell complain warn argue "
    "question book story article film debate concern fact truth idea information report walk turn "
    "right wrong sure certain clear honest serious happy angry curious optimistic concerned"
)
_QUANTITY = re.compile(r"[$£€¥]?\d")
_QUANTITY_WORDS = word_set(
    "half dozen dozens hundred hundreds thousand thousands million millions billion billions "
    "trillion twice thrice double triple quadruple $ £ € ¥ two-thirds noon midnight"
)
_UNITS = word_set(
    "third quarter fifth tenth minute hour day week month year decade century mile kilometer "
    "kilometre foot inch pound ton"
)


@flag("number next")
def has_number_next(match: Match) -> bool:
    """A number, a sum or a word of quantity follows the cue, an article apart."""
    following = [token for token in (word_after(match, n) for n in (1, 2)) if token is not None]
    if [token.lower_ for token in following] == ["one", "of"]:
        return False
    if len(following) == 2 and following[0].lower_ in {"a", "an"} and following[1].lower_ in _UNITS:
        return True
    if following and following[0].lower_ in {"a", "an", "the", "one", "all", "every"}:
        following = following[1:] if not _is_quantity(following[0]) else following[:1]
    return bool(following) and _is_quantity(following[0])


@flag("number before")
def has_number_before(match: Match) -> bool:
    """A number stands just before the cue ("forty *or so*")."""
    before = match.words.token(match.start - 1) if match.start else None
    far = match.words.token(match.start - 2) if match.start > 1 else None
    return any(token is not None and _is_quantity(token) for token in (before, far))


@flag("of a topic")
def is_of_topic(match: Match) -> bool:
    """ "about" after what has topics ("*spoke* about"), before a bare year or "one of"."""
    before = match.words.token(match.start - 1) if match.start else None
    after = word_after(match, 1)
    return (before is not None and before.lemma_.lower() in _HAVE_TOPICS) or (
        match.anchor.tag_ == "IN"
        and after is not None
        and re.fullmatch(r"(1[5-9]|20)\d\d", after.text) is not None
    )


def _is_quantity(token: Token) -> bool:
    return (
        token.tag_ == "CD"
        or token.lower_ in _QUANTITY_WORDS
        or _QUANTITY.match(token.text) is not None
    )
