"""The HTTP side: routes around the engine, and a page of its own."""

from __future__ import annotations

from .app import create_app

__all__ = ["create_app"]
