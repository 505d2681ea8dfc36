"""The hedge rules: TOML files beside the code, one for each kind, and how they are read.

A linguist adds a phrase by adding a ``[[rule]]``, or a word to a rule's ``words``; the examples
of every rule run as tests. Each rule has

- ``name``: what it finds, for people;
- ``patterns``: see ``patterns``; and ``words``, a list that they may name as ``$words``;
- ``when`` and ``unless``: conditions that must all hold, and of which none may: see
  ``conditions``;
- ``examples`` and ``counterexamples``: sentences in which it marks what stands in brackets, and
  sentences in which no word may be marked by it. ``{}`` stands for each of ``words`` in turn
  where all of them fit.

The kind is the file's name. Rules of ``not_hedges.toml`` mark nothing: where one matches, no
shorter phrase inside it is a hedge ("as soon as *possible*").
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from backend.pipeline.hedges.conditions import Condition, compile_condition
from backend.pipeline.hedges.patterns import Match, Pattern, Words, compile_pattern, match_at
from backend.pipeline.marks import HedgeKind

RULES_PATH = Path(__file__).parent / "rules"
_FIELDS = {"name", "patterns", "words", "when", "unless", "examples", "counterexamples"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the rules. ``kind`` is None where it says what is no hedge."""

    name: str
    kind: HedgeKind | None
    patterns: tuple[Pattern, ...]
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]

    def allows(self, match: Match) -> bool:
        """Say whether the conditions of this rule hold for ``match``."""
        return all(holds(match) for holds in self.when) and not any(
            holds(match) for holds in self.unless
        )


@dataclass(slots=True)
class RuleBook:
    """All rules, with their patterns under the words by which they are looked up."""

    rules: list[Rule]
    by_word: dict[str, list[tuple[Rule, Pattern]]] = field(default_factory=dict)
    by_lemma: dict[str, list[tuple[Rule, Pattern]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Build the look-up tables."""
        for rule in self.rules:
            for pattern in rule.patterns:
                anchor = pattern.items[pattern.anchor]
                for word in anchor.words:
                    self.by_word.setdefault(word, []).append((rule, pattern))
                for lemma in anchor.lemmas:
                    self.by_lemma.setdefault(lemma, []).append((rule, pattern))

    def matches(self, words: Words) -> Iterator[tuple[Rule, Match]]:
        """Yield every match of every rule whose conditions hold, in the order of the text."""
        lemma_of = words.columns.lemmas
        for position, (form, i) in enumerate(zip(words.forms, words.places, strict=True)):
            found: Sequence[tuple[Rule, Pattern]] = self.by_word.get(form, ())
            lemmas = self.by_lemma.get(lemma_of[i])
            for rule, pattern in [*found, *lemmas] if lemmas else found:
                match = match_at(pattern, words, position)
                if match and rule.allows(match):
                    yield rule, match


@cache
def load_rules(path: Path = RULES_PATH) -> RuleBook:
    """Read every rule file in ``path``; ``lexicon.toml`` there holds the shared word lists.

    Raises:
        ValueError: a rule cannot be read; the message names it.
    """
    with (path / "lexicon.toml").open("rb") as file:
        lists: dict[str, list[str]] = tomllib.load(file)
    rules: list[Rule] = []
    for name in sorted(path.glob("*.toml")):
        if name.stem == "lexicon":
            continue
        kind = None if name.stem == "not_hedges" else HedgeKind(name.stem)
        with name.open("rb") as file:
            rules.extend(_read_rule(entry, kind, lists) for entry in tomllib.load(file)["rule"])
    return RuleBook(rules)


def _read_rule(
    entry: dict[str, object], kind: HedgeKind | None, lists: dict[str, list[str]]
) -> Rule:
    name = str(entry.get("name"))
    unknown = entry.keys() - _FIELDS
    if unknown:
        raise ValueError(f"rule {name!r} has unknown fields: {', '.join(sorted(unknown))}")

    def strings(key: str) -> list[str]:
        value = entry.get(key, [])
        if not isinstance(value, list):
            raise ValueError(f"rule {name!r}: {key} must be a list")
        return [str(each) for each in value]

    words = strings("words")
    lists = {**lists, "words": words}
    try:
        return Rule(
            name=name,
            kind=kind,
            patterns=tuple(compile_pattern(text, lists) for text in strings("patterns")),
            when=tuple(compile_condition(text, lists) for text in strings("when")),
            unless=tuple(compile_condition(text, lists) for text in strings("unless")),
            examples=tuple(_fill(strings("examples"), words)),
            counterexamples=tuple(_fill(strings("counterexamples"), words)),
        )
    except ValueError as error:
        raise ValueError(f"rule {name!r}: {error}") from error


def _fill(examples: list[str], words: list[str]) -> Iterator[str]:
    """Yield each example, with each of ``words`` in turn where it has a gap for one."""
    for example in examples:
        if "{}" in example:
            yield from (example.replace("{}", word.strip("<>")) for word in words)
        else:
            yield example
