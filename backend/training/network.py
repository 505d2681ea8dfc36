"""The network as it is trained: one encoder, and the heads that read it.

For the spans of attributions a BILUO softmax and a biaffine scorer of whole spans (after Yu,
Bohnet & Poesio, ACL 2020), tags, parts of speech, sentence starts, and a biaffine parser (Dozat &
Manning, ICLR 2017).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from backend.training.batches import Batch
from backend.training.encoder import Encoder

ARC_SIZE = 160
RELATION_SIZE = 48
SPAN_SIZE = 96


class Parser(nn.Module):
    """Deep biaffine attention over words."""

    def __init__(self, width: int, relations: int) -> None:
        """Take ``width`` values a word; score ``relations`` labels an arc."""
        super().__init__()
        self.arc_dependent = nn.Linear(width, ARC_SIZE)
        self.arc_head = nn.Linear(width, ARC_SIZE)
        self.relation_dependent = nn.Linear(width, RELATION_SIZE)
        self.relation_head = nn.Linear(width, RELATION_SIZE)
        self.root = nn.Parameter(torch.zeros(width))
        self.arc = nn.Parameter(torch.zeros(ARC_SIZE + 1, ARC_SIZE))
        self.relation = nn.Parameter(torch.zeros(RELATION_SIZE + 1, relations, RELATION_SIZE + 1))
        self.dropout = nn.Dropout(0.2)
        nn.init.xavier_uniform_(self.arc)
        nn.init.normal_(self.relation, std=0.02)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score arcs and prepare the labels.

        Args:
            words: shape (batch, words, width).

        Returns:
            Arc scores (batch, words, 1 + words), the root first; and what ``relations``
            takes: dependents (batch, words, r) and heads (batch, 1 + words, r).
        """
        root = self.root.expand(words.shape[0], 1, -1)
        heads = torch.cat([root, words], dim=1)
        dependent = self.dropout(torch.relu(self.arc_dependent(words)))
        head = self.dropout(torch.relu(self.arc_head(heads)))
        arcs = _with_one(dependent) @ self.arc @ head.transpose(1, 2)
        return (
            arcs,
            self.dropout(torch.relu(self.relation_dependent(words))),
            self.dropout(torch.relu(self.relation_head(heads))),
        )

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Score the labels of given arcs: twice (batch, words, r) → (batch, words, relations)."""
        left = torch.einsum("bwi,ilj->bwlj", _with_one(dependents), self.relation)
        return torch.einsum("bwlj,bwj->bwl", left, _with_one(heads))


class SpanScorer(nn.Module):
    """Biaffine scores of whole spans: what a softmax a word cannot see is where a span ends.

    Of all spans that begin at a word at most one is gold, and of all that end there: each word
    chooses among the ends, and among the beginnings, or none.
    """

    def __init__(self, width: int, roles: int, dropout: float) -> None:
        """Take ``width`` values a word; score ``roles`` labels a span."""
        super().__init__()
        self.start = nn.Linear(width, SPAN_SIZE)
        self.end = nn.Linear(width, SPAN_SIZE)
        self.no_start = nn.Linear(width, 1)
        self.no_end = nn.Linear(width, 1)
        self.weight = nn.Parameter(torch.zeros(SPAN_SIZE + 1, roles, SPAN_SIZE + 1))
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.weight, std=0.02)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score all spans.

        Args:
            words: shape (batch, words, width).

        Returns:
            Scores (batch, first word, roles, last word), and those of no span's beginning and
            no span's end, each (batch, words).
        """
        start = self.dropout(torch.relu(self.start(words)))
        end = self.dropout(torch.relu(self.end(words)))
        left = torch.einsum("bic,crd->bird", _with_one(start), self.weight)
        scores = torch.einsum("bird,bjd->birj", left, _with_one(end))
        return scores, self.no_start(words).squeeze(-1), self.no_end(words).squeeze(-1)


def _with_one(vectors: Tensor) -> Tensor:
    return torch.cat([vectors, vectors.new_ones(*vectors.shape[:-1], 1)], dim=-1)


class Network(nn.Module):
    """The encoder and its heads. ``labels`` names the outputs of each head."""

    def __init__(
        self, encoder: Encoder, labels: dict[str, list[str]], *, dropout: float = 0.1
    ) -> None:
        """Put heads over ``encoder``, which start at random, behind ``dropout``."""
        super().__init__()
        self.labels = labels
        self.encoder = encoder
        width = encoder.shape.width
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleDict(
            {
                name: nn.Linear(width, len(labels[name]))
                for name in ("attribution", "tag", "pos", "start")
            }
        )
        self.spans = SpanScorer(width, len(labels["span"]), dropout)
        self.parser = Parser(width, len(labels["relation"]))

    def words(self, batch: Batch, pieces: Tensor | None = None) -> Tensor:
        """Encode ``batch``, and pick each word's first piece: (batch, words, width).

        ``pieces`` stand in place of the batch's own, where some are hidden.
        """
        pieces = batch.pieces if pieces is None else pieces
        with torch.autocast(pieces.device.type, dtype=torch.bfloat16):
            encoded = self.encoder(pieces, batch.features, batch.mask, batch.blocks)
        encoded = self.dropout(encoded.float())
        return encoded.gather(1, batch.first.unsqueeze(-1).expand(-1, -1, encoded.shape[-1]))
