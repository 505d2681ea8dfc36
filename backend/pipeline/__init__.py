"""The spaCy pipeline. ``load`` makes it whole; importing ``backend.pipeline.<module>`` registers
that module's factory for ``nlp.add_pipe`` in a pipeline of one's own.

The encoder comes before the components that read ``doc.tensor``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from backend.pipeline.attribution.names import name_parts
from backend.pipeline.model import MODEL_PATH, Model, load_model

COMPONENTS = {
    "hearsay_quotations": "quotations",
    "hearsay_encoder": "encoder",
    "hearsay_syntax": "syntax",
    "hearsay_attribution": "attribution",
    "hearsay_attributes": "attribution",
    "hearsay_speakers": "attribution",
    "hearsay_hedges": "hedges",
}
"""Every component in order, and the module that registers it."""

_WORDS_MET = 16_000
"""How many words the tokenizer meets at the start: half a second then, and half the time for each
text."""
_BEFORE_MARKS = 4_000
"""How many of them it meets with a comma and with a full stop after them, too."""

_READ_MODEL = {"hearsay_encoder", "hearsay_syntax", "hearsay_attribution"}


def load(path: Path = MODEL_PATH) -> Language:
    """Load the whole pipeline over the model folder ``path``.

    Raises:
        FileNotFoundError: a part of the model is missing.
    """
    model = load_model(path)
    nlp = spacy.blank("en", meta={"name": model.name, "version": model.version})
    nlp.max_length = 10_000_000  # the engine has a limit of its own
    assert isinstance(nlp.tokenizer, Tokenizer)
    _pass_over_plain_words(nlp.tokenizer)
    for name, module in COMPONENTS.items():
        importlib.import_module(f"{__name__}.{module}")
        nlp.add_pipe(name, config={"path": str(path)} if name in _READ_MODEL else {})
    _keep_titles_whole(nlp)
    _meet_words(nlp, model)
    return nlp


def _keep_titles_whole(nlp: Language) -> None:
    """Let no sentence end after *Insp.* or *Capt.*, as after spaCy's own *Dr.* and *Gen.*"""
    assert isinstance(nlp.tokenizer, Tokenizer)
    for title in name_parts().titles:
        if title.endswith("."):
            nlp.tokenizer.add_special_case(title.title(), [{ORTH: title.title()}])


def _pass_over_plain_words(tokenizer: Tokenizer) -> None:
    """Let the patterns that part words not be searched for in what is nothing but letters.

    Each of them needs a mark or a digit, and such searches take half of the tokenizer's time.
    """
    for name in ("prefix_search", "suffix_search", "infix_finditer", "url_match"):
        search = getattr(tokenizer, name)
        nothing = () if name == "infix_finditer" else None
        setattr(tokenizer, name, _unless_letters(search, nothing))


def _unless_letters(
    search: Callable[[str], Any], nothing: tuple[()] | None
) -> Callable[[str], Any]:
    return lambda text: nothing if text.isalpha() else search(text)


def _meet_words(nlp: Language, model: Model) -> None:
    """Let the tokenizer and the vocabulary meet the commonest words once and for all.

    A word that is met within ``nlp.memory_zone()`` is worked out anew each time. So are all words
    of a text after one for which the tokenizer has a rule, such as *cannot*: those are left out.
    """
    assert isinstance(nlp.tokenizer, Tokenizer)
    rules = nlp.tokenizer.rules
    numbers: dict[str, int] = model.tokenizer.get_vocab()  # the commonest come first
    known = sorted(filter(str.isalnum, numbers), key=numbers.__getitem__)[:_WORDS_MET]
    words = [word for word in (*known, *map(str.title, known)) if word not in rules]
    marked = (word + mark for word in words[:_BEFORE_MARKS] for mark in ",.")
    words += [word for word in marked if word not in rules]
    nlp.tokenizer.max_cache_size = 4 * _WORDS_MET
    for text in (" ".join(words), "\n", "\n\n"):
        nlp.make_doc(text)
