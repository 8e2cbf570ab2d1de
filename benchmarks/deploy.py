"""What a deployment needs: the memory of the application after a visit to each page."""

from __future__ import annotations

import psutil

from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import WINDOW, browser
from pages import registry
from tests.served import ROOT, Server

MEGABYTE = 1e6
STILL = "[data-testid=stApp][data-test-script-state=notRunning]"


@measures(
    Figure(
        "deploy.memory_mb",
        "main process and one worker after one visit to each page",
        "MB",
        None,
        1_000,
    ),
    Figure("deploy.memory_at_start_mb", "the same before the first visitor", "MB"),
)
def memory() -> Values:
    """The memory of the server and all its children; what they share counts once (Linux: PSS)."""
    server = Server(ROOT, FORWARD_PASS_WORKERS="1")
    try:
        server.start()
        with browser() as chromium:
            page = chromium.new_page(viewport=WINDOW)
            page.goto(server.url)
            page.wait_for_selector(STILL)
            before = _held(server.pid)
            for entry in registry.PAGES:
                page.goto(f"{server.url}/{entry.path}")
                page.wait_for_selector(STILL)
                page.wait_for_timeout(5_000)
            return {
                "deploy.memory_mb": _held(server.pid),
                "deploy.memory_at_start_mb": before,
            }
    finally:
        server.kill()


def _held(pid: int) -> float:
    """Megabytes that a process and its children hold."""
    first = psutil.Process(pid)
    held = 0
    for process in [first, *first.children(recursive=True)]:
        held += process.memory_full_info().pss
    return held / MEGABYTE
