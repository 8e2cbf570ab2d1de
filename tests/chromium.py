"""Where a Chromium is, and how it is started: for the browser tests and the benchmarks."""

from pathlib import Path

DEBIAN = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
