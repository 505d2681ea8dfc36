"""What a cue tells beyond its source and content: stance, attitude and polarity.

The lexicon is ``rules/cues.toml``: factive and assertive predicates after Hooper (1975) and
Recasens et al. (2013), kinds of attribution after the Penn Discourse Treebank.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Span, Token

from backend.pipeline.marks import Attitude, Stance, tokens_of

RULES_PATH = Path(__file__).parent / "rules" / "cues.toml"
_OPENING = frozenset({'"', "“", "‘", "``", "«", "„"})
_INFINITIVE_WITHIN = 12
"""How many words of the content are looked at for its "to" ("told the head of the … to go")."""


@dataclass(frozen=True, slots=True)
class CueEntry:
    """One entry of the lexicon; see the file's head for what each part means."""

    name: str
    stance: Stance
    attitude: Attitude | None
    words: tuple[tuple[str, ...], ...]
    negated: Stance | None
    content: str | None
    weak: bool
    alone: bool
    adverb: bool
    examples: tuple[str, ...]
    negated_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """The words that deny that something is said."""

    words: frozenset[str]
    unless_followed_by: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class Refusing:
    """The verbs of refusing, and those of what is not said then."""

    verbs: frozenset[str]
    saying: frozenset[str]


@cache
def entries() -> tuple[CueEntry, ...]:
    """Read the lexicon, once."""
    return tuple(_entry(table) for table in _rules()["entry"])


@cache
def negation() -> Negation:
    """Read the words of negation, once."""
    table = _rules()["negation"]
    return Negation(
        words=frozenset(table["words"]),
        unless_followed_by=frozenset(table["unless_followed_by"]),
        phrases=tuple(tuple(phrase.split()) for phrase in table["phrases"]),
        sources=frozenset(table["sources"]),
    )


@cache
def refusing() -> Refusing:
    """Read the words of refusing to say something, once."""
    table = _rules()["refusing"]
    return Refusing(frozenset(table["verbs"]), frozenset(table["saying"]))


def is_hearing(cue: Span, source: Span) -> bool:
    """Does a court hear what ``cue`` ascribes to it: is it told so?"""
    table = _rules()["hearing"]
    return cue.root.lemma_ in table["verbs"] and source.root.lower_ in table["sources"]


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(RULES_PATH.read_text("utf-8"))


@cache
def _by_word() -> dict[str, list[tuple[CueEntry, tuple[str, ...]]]]:
    table = defaultdict(list)
    for entry in entries():
        for words in entry.words:
            table[words[0]].append((entry, words))
    return dict(table)


def _entry(table: dict[str, Any]) -> CueEntry:
    return CueEntry(
        name=table["name"],
        stance=Stance(table["stance"]),
        attitude=Attitude(table["attitude"]) if "attitude" in table else None,
        words=tuple(tuple(words.split()) for words in table["words"]),
        negated=Stance(table["negated"]) if "negated" in table else None,
        content=table.get("content"),
        weak=table.get("weak", False),
        alone=table.get("alone", False),
        adverb=table.get("adverb", False),
        examples=tuple(table["examples"]),
        negated_examples=tuple(table.get("negated_examples", ())),
    )


def read_cue(cue: Span, content: Sequence[Span], negated: bool) -> tuple[Stance, Attitude]:
    """Return the stance and the attitude of ``cue`` towards ``content``."""
    root = cue.root
    inside = tokens_of(content)
    adverbs = [
        t
        for t in root.children
        if t.dep_ == "advmod" and not cue.start <= t.i < cue.end and t.i not in inside
    ]
    tokens = [t for t in (*cue, *adverbs) if not t.is_space]
    bases = [_bases(token) for token in tokens]
    # The word that governs the others decides, then the first in the sentence.
    ranks = [-1 if token.i == root.i else i for i, token in enumerate(tokens)]
    stance = None
    best: tuple[tuple[bool, int, int, bool], CueEntry] | None = None
    for i, forms in enumerate(bases):
        for form in forms:
            for entry, words in _by_word().get(form, ()):
                matched = _subsequence(words, bases, i)
                if matched is None or (entry.alone and len(matched) < len(cue)):
                    continue
                if not _content_fits(entry.content, cue, content):
                    continue
                if entry.adverb:
                    stance = entry.stance
                    continue
                rank = min(ranks[j] for j in matched)
                key = (entry.weak, rank, -len(words), entry.content is None)
                if best is None or key < best[0]:
                    best = key, entry
    if best is None:
        return stance or Stance.NEUTRAL, Attitude.STATEMENT
    entry = best[1]
    own = entry.negated if negated and entry.negated else entry.stance
    return stance or own, entry.attitude or Attitude.STATEMENT


