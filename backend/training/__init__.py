"""Rebuild the model that ships from public corpora: ``python -m backend.training``.

Needs PyTorch (``backend/training/requirements.txt``); serving does not.
"""
