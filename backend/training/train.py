"""The training loop: attributions and syntax at once, one encoder under both."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from tqdm import tqdm

from backend.training.batches import Batch, Example, collate
from backend.training.losses import (
    Choice,
    Wanted,
    attribution_choices,
    choices,
    loss_of,
    syntax_choices,
)
from backend.training.network import Network
from backend.training.teaching import Lessons

MASK, LAST_SPECIAL = 103, 103  # in BERT's uncased vocabulary


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run depends on beside the data.

    Attributes:
        epochs: how often each window of an article is seen.
        syntax_share: how much of the treebanks' windows, drawn anew, is seen in each epoch.
        batch: windows a step.
        rate: of the encoder, at the peak of a warm-up and linear decay; ``head_rate``: the heads'.
        warm_up: the share of the run in which the rates rise.
        weight_decay: of AdamW.
        dropout: between the encoder and its heads.
        masked: the share of the word pieces that the encoder does not see.
        soft: the share of the loss that teachers give, if there are any; the gold labels the rest.
        without: the fold of the articles that is left out, -1 for none.
        seed: of everything random.
    """

    epochs: float = 8.0
    syntax_share: float = 0.5
    batch: int = 16
    rate: float = 3e-4
    head_rate: float = 1e-3
    warm_up: float = 0.1
    weight_decay: float = 0.01
    dropout: float = 0.2
    masked: float = 0.1
    soft: float = 0.5
    without: int = -1
    seed: int = 0


def train(
    network: Network,
    examples: Sequence[Example],
    recipe: Recipe,
    *,
    taught: Lessons | None = None,
    only: str | None = None,
    frozen: bool = False,
    device: torch.device | None = None,
) -> None:
    """Train ``network`` in place.

    Args:
        network: trained in place, and left on ``device``.
        examples: windows of articles and of treebanks.
        recipe: how.
        taught: what teachers make of ``examples``, which stand in their place if given.
        only: "attribution" or "syntax", to learn one of the two, from its own corpora.
        frozen: leave the encoder as it is, and fit its heads.
        device: by default the processor.
    """
    device = device or torch.device("cpu")
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    network.to(device).train()
    if frozen:
        network.encoder.requires_grad_(False).eval()
    optimizer = torch.optim.AdamW(_groups(network, recipe), fused=True)
    if taught:
        examples, taught = taught.examples, taught.to(device)
    batches = list(_epochs(examples, recipe, only))
    asked = {"attribution": attribution_choices, "syntax": syntax_choices}.get(only or "", choices)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate(step / len(batches), recipe.warm_up)
    )
    progress = tqdm(batches, unit="step", mininterval=5)
    mean = torch.zeros((), device=device)
    for step, places in enumerate(progress):
        batch = collate([examples[i] for i in places], device)
        wanted: dict[str, Wanted] = {}
        if taught:
            wanted = taught.stacked(places, batch.paragraph.shape[1])
        loss = _loss(network, batch, wanted, recipe, asked)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        mean += (loss.detach() - mean) * max(0.02, 1 / (step + 1))
        if step % 50 == 0:
            progress.set_postfix(loss=f"{mean.item():.3f}", refresh=False)


def _loss(
    network: Network,
    batch: Batch,
    wanted: dict[str, Wanted],
    recipe: Recipe,
    asked: Callable[[Network, Tensor, Batch], dict[str, Choice]],
) -> Tensor:
    words = network.words(batch, _hidden(batch.pieces, recipe.masked))
    return loss_of(asked(network, words, batch), wanted, recipe.soft)


def _hidden(pieces: Tensor, share: float) -> Tensor:
    """Put [MASK] in place of a share of the pieces."""
    chosen = torch.rand(pieces.shape, device=pieces.device) < share
    return pieces.masked_fill(chosen & (pieces > LAST_SPECIAL), MASK)


def _groups(network: Network, recipe: Recipe) -> list[dict[str, object]]:
    groups: list[dict[str, object]] = []
    for rate, encoder in ((recipe.rate, True), (recipe.head_rate, False)):
        for decayed in (True, False):
            chosen = [
                weight
                for name, weight in network.named_parameters()
                if weight.requires_grad
                and _is_pretrained(name) == encoder
                and (weight.ndim > 1) == decayed
            ]
            decay = recipe.weight_decay if decayed else 0.0
            groups.append({"params": chosen, "lr": rate, "weight_decay": decay})
    return groups


def _is_pretrained(name: str) -> bool:
    return name.startswith("encoder.") and not name.startswith("encoder.features.")


def _rate(progress: float, warm_up: float) -> float:
    return progress / warm_up if progress < warm_up else (1 - progress) / (1 - warm_up)


def _epochs(examples: Sequence[Example], recipe: Recipe, only: str | None) -> Iterator[list[int]]:
    """Yield the run's batches, as places: each of about one length, all in random order."""
    articles, treebanks = (
        [i for i, e in enumerate(examples) if (e.fold is None) == is_treebank]
        for is_treebank in (False, True)
    )
    articles = [i for i in articles if examples[i].fold != recipe.without]
    articles, treebanks = articles * (only != "syntax"), treebanks * (only != "attribution")
    for part in range(math.ceil(recipe.epochs)):
        share = min(1.0, recipe.epochs - part)
        drawn = random.sample(articles, round(share * len(articles)))
        drawn += random.sample(treebanks, round(share * recipe.syntax_share * len(treebanks)))
        drawn.sort(key=lambda i: len(examples[i].pieces) + 30 * random.random())
        epoch = [drawn[i : i + recipe.batch] for i in range(0, len(drawn), recipe.batch)]
        random.shuffle(epoch)
        yield from epoch
