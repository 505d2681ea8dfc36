"""Proposes the spans of attributions from the encoder's vectors: sources, cues and contents.

A softmax a word over BILUO codes, fine-tuned with the encoder on PolNeAR; the best valid
sequence of each paragraph, so that no span crosses one.
"""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc, Span

from backend.pipeline.model import Model
from backend.pipeline.paragraphs import paragraph_bounds
from backend.pipeline.tagging import best_sequence, may_follow, spans_of


class Tagger:
    """The model's head for attributions."""

    def __init__(self, model: Model) -> None:
        """Tag with the "attribution" head of ``model``."""
        self.labels = model.labels["attribution"]
        self.allowed = may_follow(self.labels)
        self.weight = model.heads["attribution.weight"]
        self.bias = model.heads["attribution.bias"]

    def propose(self, doc: Doc) -> list[Span]:
        """Return the spans that the vectors of ``doc`` suggest, labelled SOURCE, CUE or CONTENT."""
        spans: list[Span] = []
        for start, end in paragraph_bounds(doc):
            words = np.array([i for i in range(start, end) if not doc[i].is_space])
            scores = doc.tensor[words] @ self.weight.T + self.bias
            sequence = best_sequence(scores, self.allowed)
            spans.extend(
                Span(doc, int(words[first]), int(words[last - 1]) + 1, label=role)
                for first, last, role in spans_of(sequence.tolist(), self.labels)
            )
        return spans
