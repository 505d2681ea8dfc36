"""The component that reads the text once; every learned component after it reads ``doc.tensor``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from backend.pipeline.model import MODEL_PATH, Model, load_model
from backend.pipeline.windows import windows


class Encoder:
    """Fill ``doc.tensor`` with one vector a token, float32, shape (tokens, 384).

    The vector of a word is that of its first piece; whitespace tokens get zeros.
    """

    def __init__(self, model: Model) -> None:
        """Encode with ``model``."""
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        """Encode ``doc``."""
        session = self.model.encoder
        width = session.get_outputs()[0].shape[-1]
        tensor = np.zeros((len(doc), width), dtype=np.float32)
        for window in windows(doc, self.model.tokenizer):
            pieces = window.pieces.reshape(window.blocks, -1)
            features = window.features.reshape(*pieces.shape, -1)
            (encoded,) = session.run(None, {"pieces": pieces, "features": features})
            tensor[window.words] = encoded.reshape(-1, width)[window.first_piece]
        doc.tensor = tensor
        return doc


@Language.factory("hearsay_encoder", default_config={"path": str(MODEL_PATH)})
def make_encoder(nlp: Language, name: str, path: str) -> Encoder:
    """Make the component; ``path`` is a model folder."""
    return Encoder(load_model(Path(path)))
