"""Where a Chromium is, and how it is started: for the browser tests and the benchmarks."""

from pathlib import Path

# Somebody who has asked not to guess before each page's answer is shown (pages/kit/guess.js); what
# keeps nothing is left alone.
ASK_NO_MORE = """
try { sessionStorage.setItem("forward-pass:guesses", '{"quiet":true}') } catch {}
"""
DEBIAN = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
