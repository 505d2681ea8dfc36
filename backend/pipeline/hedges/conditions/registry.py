"""Where conditions are entered under the names by which the rules call them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from backend.pipeline.hedges.patterns import Match

Condition = Callable[[Match], bool]
Place = Callable[[Match], Iterable[Token]]

FLAGS: dict[str, Condition] = {}
PLACES: dict[str, Place] = {}


def flag(name: str) -> Callable[[Condition], Condition]:
    """Enter a condition that rules call ``name``."""

    def register(condition: Condition) -> Condition:
        FLAGS[name] = condition
        return condition

    return register


def place(name: str) -> Callable[[Place], Place]:
    """Enter a place of which rules say ``name in LIST``."""

    def register(find: Place) -> Place:
        PLACES[name] = find
        return find

    return register
