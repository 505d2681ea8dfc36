"""The real server, as ``make run`` starts it, on a port of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120


@dataclass
class Server:
    """A running server."""

    address: str
    """Without a last slash."""
    process: subprocess.Popen[bytes]
    _output: IO[bytes]

    def output(self) -> str:
        """Return all that it has printed so far."""
        self._output.seek(0)
        return self._output.read().decode(errors="replace")

    def stop(self) -> int:
        """Stop it as Ctrl+C does, and return its exit status."""
        self.process.terminate()
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(**settings: str) -> Iterator[Server]:
    """Run a server with these ``HEARSAY_`` settings until the block ends.

    :raises RuntimeError: it does not start; the message is what it printed
    """
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HEARSAY_")}
    environment |= {"HEARSAY_PORT": str(port), "HEARSAY_WORKERS": "1"}
    environment |= {f"HEARSAY_{name}": value for name, value in settings.items()}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "backend", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        server = Server(f"http://127.0.0.1:{port}", process, output)
        try:
            _wait(server)
            yield server
        finally:
            server.stop()


def _wait(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{server.address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        if server.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the server did not start:\n{server.output()}")
        time.sleep(0.1)
