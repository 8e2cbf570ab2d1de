"""Where a Chromium is, and how it is started: for the browser tests and the benchmarks."""

from pathlib import Path

# Somebody who has asked not to guess before each page's answer is shown (pages/kit/guess.js); what
# keeps nothing is left alone.
ASK_NO_MORE = """
try { sessionStorage.setItem("forward-pass:guesses", '{"quiet":true}') } catch {}
"""

# A browser that may not open the socket of a hand (pages/kit/socket.js); Streamlit's it may.
NO_SOCKET = """
globalThis.WebSocket = class extends WebSocket {
  constructor(url, ...options) {
    if (String(url).includes("/forward-pass/")) throw new DOMException("", "SecurityError");
    super(url, ...options);
  }
}
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
