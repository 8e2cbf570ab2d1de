"""The application as a user starts it, on a free port, for the tests that need it running."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"


class Server:
    """`streamlit run dashboard.py` in a process of its own; to start it again keeps the port."""

    def __init__(self, folder: Path = ROOT, **environment: str) -> None:
        self.folder = folder
        self.environment = os.environ | {"STREAMLIT_SERVER_HEADLESS": "true"} | environment
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self._log = tempfile.TemporaryFile()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Start it and wait until it answers."""
        options = ["--server.port", str(self.port), "--server.address", HOST]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", *options],
            cwd=self.folder,
            env=self.environment,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + PATIENCE
        while not self.healthy():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"The application did not start:\n{self.log()}")
            time.sleep(0.1)
        return self

    def healthy(self) -> bool:
        """Whether it answers."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/_stcore/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    @property
    def pid(self) -> int:
        """Its process, while it runs."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def log(self) -> str:
        """What it has printed."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