def _bases(token: Token) -> tuple[str, ...]:
    """Return the base form and, if it is another, the word itself.

    Of entries that fit alike, that of the base form counts: who *determined* something found it.
    """
    base, word = token.lemma_.lower(), token.lower_
    return (base,) if base == word else (base, word)


def _subsequence(
    words: Sequence[str], bases: Sequence[tuple[str, ...]], start: int
) -> list[int] | None:
    """Return where ``words`` stand, in order and the first at ``start``, or None."""
    found = [start]
    for word in words[1:]:
        at = next((j for j in range(found[-1] + 1, len(bases)) if word in bases[j]), None)
        if at is None:
            return None
        found.append(at)
    return found


def _content_fits(condition: str | None, cue: Span, content: Sequence[Span]) -> bool:
    if condition is None:
        return True
    if condition == "saying":
        return _is_to_say(cue) or any(map(_is_to_say, content))
    if condition == "infinitive":
        last = cue[-1]
        return (last.lower_ == "to" and last.tag_ in {"TO", "IN"}) or any(
            token.lower_ == "to" and (i == 0 or _is_told_to(token, cue, span))
            for span in content
            for i, token in enumerate(span[:_INFINITIVE_WITHIN])
            if token.i + 1 < len(token.doc)
            and token.nbor().tag_ in {"VB", "RB"}
            and span[0].text not in _OPENING
        )
    return cue[-1].lower_ == condition or any(
        token.lower_ == condition and (i == 0 or token.head.head in cue)
        for span in content
        for i, token in enumerate(span)
    )


def _is_to_say(span: Span) -> bool:
    """Is there "to" in ``span``, and then a verb of saying, as in *declined to comment*?"""
    return any(to.lower_ == "to" and _said_after(to) is not None for to in span)


def _to_say(cue: Span) -> Token | None:
    """Return the verb of saying behind "to" in ``cue`` or right after it: *declined* to *say*."""
    around = cue.doc[cue.start : cue.end + 1]
    return next((verb for to in around if to.lower_ == "to" and (verb := _said_after(to))), None)


def _said_after(to: Token) -> Token | None:
    following = to.doc[to.i + 1 : to.i + 3]
    return next((t for t in following if t.lemma_.lower() in refusing().saying), None)


def _is_told_to(to: Token, cue: Span, content: Span) -> bool:
    """Does ``to`` begin what somebody is to do, as in *told her to go*, not *said he is to go*?"""
    follows = content.start > cue.start and content[0].lower_ != "that"
    return follows and to.head.head in cue and to.nbor(-1).lemma_ != "be"


def is_negated(cue: Span, source: Span | None, inside: Collection[int]) -> bool:
    """Say whether the cue is denied: "did not say", "nobody believes".

    Args:
        cue: the words that signal the attribution.
        source: whose saying it is.
        inside: token indices of what is ascribed, where a negation is the source's own.
    """
    rules = negation()
    if source is not None and source[0].lower_ in rules.sources:
        return True
    words = [_bases(token) for token in cue]
    if any(not refusing().verbs.isdisjoint(word) for word in words) and (said := _to_say(cue)):
        return said.i + 1 in inside
    for phrase in rules.phrases:
        if any(_subsequence(phrase, words, i) for i in range(len(words)) if phrase[0] in words[i]):
            return True
    return any(_is_denial(token, inside) for token in _around(cue, inside))


def _around(cue: Span, inside: Collection[int]) -> list[Token]:
    """Return the words of the cue and those that modify it, with what it shares with a conjunct."""
    own = range(cue.start, cue.end)
    tokens = [*cue, *(child for token in cue for child in token.children if child.i not in own)]
    root = cue.root
    if root.dep_ == "conj" and any(c.lower_ in {"or", "nor"} for c in root.children):
        tokens += root.head.children
    return [t for t in tokens if t.i not in inside]


def _is_denial(token: Token, inside: Collection[int]) -> bool:
    rules = negation()
    if token.lower_ not in rules.words:
        return False
    if token.dep_ not in {"advmod", "det", "cc", "cc:preconj", "mark", "case", "neg", "aux"}:
        return False
    following = token.i + 1
    return not (
        following < len(token.doc)
        and following not in inside
        and token.doc[following].lower_ in rules.unless_followed_by
    )
