"""A small hub on this machine: answers as much of a hub's protocol as fetching a model takes."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

SHA = "0123456789abcdef0123456789abcdef01234567"


class _Hub(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    models: ClassVar[dict[str, Path]] = {}
    breaks: ClassVar[bool] = False
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        path = self.path.split("?")[0]
        type(self).asked.append(f"{self.command} {path} {self.headers.get('authorization')}")
        for name, folder in self.models.items():
            if path.startswith(f"/api/models/{name}"):
                files = [{"rfilename": f.name, "size": f.stat().st_size} for f in folder.iterdir()]
                self._send(json.dumps({"id": name, "sha": SHA, "siblings": files}).encode(), body)
                return
            start = f"/{name}/resolve/{SHA}/"
            if path.startswith(start) and (folder / path[len(start) :]).is_file():
                self._send((folder / path[len(start) :]).read_bytes(), body)
                return
        self.send_response(404)
        self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, data: bytes, body: bool) -> None:
        first = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").split("-")[0])
        self.send_response(206 if first else 200)
        self.send_header("X-Repo-Commit", SHA)
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("Content-Length", str(len(data) - first))
        if first:
            self.send_header("Content-Range", f"bytes {first}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        if body:
            if self.breaks and len(data) > 20_000:  # the network goes away half-way
                self.wfile.write(data[first : len(data) // 2])
                self.close_connection = True
                return
            self.wfile.write(data[first:])

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def hub(models: dict[str, Path], *, breaks: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Serve models; give the address, and a list that fills with what is asked."""
    handler = type("Hub", (_Hub,), {"models": models, "breaks": breaks, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler.asked  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
