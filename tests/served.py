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

    def __init__(
        self, folder: Path = ROOT, base: str = "", bound: str = HOST, **environment: str
    ) -> None:
        """In a folder, below a base path, at an address, with variables of its environment."""
        self.folder = folder
        self.base = base
        self.bound = bound
        if base:
            environment["STREAMLIT_SERVER_BASE_URL_PATH"] = base
        self._own = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.log_path = f"{self._own.name}/log"
        own = {
            "STREAMLIT_SERVER_HEADLESS": "true",
            "FORWARD_PASS_DATABASE": f"sqlite:///{self._own.name}/rooms.sqlite3",
        }
        self.environment = os.environ | own | environment
        self._at(free_port())
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def of(cls, port: int, pid: int, log_path: str) -> Server:
        """One that another process has begun, and will end."""
        server = object.__new__(cls)
        server.base = ""
        server._at(port)
        server.log_path, server._pid, server._process = log_path, pid, None
        return server

    def _at(self, port: int) -> None:
        self.port = port
        self.url = f"http://{HOST}:{port}{self.base}"

    def start(self) -> Server:
        """Start it and wait until it answers."""
        return self.begin().ready()

    def begin(self) -> Server:
        """Start it."""
        options = ["--server.port", str(self.port), "--server.address", self.bound]
        with open(self.log_path, "ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "dashboard.py", *options],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._pid = self._process.pid
        return self

    def ready(self) -> Server:
        """Wait until it answers."""
        deadline = time.monotonic() + PATIENCE
        while not self.healthy():
            ended = self._process is not None and self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"The application did not start:\n{self.log()}")
            time.sleep(0.1)
        return self

    def healthy(self) -> bool:
        """Whether it answers."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", f"{self.base}/_stcore/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    @property
    def pid(self) -> int:
        """Its process, while it runs."""
        return self._pid

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def log(self) -> str:
        """What it has printed."""
        return Path(self.log_path).read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
