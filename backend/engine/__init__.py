"""The engine: blocks of text in, spans of the same blocks out. It knows nothing of the web.

>>> from backend.engine import Block, load
>>> load().analyze([Block("b1", "He is said to have fled.")]).to_dict()["hedges"][0]["kind"]
'hearsay'
"""

from __future__ import annotations

from .analysis import Analysis
from .blocks import Block, OffsetUnit
from .engine import Engine, TooManyWordsError, load

__all__ = ["Analysis", "Block", "Engine", "OffsetUnit", "TooManyWordsError", "load"]
