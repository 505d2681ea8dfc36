"""A made-up page as long as one likes, and what an analysis of it would find."""

from __future__ import annotations

import random
import re
from typing import Any

from tests.browser.fake_api import Answer

Json = dict[str, Any]

_NAMES = ("Mara Quint", "Jon Abel", "the ministry", "a spokesman", "Ines Oduya", "critics")
_CLAIMS = (
    "the bridge over the river would be closed for repairs until the spring",
    "nobody had looked at the cables since the flood eleven years ago",
    "the money for it might come from the fund for roads",
    "the town could lose half of its visitors in a single summer",
)
_FILLERS = (
    "On the far bank the market opened at six, as it has on every Saturday since the war.",
    "Two buses stood at the stop with their doors open and nobody inside.",
    "The council met for the third time in a week and went home without a vote.",
    "It may rain before the evening, and the stalls along the quay were already covered.",
)
_CLAIM = re.compile(rf"({'|'.join(_NAMES)}) (said) ((?:{'|'.join(_CLAIMS)}))", re.IGNORECASE)
_HEDGE = re.compile(r"\b(?:may|might|could)\b")


def paragraphs(words: int, seed: int = 8) -> list[str]:
    """Return paragraphs of about 50 words each, in which every third sentence is a claim."""
    chance = random.Random(seed)
    made: list[str] = []
    count = 0
    while count < words:
        sentences = []
        for number in range(3):
            name = chance.choice(_NAMES)
            claim = f"{name[0].upper()}{name[1:]} said {chance.choice(_CLAIMS)}."
            sentences.append(claim if number == 1 else chance.choice(_FILLERS))
        made.append(f"{len(made) + 1}. {' '.join(sentences)}")
        count += len(made[-1].split())
    return made


def html(paragraphs: list[str]) -> str:
    """Return a news page with these paragraphs, every tenth under a heading, some with markup."""
    parts = []
    for number, text in enumerate(paragraphs):
        if number % 10 == 0:
            parts.append(f"<h2>Part {number // 10 + 1} of the story of the bridge</h2>")
        marked = text.replace(" said ", " <b>said</b> ").replace("bridge", '<a href="#">bridge</a>')
        parts.append(f"<div class='text'><p>{marked}</p></div>")
    menu = "".join(f"<li><a href='/{number}'>Section {number}</a></li>" for number in range(40))
    return (
        "<!doctype html><html lang='en'><title>The bridge and the town</title>"
        "<style>body { margin: 0 auto; max-width: 40em; font: 18px/1.5 sans-serif }</style>"
        f"<nav><ul>{menu}</ul></nav><main><article><h1>The bridge and the town</h1>"
        f"{''.join(parts)}</article></main>"
        "<footer><p>All rights reserved.</p></footer></html>"
    )


def analysis(blocks: list[Json]) -> Json:
    """Return what ``POST /v1/analyze`` would answer."""
    reply = Answer().to_dict([])
    for block in blocks:

        def span(start: int, end: int, block: Json = block) -> Json:
            text = block["text"][start:end]
            return {"block": block["id"], "start": start, "end": end, "text": text}

        for found in _CLAIM.finditer(block["text"]):
            vague = found[1].lower() in ("critics", "a spokesman")
            reply["attributions"].append(
                {
                    "id": f"a{len(reply['attributions']) + 1}",
                    "cue": span(*found.span(2)),
                    "source": span(*found.span(1)),
                    "content": [span(*found.span(3))],
                    "source_kind": "vague" if vague else "named",
                    "speaker": None,
                    "stance": "neutral",
                    "attitude": "statement",
                    "quote": "indirect",
                    "negated": False,
                }
            )
        for found in _HEDGE.finditer(block["text"]):
            reply["hedges"].append(
                {
                    "id": f"h{len(reply['hedges']) + 1}",
                    "cue": span(*found.span()),
                    "kind": "modal",
                    "scope": [],
                    "attribution": None,
                }
            )
    return reply
