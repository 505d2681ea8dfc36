"""The training loop: attributions and syntax in turn, one encoder under both."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from backend.training.examples import IGNORE, Batch, Example, collate
from backend.training.network import Network

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
        agreement: how much it costs that two passes over the same articles, with other pieces
            hidden and other values dropped, end in different choices; 0 saves the second pass.
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
    agreement: float = 0.0
    seed: int = 0


def train(network: Network, tasks: dict[str, list[Example]], recipe: Recipe) -> None:
    """Train ``network`` in place on ``tasks``: "attribution", "syntax", or both."""
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    optimizer = torch.optim.AdamW(_groups(network, recipe), fused=True)
    batches = list(_epochs(tasks, recipe))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate(step / len(batches), recipe.warm_up)
    )
    network.train()
    progress = tqdm(batches, unit="step", mininterval=5)
    means: dict[str, float] = {}
    for task, examples in progress:
        batch = collate(examples)
        if task == "syntax":
            loss = _syntax_loss(network, _encoded(network, batch, recipe.masked), batch)
        else:
            loss = attribution_loss(network, batch, recipe)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        means[task] = 0.98 * means.get(task, loss.item()) + 0.02 * loss.item()
        progress.set_postfix({k: f"{v:.3f}" for k, v in means.items()}, refresh=False)


def save(network: Network, recipe: Recipe, path: Path) -> None:
    """Write a checkpoint: weights, labels and recipe."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(
        {"labels": network.labels, "recipe": asdict(recipe), "weights": network.state_dict()}, path
    )


def load(path: Path, pretrained: Path, *, dropout: float = 0.0) -> Network:
    """Read a checkpoint that ``save`` wrote; ``pretrained`` gives the encoder's shape."""
    checkpoint = torch.load(path, weights_only=True)
    network = Network(pretrained, checkpoint["labels"], dropout=dropout)
    network.load_state_dict(checkpoint["weights"])
    return network.eval()


def average(paths: Sequence[Path], to: Path) -> None:
    """Write the mean of the weights of several runs from the same pretrained encoder.

    Such runs end in one basin of the loss, and their mean is better than each (Wortsman et al.,
    ICML 2022). What a checkpoint lacks is the mean of the others.
    """
    checkpoints = [torch.load(path, weights_only=True) for path in paths]
    first = max(checkpoints, key=lambda checkpoint: len(checkpoint["weights"]))
    first["weights"] = {
        name: torch.stack([c["weights"][name] for c in checkpoints if name in c["weights"]])
        .mean(0, dtype=weight.dtype if weight.is_floating_point() else torch.float32)
        .to(weight.dtype)
        for name, weight in first["weights"].items()
    }
    to.parent.mkdir(parents=True, exist_ok=True)
    torch.save(first, to)


def _groups(network: Network, recipe: Recipe) -> list[dict[str, object]]:
    groups: list[dict[str, object]] = []
    for rate, encoder in ((recipe.rate, True), (recipe.head_rate, False)):
        for decayed in (True, False):
            chosen = [
                weight
                for name, weight in network.named_parameters()
                if name.startswith("encoder.bert.") == encoder and (weight.ndim > 1) == decayed
            ]
            decay = recipe.weight_decay if decayed else 0.0
            groups.append({"params": chosen, "lr": rate, "weight_decay": decay})
    return groups


def _rate(progress: float, warm_up: float) -> float:
    return progress / warm_up if progress < warm_up else (1 - progress) / (1 - warm_up)


def _epochs(tasks: dict[str, list[Example]], recipe: Recipe) -> Iterator[tuple[str, list[Example]]]:
    """Yield the run's batches: each of about one length, all in random order, tasks mixed."""
    for part in range(math.ceil(recipe.epochs)):
        epoch: list[tuple[str, list[Example]]] = []
        for task, examples in tasks.items():
            share = min(1.0, recipe.epochs - part)
            share *= recipe.syntax_share if task == "syntax" else 1.0
            drawn = random.sample(examples, round(share * len(examples)))
            order = sorted(drawn, key=lambda e: len(e.window.pieces) + 30 * random.random())
            epoch.extend(
                (task, order[i : i + recipe.batch]) for i in range(0, len(order), recipe.batch)
            )
        random.shuffle(epoch)
        yield from epoch


