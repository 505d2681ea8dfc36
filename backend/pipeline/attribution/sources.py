"""How far a source can be checked, from the phrase itself.

**Named**: somebody answers for the claim, and the phrase says who: a name; a pronoun, which
stands for one unless the article says otherwise; one incorporated body spoken of as known ("the
ministry"); a document whose author or title is given. **Described**: persons by their role,
groups of them, whoever is in power ("the authorities"), documents. **Vague**: crowds that anybody
may belong to. The words are in ``rules/sources.toml``.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from backend.pipeline.attribution.names import Bearer, Name, Names, is_acronym, name_parts
from backend.pipeline.attribution.word_lists import listed, singular
from backend.pipeline.columns import columns_of
from backend.pipeline.marks import SourceKind

SINGULAR_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "myself"})
THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PRONOUNS = SINGULAR_PERSON | FIRST_PERSON | THING | PLURAL | RELATIVE

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_COUNTING = frozenset({"a", "an", "several", "both"})
_AUTHOR = frozenset({"by", "from", "of"})
_MODIFIERS = frozenset({"acl", "acl:relcl", "nmod", "amod", "advcl"})
_PAUSES = frozenset({",", "--", "—", "–", "("})
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})


def kind_of(source: Span | None, names: Names) -> SourceKind:
    """Return how far the reader can check ``source``; ``names`` are those of its Doc."""
    if source is None:
        return SourceKind.UNSTATED
    head = head_of(source)
    if word := source_pronoun(source):
        if word in PLURAL or word in RELATIVE:
            return SourceKind.DESCRIBED
        return SourceKind.NAMED
    inside = names.within(source.start, source.end)
    if any(name.start <= head.i < name.end for name in inside):
        return SourceKind.NAMED
    if apposed_name(source, head, inside) is not None:
        return SourceKind.NAMED
    return _kind_of_noun(source, head, inside)


def is_person_noun(token: Token) -> bool:
    """Say whether a common noun that says something is a person: no body, crowd or document."""
    lists = ("body", "collective", "document", "everybody", "indefinite")
    return not any(listed(name, token.lemma_.lower(), token.lower_) for name in lists)


def is_document(token: Token) -> bool:
    """Say whether a common noun is one of a text, data or a picture."""
    return listed("document", token.lemma_.lower(), token.lower_)


def source_pronoun(source: Span) -> str | None:
    """Return the pronoun that ``source`` consists of, in lower case, if it does."""
    columns = columns_of(source.doc)
    words = [
        i
        for i in range(source.start, source.end)
        if not (columns.is_punct[i] or columns.is_space[i])
    ]
    if len(words) != 1 or columns.lower[words[0]] not in PRONOUNS:
        return None
    return None if is_acronym(source.doc[words[0]]) else columns.lower[words[0]]


def head_of(source: Span) -> Token:
    """Return the word that heads the phrase, past a possessive ending or a mark."""
    root = source.root
    if root.is_punct or root.lower_ in {"'s", "’s"}:
        return next((t for t in reversed(source) if t.is_alpha), root)
    return root


def apposed_name(source: Span, head: Token, names: list[Name]) -> Name | None:
    """Return the name that ``source`` gives its head beside a role, if it does.

    "the minister, Tomas Redl", "campaign spokesman Jason Miller".
    """
    doc = source.doc
    for name in names:
        tokens = [doc[i] for i in range(name.start, name.end)]
        if name.bearer is Bearer.BODY and not _between_commas(source, name):
            continue
        tied = any(
            (t.head.i == head.i and t.dep_ in {"appos", "flat"})
            or (head.head.i == t.i and head.dep_ in {"appos", "compound"})
            for t in tokens
        )
        is_last = name.start == head.i + 1 and head.pos_ in {"NOUN", "PROPN"}
        if (tied and not _follows_preposition(name, doc)) or is_last:
            return name
        if _between_commas(source, name):
            return name
    return closing_name(source, names)


def closing_name(source: Span, names: list[Name]) -> Name | None:
    """Return the name that ends the phrase before its first comma, its role standing before it.

    *former secretary of state Hillary Clinton*, *supporter and actor Tim Robbins, who …*: read
    off the words, as parsers lose their way in a row of nouns.
    """
    doc = source.doc
    end = next((t.i for t in source if t.text in _PAUSES), source.end)
    name = next((name for name in names if name.end == end), None)
    if name is None or name.start <= source.start or name.bearer is Bearer.PLACE:
        return None
    before = doc[source.start : name.start]
    if name.bearer is Bearer.BODY:
        return name if len(before) > 1 and _is_beside_noun(before) else None
    if before[-1].tag_ != "NN" or any(t.tag_.startswith("V") for t in before):
        return None
    is_simple = all(t.lower_ == "of" or t.tag_ != "IN" for t in before)
    of = next((t for t in reversed(before) if t.lower_ == "of"), None)
    parts = name_parts()
    people = parts.titles.keys() | parts.roles.keys()
    if not is_simple or (of is not None and people & {t.lower_ for t in doc[of.i : name.start]}):
        return None
    return name


def _is_beside_noun(before: Span) -> bool:
    """Say whether ``before`` ends in a noun and "the": "the organization the … League"."""
    return before[-1].lower_ == "the" and before[-2].pos_ == "NOUN"


def _follows_preposition(name: Name, doc: Doc) -> bool:
    return name.start > 0 and doc[name.start - 1].tag_ == "IN"


def _between_commas(source: Span, name: Name) -> bool:
    """Say whether the name is all that stands between commas or the phrase's end."""
    doc = source.doc
    before = doc[name.start - 1] if name.start > source.start else None
    return (
        before is not None
        and before.text in {",", "--", "—", "–"}
        and (name.end >= source.end or doc[name.end].text in {",", "--", "—", "–", "("})
        and name.bearer is not Bearer.PLACE
    )


