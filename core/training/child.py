"""Loaded by the scheduler and the nannies of the embedded cluster: they never outlive the app.

An application that is killed cannot stop its children. Each of them looks every half second whether
its parent is still the process that started it; a worker in turn ends with its nanny.
"""

from __future__ import annotations

import os
import threading
import time

APP = "FORWARD_PASS_APP"
"""The environment variable that holds the number of the application's process."""

NICENESS = 15
"""Workers yield to the pages: a slider must answer while others train."""


def dask_setup(server: object) -> None:
    """Called by Dask when the process is there."""
    os.setsid()  # Ctrl-C in the terminal is for the application; it ends its children in order
    if type(server).__name__ == "Nanny":
        os.nice(NICENESS)  # the worker inherits it
    threading.Thread(target=_watch, args=(int(os.environ[APP]),), daemon=True).start()


def _watch(app: int) -> None:
    while os.getppid() == app:
        time.sleep(0.5)
    os._exit(1)
