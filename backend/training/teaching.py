"""What larger networks make of the windows: the choices that a smaller one is to learn.

Articles are read by those teachers that have not been trained on their gold labels, if there are
any: what a teacher knows by heart teaches nothing that the labels do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import torch
from torch import Tensor

from backend.training.batches import Example, collate, in_batches
from backend.training.losses import attribution_choices
from backend.training.network import Network

_BATCH = 32


@dataclass(frozen=True, slots=True)
class Teacher:
    """A network, and the fold of the articles that it was trained without, if any."""

    network: Network
    without: int | None


@dataclass(frozen=True, slots=True)
class Lessons:
    """Examples, and the teachers' probability of each choice.

    Attributes:
        examples: in the order of those that were asked for.
        values: by the name of the choice, of all examples in a row, half precision.
        places: by the name of the choice, where each example's begin.
    """

    examples: list[Example]
    values: dict[str, Tensor]
    places: dict[str, list[int]]

    def to(self, device: torch.device) -> Lessons:
        """Return the same on ``device``."""
        return replace(self, values={name: v.to(device) for name, v in self.values.items()})

    def stacked(self, numbers: Sequence[int], width: int) -> dict[str, Tensor]:
        """Return what is wanted of some examples: (batch, ``width`` words, choices) each."""
        counts = [len(self.examples[number].paragraph) for number in numbers]
        stack: dict[str, Tensor] = {}
        for name, values in self.values.items():
            rows = [
                values[self.places[name][number] : self.places[name][number + 1]].view(count, -1)
                for number, count in zip(numbers, counts, strict=True)
            ]
            size = rows[0].shape[1]
            spans = name in ("last", "first")
            if spans:
                size = 1 + (size - 1) // counts[0] * width
            whole = values.new_zeros(len(rows), width, size)
            for here, row, count in zip(whole, rows, counts, strict=True):
                if spans:
                    here[:count, 0] = row[:, 0]
                    padded = here[:count, 1:].unflatten(1, (-1, width))
                    padded[..., :count] = row[:, 1:].unflatten(1, (-1, count))
                else:
                    here[:count] = row
            stack[name] = whole.float()
        return stack


@torch.inference_mode()  # type: ignore[untyped-decorator]
def lessons(
    teachers: Sequence[Teacher], examples: Sequence[Example], device: torch.device
) -> Lessons:
    """Return ``examples`` with what ``teachers`` make of them: of the attributions in them.

    Their syntax is known: where it is not gold it is a parser's.
    """
    taught: list[dict[str, Tensor]] = [{} for _ in examples]
    for fold in {example.fold for example in examples}:
        numbers = [i for i, example in enumerate(examples) if example.fold == fold]
        unseen = [t for t in teachers if fold is not None and t.without == fold]
        networks = [teacher.network.to(device).eval() for teacher in unseen or teachers]
        chosen = [examples[i] for i in numbers]
        for batch in in_batches(chosen, _BATCH):
            read = _read(networks, [chosen[i] for i in batch], device)
            for i, lesson in zip(batch, read, strict=True):
                taught[numbers[i]] = lesson
    return Lessons(
        list(examples),
        {name: torch.cat([wanted[name] for wanted in taught]) for name in taught[0]},
        {name: [0, *accumulate(len(wanted[name]) for wanted in taught)] for name in taught[0]},
    )


def _read(
    networks: Sequence[Network], examples: Sequence[Example], device: torch.device
) -> Iterator[dict[str, Tensor]]:
    batch = collate(examples, device)
    wanted: dict[str, Tensor] = {}
    for network in networks:
        for name, choice in attribution_choices(network, network.words(batch), batch).items():
            share = choice.scores.softmax(-1) / len(networks)
            wanted[name] = wanted[name] + share if name in wanted else share
    width = batch.paragraph.shape[1]
    for row, example in enumerate(examples):
        count = len(example.paragraph)
        yield {name: _cut(name, p[row, :count], width, count) for name, p in wanted.items()}


def _cut(name: str, choice: Tensor, width: int, words: int) -> Tensor:
    """Take the padding of a batch away from (words, choices), and make one row of it."""
    if name in ("last", "first"):
        none, spans = choice[:, :1], choice[:, 1:].unflatten(1, (-1, width))
        choice = torch.cat([none, spans[..., :words].flatten(1)], dim=1)
    return choice.half().flatten().cpu()
