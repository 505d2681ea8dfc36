"""What kind of word the anchor is, and how it is built into its phrase."""

from __future__ import annotations

from backend.pipeline.hedges.conditions.grammar import (
    ALWAYS_MODAL,
    BE,
    SUBJECTS,
    follows_be,
    forms_before,
    predicate,
    word_after,
)
from backend.pipeline.hedges.conditions.registry import flag
from backend.pipeline.hedges.patterns import Match, word_set

_DETERMINERS = word_set(
    "a an the this that these those some any what which every each same no all other"
)


@flag("modal")
def is_modal(match: Match) -> bool:
    """The anchor is a modal verb ("may", not the month of May)."""
    if match.anchor.lower_ in ALWAYS_MODAL:
        return True
    if match.anchor.dep_ in {"obj", "obl", "nmod", "flat", "compound"}:
        return False
    return match.anchor.tag_ == "MD" or match.anchor.dep_ == "aux"


@flag("verb")
def is_verb(match: Match) -> bool:
    """The anchor is a verb in any form."""
    return match.anchor.tag_.startswith("VB")


@flag("finite verb")
def is_finite(match: Match) -> bool:
    """The anchor is a verb with a tense or a modal, or the base form after "to" or "do"."""
    token = match.anchor
    return token.tag_ in {"VBD", "VBP", "VBZ", "VB"} or (
        token.tag_ in {"VBG", "VBN"} and any(child.dep_ == "aux" for child in token.lefts)
    )


@flag("progressive")
def is_progressive(match: Match) -> bool:
    """The anchor is a present participle with a form of "be" ("is thinking")."""
    return match.anchor.tag_ == "VBG" and any(form in BE for form in forms_before(match, 2))


@flag("passive")
def is_passive(match: Match) -> bool:
    """The anchor is a passive participle, with or without a form of "be"."""
    token = match.anchor
    if follows_be(match):
        return True
    if token.tag_ not in {"VBN", "VBD", "JJ"}:
        return False
    children = {child.dep_ for child in token.children}
    if children & {"aux:pass", "nsubj:pass", "csubj:pass"}:
        return True
    return "nsubj" not in children and token.dep_ in {"acl", "amod"}


@flag("passive predicate")
def has_passive_predicate(match: Match) -> bool:
    """The clause of the anchor is passive ("can *be found*")."""
    verb = predicate(match.anchor)
    return any(child.dep_ == "aux:pass" for child in verb.children)


@flag("noun")
def is_noun(match: Match) -> bool:
    """The anchor is a common noun."""
    return match.anchor.tag_ in {"NN", "NNS"}


@flag("adjective")
def is_adjective(match: Match) -> bool:
    """The anchor is an adjective, or a participle that modifies a noun."""
    token = match.anchor
    before_noun = token.dep_ == "compound" and token.head.i > token.i
    return token.tag_ in {"JJ", "JJR", "JJS"} or token.dep_ == "amod" or before_noun


@flag("adverb")
def is_adverb(match: Match) -> bool:
    """The anchor is an adverb."""
    return match.anchor.tag_.startswith("RB") or match.anchor.dep_ == "advmod"


@flag("degree adverb")
def is_degree_adverb(match: Match) -> bool:
    """ "*sort of* sad": no determiner before it and no noun phrase of its own after it."""
    before = forms_before(match, 1)
    if before and before[0] in _DETERMINERS:
        return False
    following = word_after(match, 1)
    return following is not None and not following.tag_.startswith(("NN", "DT"))


@flag("modifies a noun")
def modifies_noun(match: Match) -> bool:
    """The anchor stands before its noun ("an *alleged* thief")."""
    token = match.anchor
    if (
        token.dep_ in {"amod", "advmod", "compound"}
        and token.head.i > token.i
        and token.head.tag_.startswith(("NN", "CD"))
    ):
        return True
    before = match.words.token(match.start - 1) if match.start else None
    after = word_after(match, 1)
    return (  # "this *purported* effort", whatever the tree makes of the participle
        before is not None
        and after is not None
        and before.tag_ in {"DT", "PRP$", "POS", "IN", "JJ"}
        and after.tag_.startswith(("NN", "JJ"))
    )


@flag("clausal predicate")
def is_clausal_predicate(match: Match) -> bool:
    """The anchor is what its clause says, not the modifier of a noun."""
    return not modifies_noun(match)


@flag("after its noun")
def is_after_noun(match: Match) -> bool:
    """The anchor follows the noun that it modifies ("the highest rate *possible*")."""
    return match.anchor.dep_ in {"amod", "acl"} and match.anchor.head.i < match.anchor.i


@flag("after a name")
def is_after_name(match: Match) -> bool:
    """A proper noun stands before the anchor ("*CBS* reports that")."""
    before = match.words.token(match.start - 1) if match.start else None
    return before is not None and before.tag_ in {"NNP", "NNPS"}


@flag("before a relative pronoun")
def has_relative_that(match: Match) -> bool:
    """The "that" after the anchor is a relative pronoun ("the *sign* that he hit")."""
    last = match.words.token(match.end - 1)
    that = last if last.lower_ == "that" else word_after(match, 1)
    return that is not None and that.lower_ == "that" and that.dep_ in {*SUBJECTS, "obj"}
