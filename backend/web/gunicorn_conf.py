"""How gunicorn serves Hearsay; ``python -m backend serve`` starts it with this file."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from backend.settings import Settings, bracketed

# Each worker computes on one thread: more of them would fight over the same cores.
# Set before anything imports NumPy or ONNX Runtime.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

_settings = Settings.from_environment()

wsgi_app = "backend.web:create_app()"
bind = f"{bracketed(_settings.host)}:{_settings.port}"
workers = _settings.workers
# Threads only hold connections, so that an idle one that a browser keeps open blocks nobody:
# the engine analyses one text at a time.
worker_class = "gthread"
threads = 8
timeout = 300
graceful_timeout = 5
# The model is loaded once; the workers share its memory.
preload_app = True
# No access log; and gunicorn's messages below "error" quote requests that it cannot read.
accesslog = None
loglevel = "error"
control_socket_disable = True

_EXTENSION = Path(__file__).parents[2] / "extension"


def when_ready(server: Arbiter) -> None:
    """Keep the garbage collector from touching, and so copying, the memory that workers share."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Worker) -> None:
    """Tell where to look, once the first worker answers."""
    if worker.age == 1:
        print(
            f"Hearsay is running. Open {_settings.address}/ or load the extension:\n"
            f"  Chrome   chrome://extensions, Developer mode, Load unpacked: {_EXTENSION}\n"
            "  Firefox  about:debugging#/runtime/this-firefox, Load Temporary Add-on: "
            f"{_EXTENSION / 'manifest.json'}\n"
            "Stop it with Ctrl+C.",
            file=sys.stderr,
            flush=True,
        )
