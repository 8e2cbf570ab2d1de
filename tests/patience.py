"""How long a test waits for what must come: said once, for all of them."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 600.0
"""Seconds. No passing test waits them out: each goes on as soon as what it waits for is there. They
are for a machine of which something else takes most."""

MILLISECONDS = 1000 * PATIENCE

_LOOK_AGAIN = 0.02


def until(so: Callable[[], object]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < deadline, "It did not happen."
        time.sleep(_LOOK_AGAIN)
