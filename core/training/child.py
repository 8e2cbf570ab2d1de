"""Loaded into the scheduler and nannies of the embedded cluster: they never outlive the app.

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


def yield_to_the_pages() -> None:
    """Lower the priority of all threads of this worker, if it is one of the application's own.

    It is for a worker that is ready: one that yields while it imports what it needs is not ready
    for minutes on a busy machine.
    """
    if APP not in os.environ or not hasattr(os, "setpriority"):
        return
    for thread in _threads():
        os.setpriority(os.PRIO_PROCESS, thread, NICENESS)


def _threads() -> list[int]:
    """Their numbers where a priority is a thread's (Linux); elsewhere the process's own."""
    try:
        return [int(name) for name in os.listdir("/proc/self/task")]
    except OSError:
        return [os.getpid()]


def dask_setup(server: object) -> None:
    """Called by Dask when the process is there."""
    os.setsid()  # Ctrl-C in the terminal is for the application; it ends its children in order
    threading.Thread(target=_watch, args=(int(os.environ[APP]),), daemon=True).start()


def _watch(app: int) -> None:
    while os.getppid() == app:
        time.sleep(0.5)
    os._exit(1)
