"""nginx as docs/deploy says, on loopback: the project's own files, with other ports."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.patience import until
from tests.served import HOST, ROOT, Server, free_port

FILES = ROOT / "docs" / "deploy" / "nginx"


def binary(name: str) -> str:
    """A program that the machine may lack."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"There is no {name} (on Debian: apt install {name}).")
    return found


class Nginx:
    """One of the sites in docs/deploy/nginx, before servers of the test."""

    def __init__(
        self, folder: Path, site: str, *servers: Server, old: str = "", new: str = ""
    ) -> None:
        """Write the files of a site into an empty folder; `old` becomes `new` in them."""
        self.port = free_port()
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("proxy.conf", "common.conf", f"{site}.conf"):
            text = (FILES / name).read_text(encoding="utf-8")
            text = re.sub(r"listen \d+", f"listen {HOST}:{self.port}", text)
            for usual, server in zip(("8501", "8502"), servers, strict=False):
                text = text.replace(f"127.0.0.1:{usual}", f"{HOST}:{server.port}")
            text = text.replace("/etc/ssl/certs", str(folder)).replace(
                "/etc/ssl/private", str(folder)
            )
            (folder / name).write_text(text.replace(old, new) if old else text, encoding="utf-8")
        places = "".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
            f"http {{ access_log off; {places} include common.conf; include {site}.conf; }}\n",
            encoding="utf-8",
        )

    def __enter__(self) -> Nginx:
        """Start it."""
        command = [binary("nginx"), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        until(self._listens)
        return self

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HOST, self.port)) == 0

    def __exit__(self, *error: object) -> None:
        """End it."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait()


def certificate(folder: Path) -> None:
    """A certificate of the test's own, as docs/deploy/nginx/tls.conf names it."""
    subprocess.run(
        [
            *(binary("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *(
                "-keyout",
                str(folder / "forward-pass.key"),
                "-out",
                str(folder / "forward-pass.pem"),
            ),
        ],
        check=True,
        capture_output=True,
    )
