"""How good a network is at dev windows, by itself: exact spans, tags and dependencies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from backend.pipeline.attribution.tagger import Candidate, best_disjoint
from backend.training.batches import Example, collate, in_batches
from backend.training.losses import syntax_choices
from backend.training.network import Network

_BATCH = 32


@torch.inference_mode()  # type: ignore[untyped-decorator]
def exact_f1(
    network: Network, examples: Sequence[Example], device: torch.device
) -> dict[str, float]:
    """Return the F1 of each role's spans in windows of articles, and that of all roles."""
    network.to(device).eval()
    roles = [*network.labels["span"], "all"]
    right, found, gold = (dict.fromkeys(roles, 0) for _ in range(3))
    for places in in_batches(examples, _BATCH):
        chosen = [examples[i] for i in places]
        batch = collate(chosen, device)
        scores, no_start, no_end = network.spans(network.words(batch))
        scores = 2 * scores - (no_start[:, :, None] + no_end[:, None, :])[:, :, None, :]
        for example, rows in zip(chosen, scores.cpu().numpy(), strict=True):
            marked = _marked(example, rows, network.labels["span"])
            annotated = {
                (start, int(end) + 1, roles[example.gold["begun"][start]])
                for start, end in enumerate(example.gold["last"])
                if end >= 0
            }
            for counts, spans in ((right, marked & annotated), (found, marked), (gold, annotated)):
                for *_, role in spans:
                    counts[role] += 1
                    counts["all"] += 1
    return {role: 200 * right[role] / max(1, found[role] + gold[role]) for role in roles}


def _marked(
    example: Example, scores: np.ndarray, roles: Sequence[str]
) -> set[tuple[int, int, str]]:
    paragraph = example.paragraph
    likely = [
        Candidate(first, last + 1, roles[role], float(scores[first, role, last]))
        for first, role, last in np.argwhere(
            scores[: len(paragraph), :, : len(paragraph)] > 0
        ).tolist()
        if first <= last and paragraph[first] == paragraph[last]
    ]
    return {(one.start, one.end, one.role) for one in best_disjoint(likely)}


@torch.inference_mode()  # type: ignore[untyped-decorator]
def attachment(
    network: Network, examples: Sequence[Example], device: torch.device
) -> dict[str, float]:
    """Return the accuracy of tags and heads (UAS) in windows of treebanks, sentences given."""
    network.to(device).eval()
    right: dict[str, int] = {}
    asked: dict[str, int] = {}
    for places in in_batches(examples, _BATCH):
        batch = collate([examples[i] for i in places], device)
        for name, choice in syntax_choices(network, network.words(batch), batch).items():
            known = choice.gold >= 0
            right[name] = right.get(name, 0) + int(
                ((choice.scores.argmax(-1) == choice.gold) & known).sum()
            )
            asked[name] = asked.get(name, 0) + int(known.sum())
    return {name: 100 * right[name] / max(1, asked[name]) for name in right}