def _encoded(network: Network, batch: Batch, masked: float) -> Tensor:
    """Encode ``batch``, a share of its pieces hidden: (batch, words, width)."""
    hidden = (torch.rand(batch.pieces.shape) < masked) & (batch.pieces > LAST_SPECIAL)
    pieces = batch.pieces.masked_fill(hidden, MASK)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words: Tensor = network.words(pieces, batch.features, batch.mask, batch.first)
    return words.float()


@dataclass(frozen=True, slots=True)
class _Choice:
    """What each word has to choose among: scores (batch, words, choices), gold (batch, words)."""

    scores: Tensor
    gold: Tensor
    weight: float


def attribution_loss(network: Network, batch: Batch, recipe: Recipe) -> Tensor:
    """Return the loss of the right choices and, of two passes, that of different ones.

    The latter is R-Drop (Liang et al., NeurIPS 2021): what depends on the pieces and values that
    happened to be seen is noise.
    """
    passes = [
        _choices(network, _encoded(network, batch, recipe.masked), batch)
        for _ in range(2 if recipe.agreement else 1)
    ]
    loss = sum(
        (
            one.weight * _cross_entropy(one.scores, one.gold)
            for choices in passes
            for one in choices
        ),
        torch.zeros(()),
    ) / len(passes)
    if recipe.agreement:
        apart = [_divergence(one, other) for one, other in zip(*passes, strict=True)]
        loss = loss + recipe.agreement * torch.stack(apart).sum()
    return loss


def _divergence(one: _Choice, other: _Choice) -> Tensor:
    """Return the mean of the two Kullback-Leibler divergences between two passes' choices."""
    counted = one.gold != IGNORE
    a, b = (functional.log_softmax(c.scores[counted], dim=-1) for c in (one, other))
    return ((a.exp() - b.exp()) * (a - b)).sum(-1).mean() / 2


def _choices(network: Network, words: Tensor, batch: Batch) -> list[_Choice]:
    gold = batch.gold
    scores, no_start, no_end = network.spans(words)
    paragraph = gold["paragraph"]
    order = torch.arange(paragraph.shape[1])
    allowed = (
        (paragraph[:, :, None] == paragraph[:, None, :])
        & (paragraph[:, :, None] != IGNORE)
        & (order[:, None] <= order[None, :])
    )
    scores = scores.masked_fill(~allowed[:, :, None, :], -1e4)
    return [
        _Choice(network.heads["attribution"](words), gold["attribution"], 1.0),
        _span_choice(no_start, scores, gold["last"], gold["begun"]),
        _span_choice(no_end, scores.transpose(1, 3), gold["first"], gold["ended"]),
    ]


def _span_choice(none: Tensor, scores: Tensor, other_end: Tensor, role: Tensor) -> _Choice:
    """Return each word's choice of a span's other end and role, or of none."""
    words = other_end.shape[1]
    choice = torch.where(other_end < 0, 0, 1 + role * words + other_end)
    choice = torch.where(other_end == IGNORE, IGNORE, choice)
    return _Choice(torch.cat([none.unsqueeze(-1), scores.flatten(2)], dim=-1), choice, 0.5)


def _syntax_loss(network: Network, words: Tensor, batch: Batch) -> Tensor:
    gold = batch.gold
    loss = sum(
        (_cross_entropy(network.heads[name](words), gold[name]) for name in ("tag", "pos")),
        _cross_entropy(network.heads["start"](words), gold["start"]),
    )
    arcs, dependents, heads = network.parser(words)
    sentence = gold["sentence"]
    same = sentence[:, :, None] == sentence[:, None, :]
    allowed = functional.pad(same, (1, 0), value=True)  # the root serves every sentence
    loss = loss + _cross_entropy(arcs.masked_fill(~allowed, -1e4), gold["head"])
    row, word = torch.nonzero((gold["head"] >= 0) & (gold["relation"] >= 0), as_tuple=True)
    chosen = gold["head"][row, word]
    relations = network.parser.relations(dependents[row, word], heads[row, chosen])
    return loss + functional.cross_entropy(relations, gold["relation"][row, word])


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)
