"""Fills in the syntax of windows that nobody has annotated, by a network that has learned it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch
from torch.nn import functional

from backend.training.batches import SYNTAX, Example, collate, in_batches
from backend.training.losses import NEVER
from backend.training.network import Network

_BATCH = 32


@torch.inference_mode()  # type: ignore[untyped-decorator]
def with_syntax(
    network: Network, examples: Sequence[Example], device: torch.device
) -> list[Example]:
    """Return ``examples`` with the syntax that ``network`` sees in those without any.

    News has no treebank here, and a network that reads syntax in treebanks alone may do so by
    what tells treebanks from news: the syntax of articles is taught along, if only by another.
    """
    network.to(device).eval()
    parsed = list(examples)
    bare = [i for i, example in enumerate(examples) if "head" not in example.gold]
    for places in in_batches([examples[i] for i in bare], _BATCH):
        numbers = [bare[place] for place in places]
        read = _read(network, [examples[i] for i in numbers], device)
        for i, example in zip(numbers, read, strict=True):
            parsed[i] = example
    return parsed


def _read(network: Network, examples: Sequence[Example], device: torch.device) -> Iterator[Example]:
    batch = collate(examples, device)
    words = network.words(batch)
    found = {name: network.heads[name](words).argmax(-1) for name in ("tag", "pos", "start")}
    found["start"][:, 0] = 1
    found["sentence"] = found["start"].cumsum(1)
    same = found["sentence"][:, :, None] == found["sentence"][:, None, :]
    same = same & batch.words[:, None, :]
    allowed = functional.pad(same, (1, 0), value=True)
    arcs, dependents, heads = network.parser(words)
    found["head"] = arcs.masked_fill(~allowed, NEVER).argmax(-1)
    index = found["head"].unsqueeze(-1).expand(-1, -1, heads.shape[-1])
    relations = network.parser.relations(dependents, heads.gather(1, index))
    found["relation"] = relations.argmax(-1)
    for row, example in enumerate(examples):
        count = len(example.paragraph)
        syntax = {name: found[name][row, :count].cpu().numpy() for name in SYNTAX}
        yield replace(example, gold=example.gold | syntax)
