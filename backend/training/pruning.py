"""Takes from an encoder what matters least to its choices: heads of attention, inner channels.

What one matters is by how much the loss would change, to the first order, if it were not there:
the gradient of the loss by a factor of one on it (Michel, Levy & Neubig, NeurIPS 2019; Molchanov
et al., CVPR 2019). What is left learns to do without, by being trained again.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from backend.training.batches import Example, collate, in_batches
from backend.training.encoder import Encoder, Shape
from backend.training.losses import choices, loss_of
from backend.training.network import Network

_BATCH = 16


def matters(
    network: Network, examples: Sequence[Example], device: torch.device
) -> list[tuple[Tensor, Tensor]]:
    """Return for each layer what its heads matter and its inner channels, shape (n,) each."""
    network.to(device).eval()
    shape = network.encoder.shape
    totals = [
        (torch.zeros(shape.heads, device=device), torch.zeros(shape.inner, device=device))
        for _ in network.encoder.layers
    ]
    for places in in_batches(examples, _BATCH):
        batch = collate([examples[i] for i in places], device)
        gates = [
            (torch.ones_like(heads, requires_grad=True), torch.ones_like(inner, requires_grad=True))
            for heads, inner in totals
        ]
        for layer, pair in zip(network.encoder.layers, gates, strict=True):
            layer.gates = pair
        loss = loss_of(choices(network, network.words(batch), batch), {}, 0.0)
        slopes = torch.autograd.grad(loss, [gate for pair in gates for gate in pair])
        for total, slope in zip([t for pair in totals for t in pair], slopes, strict=True):
            total += slope.abs()
    for layer in network.encoder.layers:
        layer.gates = None
    return totals


def pruned(network: Network, importance: Sequence[tuple[Tensor, Tensor]], shape: Shape) -> Network:
    """Return ``network`` over an encoder of ``shape``, which keeps what matters most."""
    old = network.encoder.shape
    assert (shape.layers, shape.width, shape.head_width) == (
        old.layers,
        old.width,
        old.head_width,
    )
    weights = network.encoder.state_dict()
    for number, (heads, inner) in enumerate(importance):
        kept_heads = heads.topk(shape.heads).indices.sort().values.cpu()
        values = (
            kept_heads[:, None] * shape.head_width + torch.arange(shape.head_width)[None]
        ).flatten()
        channels = inner.topk(shape.inner).indices.sort().values.cpu()
        for name, kept, axis in (
            ("query", values, 0),
            ("key", values, 0),
            ("value", values, 0),
            ("mixed", values, 1),
            ("inner", channels, 0),
            ("outer", channels, 1),
        ):
            key = f"layers.{number}.{name}"
            weights[f"{key}.weight"] = weights[f"{key}.weight"].cpu().index_select(axis, kept)
            if axis == 0:
                weights[f"{key}.bias"] = weights[f"{key}.bias"].cpu()[kept]
    encoder = Encoder(shape)
    encoder.load_state_dict(weights)
    smaller = Network(encoder, network.labels, dropout=network.dropout.p)
    others = {k: v for k, v in network.state_dict().items() if not k.startswith("encoder.")}
    smaller.load_state_dict(others, strict=False)
    return smaller
