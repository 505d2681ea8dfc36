"""How much a mention of somebody is in the reader's mind at a later pronoun."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from backend.pipeline.attribution.speakers.discourse import SUBJECTS, Discourse

_MODIFYING = frozenset({"nmod:poss", "nmod", "compound", "amod"})


class Mention(NamedTuple):
    """A place where the article speaks of a person: by name, by role or by pronoun."""

    token: int
    sentence: int
    quotation: int
    is_subject: bool
    is_source: bool
    is_modifier: bool


def mention_at(token: Token, discourse: Discourse) -> Mention:
    """Return the mention whose last word is ``token``."""
    head = phrase_head(token, discourse)
    return Mention(
        token=token.i,
        sentence=discourse.sentence[token.i],
        quotation=discourse.quotation[token.i],
        is_subject=head.dep_ in SUBJECTS,
        is_source=token.i in discourse.source_at,
        is_modifier=head.dep_ in _MODIFYING,
    )


def phrase_head(token: Token, discourse: Discourse) -> Token:
    """Return the word by which a name depends on the sentence, its titles passed over."""
    head, name = token, discourse.entities.name_at(token)
    while head.head.i != head.i and (
        head.dep_ in {"flat", "appos", "nmod:desc"}
        or (name is not None and name.start <= head.head.i < name.end)
    ):
        head = head.head
    return head


def salience(mention: Mention, pronoun: Token, distance: int, discourse: Discourse) -> float:
    """Return how much the one of ``mention`` is in the reader's mind at ``pronoun``.

    The weights are fitted to pronouns of PolNeAR's train articles whose gender alone tells
    whose they are, without that gender.
    """
    i, n = mention.token, pronoun.i
    return (
        0.001 * i / max(n, 1)  # else the later one
        - distance
        + 0.5 * (distance == 0)
        + 1.0 * (discourse.paragraph[i] == discourse.paragraph[n])
        + 0.25 * mention.is_subject
        + 0.5 * (mention.is_subject and pronoun.dep_ in SUBJECTS)
        + 1.0 * (mention.is_source and n in discourse.source_at)
        - 0.5 * mention.is_modifier
        - 1.0 * (mention.quotation not in {-1, discourse.quotation[n]})
    )
