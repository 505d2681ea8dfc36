"""What the network has to choose, word by word, and what wrong choices cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from backend.training.batches import IGNORE, Batch
from backend.training.network import Network

NEVER = -1e4
"""The score of what cannot be chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What each word has to choose among.

    Attributes:
        scores: shape (batch, words, choices).
        gold: the right ones, ``IGNORE`` where nobody knows; shape (batch, words).
        asked: the words that have to choose, shape (batch, words).
        weight: of this choice beside the others.
    """

    scores: Tensor
    gold: Tensor
    asked: Tensor
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a teacher would choose, shape (…, kept) each.

    Attributes:
        choices: the likeliest of each word.
        shares: the probability of each.
    """

    choices: Tensor
    shares: Tensor


def choices(network: Network, words: Tensor, batch: Batch) -> dict[str, Choice]:
    """Return everything that the words of ``batch`` have to choose, by name.

    Args:
        network: the heads.
        words: the words' vectors, shape (batch, words, width).
        batch: where they are from; arcs are chosen in the sentences of its gold labels, and
            relations for its heads.
    """
    return attribution_choices(network, words, batch) | syntax_choices(network, words, batch)


def attribution_choices(network: Network, words: Tensor, batch: Batch) -> dict[str, Choice]:
    """Return the choices of BILUO codes, and of spans by both their ends."""
    gold, paragraph = batch.gold, batch.paragraph
    scores, no_start, no_end = network.spans(words)
    order = torch.arange(paragraph.shape[1], device=paragraph.device)
    allowed = (
        (paragraph[:, :, None] == paragraph[:, None, :])
        & batch.words[:, :, None]
        & (order[:, None] <= order[None, :])
    )
    scores = scores.masked_fill(~allowed[:, :, None, :], NEVER)
    return {
        "label": Choice(network.heads["attribution"](words), gold["label"], batch.words),
        "last": _span_choice(batch, no_start, scores, gold["last"], gold["begun"]),
        "first": _span_choice(batch, no_end, scores.transpose(1, 3), gold["first"], gold["ended"]),
    }


def _span_choice(
    batch: Batch, none: Tensor, scores: Tensor, other_end: Tensor, role: Tensor
) -> Choice:
    """Return each word's choice of a span's other end and role, or of none."""
    words = other_end.shape[1]
    gold = torch.where(other_end < 0, 0, 1 + role * words + other_end)
    gold = torch.where(other_end == IGNORE, IGNORE, gold)
    scores = torch.cat([none.unsqueeze(-1), scores.flatten(2)], dim=-1)
    return Choice(scores, gold, batch.words, 0.5)


def syntax_choices(network: Network, words: Tensor, batch: Batch) -> dict[str, Choice]:
    """Return the choices of tags, parts of speech, sentence starts, heads and relations."""
    gold = batch.gold
    simple = {
        name: Choice(network.heads[name](words), gold[name], batch.words)
        for name in ("tag", "pos", "start")
    }
    arcs, dependents, heads = network.parser(words)
    sentence, head = gold["sentence"], gold["head"]
    same = sentence[:, :, None] == sentence[:, None, :]
    allowed = functional.pad(same, (1, 0), value=True)  # the root serves every sentence
    index = head.clamp(min=0).unsqueeze(-1).expand(-1, -1, heads.shape[-1])
    return simple | {
        "head": Choice(arcs.masked_fill(~allowed, NEVER), head, sentence != IGNORE),
        "relation": Choice(
            network.parser.relations(dependents, heads.gather(1, index)),
            gold["relation"],
            head != IGNORE,
        ),
    }


def loss_of(found: Mapping[str, Choice], wanted: Mapping[str, Wanted], soft: float) -> Tensor:
    """Return what the choices ``found`` cost.

    Args:
        found: of the network.
        wanted: of a teacher, shape (batch, words, kept); may be empty.
        soft: the share of the loss that is the difference from the teacher (Hinton, Vinyals &
            Dean 2015); the rest is that from the gold labels. Without a teacher all is gold.
    """
    total = torch.zeros((), device=next(iter(found.values())).scores.device)
    for name, choice in found.items():
        logits = functional.log_softmax(choice.scores, dim=-1)
        gold = functional.nll_loss(
            logits.flatten(0, 1), choice.gold.flatten(), ignore_index=IGNORE, reduction="sum"
        ) / (choice.gold != IGNORE).sum().clamp(min=1)
        if name in wanted:
            teacher = wanted[name]
            cross = -(teacher.shares * logits.gather(-1, teacher.choices)).sum(-1)
            taught = (cross * choice.asked).sum() / choice.asked.sum().clamp(min=1)
            gold = (1 - soft) * gold + soft * taught
        total = total + choice.weight * gold
    return total
