"""Networks in files: their shape, labels, recipe and weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from backend.training.encoder import Encoder, Shape
from backend.training.network import Network
from backend.training.teaching import Teacher
from backend.training.train import Recipe


def save(network: Network, recipe: Recipe, path: Path) -> None:
    """Write a checkpoint."""
    path.parent.mkdir(parents=True, exist_ok=True)
    weights = {name: value.cpu() for name, value in network.state_dict().items()}
    torch.save(
        {
            "shape": asdict(network.encoder.shape),
            "labels": network.labels,
            "recipe": asdict(recipe),
            "weights": weights,
        },
        path,
    )


def load(path: Path, *, dropout: float = 0.0) -> Network:
    """Read a checkpoint that ``save`` wrote."""
    return _network(torch.load(path, weights_only=True), dropout)


def load_teacher(path: Path) -> Teacher:
    """Read a checkpoint, and what its recipe left out."""
    checkpoint = torch.load(path, weights_only=True)
    without = checkpoint["recipe"]["without"]
    return Teacher(_network(checkpoint, 0.0), None if without < 0 else without)


def _network(checkpoint: dict[str, Any], dropout: float) -> Network:
    network = Network(Encoder(Shape(**checkpoint["shape"])), checkpoint["labels"], dropout=dropout)
    network.load_state_dict(checkpoint["weights"])
    return network.eval()


def average(paths: Sequence[Path], to: Path) -> None:
    """Write the mean of the weights of several runs from the same start.

    Such runs end in one basin of the loss, and their mean is better than each (Wortsman et al.,
    ICML 2022).
    """
    checkpoints = [torch.load(path, weights_only=True) for path in paths]
    first = checkpoints[0]
    first["weights"] = {
        name: torch.stack([c["weights"][name] for c in checkpoints]).mean(0)
        for name in first["weights"]
    }
    to.parent.mkdir(parents=True, exist_ok=True)
    torch.save(first, to)
