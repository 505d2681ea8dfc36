"""What tests share: the pipeline, the API in process, the real server, the browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from flask.testing import FlaskClient
from spacy.language import Language

from tests.browsers import find_chromium

ROOT = Path(__file__).resolve().parent.parent
SERVER_START_SECONDS = 60

# No deadline: how fast a shared machine is, is no property of the code.
hypothesis.settings.register_profile(
    "hearsay",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
hypothesis.settings.load_profile("hearsay")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline as it ships."""
    from backend import pipeline

    return pipeline.load()


@pytest.fixture(scope="session")
def client(nlp: Language) -> FlaskClient:
    """The API in this process, with the pipeline as it ships and default settings."""
    from backend.engine import Engine
    from backend.settings import Settings
    from backend.web import create_app

    return create_app(Settings(), Engine(nlp)).test_client()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The real server (gunicorn) on a free port; the value is its address, without a last slash."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HEARSAY_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "backend", "serve"],
        cwd=ROOT,
        env={**environment, "HEARSAY_PORT": str(port), "HEARSAY_WORKERS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        deadline = time.monotonic() + SERVER_START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                    break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                output = process.communicate()[0].decode(errors="replace")
                pytest.fail(f"the server did not start:\n{output}", pytrace=False)
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A Chromium that loads extensions; ``make test`` sees to it that there is one."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: set CHROMIUM, or run `make test`")
    return path
