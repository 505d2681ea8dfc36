"""The small language in which the hedge rules write their phrases, and its matcher.

A pattern is a row of items parted by blanks; each item stands for one word of the text.

=================  ===========================================================================
``unclear``        the word itself, in any case
``has|have``       one of several words
``<seem>``         any form of the verb or noun (by the model's lemma)
``$be``            one of a list of ``lexicon.toml``; ``$words`` is the rule's own list
``%adv``           any word of a class: see ``WORD_CLASSES``
``item?``          the item, or nothing
``item*``          the item, up to three times, or nothing
``!item``          the word that is looked up first (and that conditions and scope go by);
                   without it, the first item that is not a function word
``[`` … ``]``      what is marked, where the pattern also names words around the cue
=================  ===========================================================================

Patterns are found by their looked-up word in a dictionary, so that a text costs one look-up a
word however many rules there are; only then are the neighbours compared. Line breaks end every
pattern; other white space does not count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from backend.pipeline.columns import columns_of
from backend.pipeline.word_forms import VERB_TAGS

WORD_CLASSES: dict[str, frozenset[str]] = {
    "adv": frozenset({"RB", "RBR", "RBS"}),
    "adj": frozenset({"JJ", "JJR", "JJS", "VBN", "VBG"}),
    "noun": frozenset({"NN", "NNS", "NNP", "NNPS"}),
    "verb": VERB_TAGS,
    "number": frozenset({"CD"}),
    "pronoun": frozenset({"PRP", "PRP$"}),
    "participle": frozenset({"VBN", "VBD"}),
    "article": frozenset({"DT", "PRP$"}),
}
"""Classes of words by their Penn Treebank tags; participles are often mistagged as past tense."""

MAX_REPEAT = 3
BREAK = "\n"


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``, parted by blanks."""
    return frozenset(text.split())


_FUNCTION_WORDS = word_set(
    "a about an and any anyone are as at be been but by could did do does far for from had has "
    "have how i if in is it like may might more my no nobody not of on one or out that the there "
    "they to up was we were what whether who with would"
)
_ITEM = re.compile(r"(?P<anchor>!?)(?P<core>[^!?*\[\]]+)(?P<many>[?*]?)")


@dataclass(frozen=True, slots=True)
class Item:
    """One position of a pattern."""

    words: frozenset[str]
    lemmas: frozenset[str]
    tags: frozenset[str]
    least: int = 1
    most: int = 1

    def fits(self, words: Words, position: int) -> bool:
        """Say whether this position of the pattern may be that of ``words``."""
        if words.forms[position] in self.words:
            return True
        i = words.places[position]
        return (bool(self.lemmas) and words.columns.lemmas[i] in self.lemmas) or (
            bool(self.tags) and words.columns.tags[i] in self.tags
        )


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern: its items, the looked-up one, and which items are the cue."""

    text: str
    items: tuple[Item, ...]
    anchor: int
    cue: tuple[int, int]

    @cached_property
    def before(self) -> tuple[Item, ...]:
        """The items before the looked-up one, from there on."""
        return self.items[: self.anchor][::-1]

    @cached_property
    def after(self) -> tuple[Item, ...]:
        """The items after the looked-up one."""
        return self.items[self.anchor + 1 :]


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``start`` to ``end`` (positions in ``words``) fit a pattern around ``anchor``."""

    words: Words
    start: int
    end: int
    anchor: Token


class Words:
    """The words of a Doc without its white space; a ``BREAK`` stands between paragraphs."""

    __slots__ = ("columns", "doc", "forms", "places")

    def __init__(self, doc: Doc) -> None:
        """Read ``doc``."""
        self.doc = doc
        self.columns = columns_of(doc)
        lower, is_space = self.columns.lower, self.columns.is_space
        self.places = [i for i, form in enumerate(lower) if not is_space[i] or "\n" in form]
        """The index in ``doc`` of each word."""
        self.forms = [BREAK if is_space[i] else lower[i].replace("’", "'") for i in self.places]

    def token(self, position: int) -> Token:
        """Return the word at ``position``."""
        return self.doc[self.places[position]]


def compile_pattern(text: str, lists: Mapping[str, Sequence[str]]) -> Pattern:
    """Compile ``text``; ``lists`` are the word lists that it may name.

    Raises:
        ValueError: an item cannot be read, names an unknown list or class, or none is a word.
    """
    items: list[Item] = []
    anchors: list[int] = []
    start, end = 0, -1
    for part in text.replace("[", " [ ").replace("]", " ] ").split():
        if part == "[":
            start = len(items)
            continue
        if part == "]":
            end = len(items)
            continue
        found = _ITEM.fullmatch(part)
        if not found:
            raise ValueError(f"cannot read {part!r} in the pattern {text!r}")
        if found["anchor"]:
            anchors.append(len(items))
        items.append(_compile_item(found["core"], found["many"], lists, text))
    candidates = anchors or [n for n, item in enumerate(items) if _is_content(item)]
    candidates = candidates or [n for n, item in enumerate(items) if item.least and item.words]
    if not candidates:
        raise ValueError(f"no word to look up in the pattern {text!r}")
    return Pattern(text, tuple(items), candidates[0], (start, len(items) if end < 0 else end))


def match_at(pattern: Pattern, words: Words, position: int) -> Match | None:
    """Match ``pattern`` with its looked-up item at ``position``; the match spans the cue."""
    before = _extend(pattern.before, words, position - 1, -1)
    if before is None:
        return None
    after = _extend(pattern.after, words, position + 1, 1)
    if after is None:
        return None
    counts = [*before[::-1], 1, *after]
    first = position - sum(before)
    start = first + sum(counts[: pattern.cue[0]])
    end = first + sum(counts[: pattern.cue[1]])
    return Match(words, start, end, words.token(position)) if start < end else None


def _compile_item(core: str, many: str, lists: Mapping[str, Sequence[str]], text: str) -> Item:
    words: set[str] = set()
    lemmas: set[str] = set()
    tags: frozenset[str] = frozenset()
    pending = core.split("|")
    while pending:
        word = pending.pop()
        if word.startswith("$"):
            if word[1:] not in lists:
                raise ValueError(f"unknown list {word!r} in the pattern {text!r}")
            pending.extend(lists[word[1:]])
        elif word.startswith("%"):
            if word[1:] not in WORD_CLASSES:
                raise ValueError(f"unknown class {word!r} in the pattern {text!r}")
            tags |= WORD_CLASSES[word[1:]]
        elif word.startswith("<") and word.endswith(">"):
            lemmas.add(word[1:-1].lower())
        else:
            words.add(word.lower())
    return Item(
        frozenset(words),
        frozenset(lemmas),
        tags,
        least=0 if many else 1,
        most=MAX_REPEAT if many == "*" else 1,
    )


def _is_content(item: Item) -> bool:
    named = item.words | item.lemmas
    return item.least == 1 and bool(named) and not item.tags and not named & _FUNCTION_WORDS


def _extend(items: Sequence[Item], words: Words, position: int, step: int) -> list[int] | None:
    """Return how many words each item takes going from ``position`` by ``step``, longest first."""
    if not items:
        return []
    item, forms = items[0], words.forms
    taken, at = 0, position
    while (
        taken < item.most and 0 <= at < len(forms) and forms[at] != BREAK and item.fits(words, at)
    ):
        taken, at = taken + 1, at + step
    for count in range(taken, item.least - 1, -1):
        following = _extend(items[1:], words, position + count * step, step)
        if following is not None:
            return [count, *following]
    return None
