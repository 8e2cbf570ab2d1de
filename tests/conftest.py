"""What several folders of tests share: the running application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.served import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The application, started once; no test may end it (those that want to start their own)."""
    running = Server().start()
    yield running
    log = running.log()
    running.kill()
    assert "Traceback" not in log, log
