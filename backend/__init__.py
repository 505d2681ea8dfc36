"""Hearsay: who each claim is attributed to, and how firmly it is made.

The way of the data: page → blocks → API (``web``) → Doc (``pipeline``) → spans
(``engine``) → overlay (``extension/``).
"""

import os

__version__ = "0.1.0"

# ONNX Runtime reports its use to its maker, over the network and from a thread of its own (which
# no forked worker survives), unless this is set before its first import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# One thread computes: products as small as these gain nothing from more, which only wait for one
# another, and fight with other workers. The libraries under NumPy read this when it is imported.
for _variable in ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_variable, "1")
