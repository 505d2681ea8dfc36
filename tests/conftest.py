"""What tests share: the pipeline, the API in process, the real server, the browser."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis
import pytest
from flask.testing import FlaskClient
from spacy.language import Language

from tests.browsers import find_chromium, find_firefox
from tests.server import serving

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


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The real server (gunicorn) on a free port; the value is its address, without a last slash."""
    with serving() as running:
        yield running.address


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A Chromium that loads extensions; ``make test`` sees to it that there is one."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: set CHROMIUM, or run `make test`")
    return path


@pytest.fixture(scope="session")
def firefox_path() -> str:
    """A Firefox; `make test` installs one where it may."""
    path = find_firefox()
    if path is None:
        pytest.skip("no Firefox on this machine: set FIREFOX, or run `make test`")
    return path
