"""What larger networks make of the windows: the choices that a smaller one is to learn.

Articles are read by those teachers that have not been trained on their gold labels, if there are
any: what a teacher knows by heart teaches nothing that the labels do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import torch
from torch import Tensor
from torch.nn import functional

from backend.training.batches import Example, collate, in_batches
from backend.training.losses import Wanted, attribution_choices
from backend.training.network import Network

KEPT = 8
"""Choices of a word that a lesson holds, the likeliest: the rest are of next to no weight."""
_WIDEST = 256
"""More than any window has words: with spans' other ends counted in steps of it, a lesson is the
same in a batch of any width."""
_SPANS = ("last", "first")
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Teacher:
    """A network, and the fold of the articles that it was trained without, if any."""

    network: Network
    without: int | None


@dataclass(frozen=True, slots=True)
class Lessons:
    """Examples, and what the teachers would choose for their words.

    Attributes:
        examples: in the order of those that were asked for.
        wanted: by the name of the choice; of the words of all examples in a row.
        begins: where the words of each example begin, shape (examples,).
    """

    examples: list[Example]
    wanted: dict[str, Wanted]
    begins: Tensor

    def to(self, device: torch.device) -> Lessons:
        """Return the same on ``device``."""
        moved = {
            name: Wanted(wanted.choices.to(device), wanted.shares.to(device))
            for name, wanted in self.wanted.items()
        }
        return replace(self, wanted=moved, begins=self.begins.to(device))

    def stacked(self, numbers: Sequence[int], width: int) -> dict[str, Wanted]:
        """Return what is wanted of the examples ``numbers``, in a batch of ``width`` words.

        Shape (batch, ``width``, ``KEPT``) each. Behind an example's last word stands what belongs
        to no word of it.
        """
        order = torch.arange(width, device=self.begins.device)
        rows = self.begins[list(numbers)][:, None] + order
        stack: dict[str, Wanted] = {}
        for name, wanted in self.wanted.items():
            here = rows.clamp(max=len(wanted.choices) - 1)
            choices = wanted.choices[here].long()
            if name in _SPANS:
                choices = _spans_in(choices, _WIDEST, width)
            stack[name] = Wanted(choices, wanted.shares[here].float())
        return stack


@torch.inference_mode()  # type: ignore[untyped-decorator]
def lessons(
    teachers: Sequence[Teacher], examples: Sequence[Example], device: torch.device
) -> Lessons:
    """Return ``examples`` with what ``teachers`` make of them: of the attributions in them.

    Their syntax is known: where it is not gold it is a parser's.
    """
    taught: list[dict[str, Wanted]] = [{} for _ in examples]
    for fold in {example.fold for example in examples}:
        numbers = [i for i, example in enumerate(examples) if example.fold == fold]
        unseen = [t for t in teachers if fold is not None and t.without == fold]
        networks = [teacher.network.to(device).eval() for teacher in unseen or teachers]
        chosen = [examples[i] for i in numbers]
        for batch in in_batches(chosen, _BATCH):
            read = _read(networks, [chosen[i] for i in batch], device)
            for row, place in enumerate(batch):
                count = len(chosen[place].paragraph)
                taught[numbers[place]] = {
                    name: Wanted(wanted.choices[row, :count], wanted.shares[row, :count])
                    for name, wanted in read.items()
                }
    counts = [len(example.paragraph) for example in examples]
    return Lessons(
        list(examples),
        {
            name: Wanted(
                torch.cat([each[name].choices for each in taught]),
                torch.cat([each[name].shares for each in taught]),
            )
            for name in taught[0]
        },
        torch.tensor([0, *accumulate(counts)][:-1]),
    )


def _read(
    networks: Sequence[Network], examples: Sequence[Example], device: torch.device
) -> Mapping[str, Wanted]:
    """Return the likeliest choices of the words of a batch, by the mean of ``networks``."""
    batch = collate(examples, device)
    shares: dict[str, Tensor] = {}
    for network in networks:
        for name, choice in attribution_choices(network, network.words(batch), batch).items():
            share = choice.scores.softmax(-1) / len(networks)
            shares[name] = shares[name] + share if name in shares else share
    width = batch.paragraph.shape[1]
    read: dict[str, Wanted] = {}
    for name, share in shares.items():
        share = functional.pad(share, (0, max(0, KEPT - share.shape[-1])))
        likeliest = share.topk(KEPT)
        choices = likeliest.indices.where(likeliest.values > 0, 0)
        if name in _SPANS:
            choices = _spans_in(choices, width, _WIDEST)
        read[name] = Wanted(choices.short().cpu(), likeliest.values.half().cpu())
    return read


def _spans_in(choices: Tensor, width: int, other: int) -> Tensor:
    """Number the choices among spans (0 for none) for batches ``other`` words wide."""
    role, place = (choices - 1) // width, (choices - 1) % width
    return torch.where(choices == 0, 0, 1 + role * other + place.clamp(max=other - 1))
