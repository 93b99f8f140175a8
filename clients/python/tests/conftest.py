"""The real binary, and ways to get between it and the client."""

import os
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../Tests/Browser"))
sys.path.insert(0, os.path.dirname(__file__))

from server import Server  # noqa: E402


@pytest.fixture
def serve():
    servers = []

    def start(*arguments, key=None):
        servers.append(Server(*arguments, key=key))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in ("CERBERUS_ENDPOINT", "CERBERUS_API_KEY"):
        monkeypatch.delenv(name, raising=False)
