"""The API over a pipeline that needs no model: these tests are of the web's side."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from backend.engine import Engine
from backend.settings import Settings
from backend.web import create_app
from tests.unit.fake_pipeline import fake_pipeline


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(fake_pipeline())


@pytest.fixture(scope="session")
def api(engine: Engine) -> FlaskClient:
    return create_app(Settings(), engine).test_client()
