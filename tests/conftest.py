"""What several folders of tests share: the running application, one for all processes of a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.served import Server

# Before torch is imported, here and in programs that tests start: networks are small, and threads
# that wait for one another on busy cores take many times as long as one alone.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# An example may take as long as the machine needs.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

_of_all: Server | None = None
"""In the process that hands tests out to others: the application that they share."""


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Start it before the first of those that test; they go on meanwhile."""
    global _of_all
    if _of_all is None:
        _of_all = Server().begin()
    node.workerinput["application"] = (_of_all.port, _of_all.pid, _of_all.log_path)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End it."""
    global _of_all
    if _of_all is not None:
        _of_all.kill()
        _of_all = None


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The application, started once; no test may end it (those that want to start their own)."""
    shared = getattr(request.config, "workerinput", {}).get("application")
    running = Server.of(*shared) if shared else Server().begin()
    yield running.ready()
    log = running.log()
    if not shared:
        running.kill()
    assert "Traceback" not in log, log