def _kind_of_noun(source: Span, head: Token, names: list[Name]) -> SourceKind:
    words = (head.lemma_.lower(), head.lower_)
    left = [t for t in head.lefts if t in source]
    right = [t for t in head.rights if t in source]
    is_plural = head.tag_ in _PLURAL_TAGS or head.lower_ == "people"
    is_definite = any(t.lower_ in _DEFINITE or t.dep_ == "nmod:poss" for t in left)
    is_counted = any(t.dep_ == "nummod" or t.lower_ in _COUNTING for t in left)
    if head.tag_ == "CD" and any(t.dep_ == "nmod" for t in right):
        return SourceKind.DESCRIBED  # "one of the officials"
    if listed("indefinite", *words):
        return SourceKind.VAGUE
    if is_plural and any(listed("vague quantifier", t.lower_) for t in left):
        return SourceKind.VAGUE
    if listed("nameless", *words):
        is_told = is_counted and is_plural
        is_told = is_told or any(t.dep_ in _MODIFIERS for t in (*left, *right))
        is_told = is_told or any(t.dep_ == "compound" for t in left)  # "a police source"
        return SourceKind.DESCRIBED if is_told else SourceKind.VAGUE
    if listed("everybody", *words):
        return SourceKind.VAGUE
    if listed("open group", *words, singular(head.lower_)):
        return _kind_of_group(head, left, right, is_plural, is_definite or is_counted)
    if head.tag_ == "NNPS" and not (is_definite or is_counted):
        return SourceKind.VAGUE
    names_before = any(name.end <= head.i for name in names)
    if listed("body", *words) and not is_plural and (is_definite or names_before):
        return SourceKind.NAMED
    if listed("collective", *words):
        return SourceKind.NAMED if names_before else SourceKind.DESCRIBED
    if listed("document", *words):
        return _kind_of_document(head, left, right, is_plural, names)
    return SourceKind.DESCRIBED


def _kind_of_group(
    head: Token, left: list[Token], right: list[Token], is_plural: bool, is_marked_off: bool
) -> SourceKind:
    """Return the kind of a crowd: described once it is one person, counted, or bounded."""
    bounded = any(listed("body", t.lower_) or t.lower_ == "congressional" for t in left) or any(
        t.dep_ == "nmod" and any(c.lower_ in {"at", "in", "with", "from"} for c in t.children)
        for t in right
    )
    if not is_plural and not head.lower_.endswith("s"):
        return SourceKind.DESCRIBED
    return SourceKind.DESCRIBED if is_marked_off or bounded else SourceKind.VAGUE


def _kind_of_document(
    head: Token, left: list[Token], right: list[Token], is_plural: bool, names: list[Name]
) -> SourceKind:
    """Return the kind of a document: named where its author or its title is."""
    doc = head.doc
    for name in names:
        before = doc[name.start - 1].lower_ if name.start else ""
        if before in {"the", "a", "an"} and name.start > 1:
            before = doc[name.start - 2].lower_
        if name.end <= head.i or before in _AUTHOR:
            return SourceKind.NAMED
    if any(
        t.text in {"“", '"', "‘", "''", "``"} for t in doc[head.left_edge.i : head.right_edge.i]
    ):
        return SourceKind.NAMED
    if is_plural and not left and not right:
        return SourceKind.VAGUE
    return SourceKind.DESCRIBED
