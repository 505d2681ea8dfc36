"""The wording of every label, from ``labels.json``: the one place that readers' words come from."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import NotRequired, TypedDict, cast


class Label(TypedDict):
    """One value of the API, explained."""

    value: str | bool
    name: str
    definition: str
    why: str
    """Why it matters to a reader."""
    term: str
    """What the literature calls it."""
    example: str
    examples: list[str]
    marks: list[str]
    """What is marked in each of ``examples``."""
    usual: NotRequired[bool]
    """The usual case, which is no news to a reader."""


class Family(TypedDict):
    """The labels that answer one question about a mark."""

    id: str
    name: str
    question: str
    labels: list[Label]


class Labels(TypedDict):
    """All labels, and the version of their wording."""

    version: int
    families: list[Family]
    note: NotRequired[str]


@cache
def load() -> Labels:
    """Return the labels; callers share them and leave them as they are."""
    text = files("backend").joinpath("labels.json").read_text(encoding="utf-8")
    return cast("Labels", json.loads(text))


@cache
def names(family: str) -> dict[str | bool, str]:
    """Return the name of each value in one family.

    :raises KeyError: there is no such family
    """
    found = {entry["id"]: entry["labels"] for entry in load()["families"]}
    return {label["value"]: label["name"] for label in found[family]}
