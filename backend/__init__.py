"""Hearsay: who each claim is attributed to, and how firmly it is made.

The way of the data: page → blocks → API (``web``) → Doc (``pipeline``) → spans
(``engine``) → overlay (``extension/``).
"""

__version__ = "0.1.0"
