"""The real server: how it starts, what it prints, how it stops; and what leaves the machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.server import ROOT, Server, serving


def post(server: Server, text: str) -> dict:
    request = urllib.request.Request(
        f"{server.address}/v1/analyze",
        json.dumps({"text": text}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)


def test_from_start_to_stop():
    with serving(MAX_CHARS="100") as server:
        assert f"Open {server.address}/" in server.output()
        assert str(ROOT / "extension") in server.output()
        assert post(server, "The pilot is said to have fled on foot.")["summary"]["words"] == 9
        with pytest.raises(urllib.error.HTTPError, match="413"):
            post(server, "Nobody shall read this. " * 10)
        # what gunicorn cannot read as HTTP must not be quoted either
        host, port = server.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as line:
            line.sendall(b"Nobody shall read this.\r\n\r\n")
            assert b" 400 " in line.recv(1000)
        before_stop = server.output()
        assert server.stop() == 0
        after_stop = server.output()
    assert after_stop == before_stop
    assert "pilot" not in after_stop
    assert "Nobody" not in after_stop


def test_an_idle_connection_blocks_nobody():
    with serving() as server:
        host = server.address.removeprefix("http://")
        idle = [HTTPConnection(host, timeout=30) for _ in range(4)]
        for connection in idle:
            connection.connect()
        assert post(server, "He left.")["summary"]["words"] == 2
        for connection in idle:
            connection.close()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts threads by /proc")
def test_the_model_s_runtime_sends_nothing_home():
    # ONNX Runtime's reports to its maker come from a thread that it starts when imported.
    program = (
        "import os; from backend import pipeline; pipeline.load(); "
        "print(len(os.listdir('/proc/self/task')), os.environ['ORT_DISABLE_TELEMETRY'])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "ORT_DISABLE_TELEMETRY": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == ["1", "1"]
