"""Scripts and style sheets are packed once, by gzip, and sent packed to whoever takes that.

Streamlit sends its own as they are, for a proxy to pack. Sixty browsers in a hall without one would
wait for 300 MB (docs/decisions.md). What is packed here may be kept for ever, by its header: it
does not change under its address, so it holds as long as the process. Nothing else is touched,
neither streams nor answers of the pen.
"""

from __future__ import annotations

import asyncio
import gzip

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KINDS = (".js", ".css")
MOST = 1000
"""Files that are kept packed: about twice as many as there are."""


def takes_gzip(headers: Headers) -> bool:
    """Whether whoever asks takes gzip.

    >>> takes_gzip(Headers({"accept-encoding": "br, gzip"}))
    True
    >>> takes_gzip(Headers({"accept-encoding": "gzip;q=0, identity"}))
    False
    """
    for wish in headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = wish.replace(" ", "").partition(";q=")
        if name == "gzip":
            return not weight or weight.strip("0.") != ""
    return False


def pack(content: bytes) -> bytes:
    """By gzip's usual level: the last three save 0.3% more, and take more than twice as long."""
    return gzip.compress(content, 6, mtime=0)


def unchanged(file: Response, asked: Headers) -> Response | None:
    """304 for a browser that has this very answer; else None."""
    tag = file.headers["etag"]
    if tag not in (one.strip() for one in asked.get("if-none-match", "").split(",")):
        return None
    kept = {name: file.headers[name] for name in ("etag", "cache-control", "vary")}
    return Response(status_code=304, headers=kept)


class Packed:
    """The middleware."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app
        self._files: dict[str, Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what is packed, or let the application answer."""
        if not _names_a_file(scope):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        wanted = "range" not in asked and takes_gzip(asked)
        file = await self._file(scope) if wanted else None
        if file:
            await (unchanged(file, asked) or file)(scope, receive, send)
        else:
            await self.app(scope, receive, _with_vary(send))

    async def _file(self, scope: Scope) -> Response | None:
        """The file packed; None where it may not be kept for ever, or is not there."""
        path = scope["path"]
        if path not in self._files and len(self._files) < MOST:
            start, content = await _whole(self.app, scope)
            if start.get("status") != 200:
                return None
            headers = MutableHeaders(scope=start)
            if "immutable" not in headers.get("cache-control", ""):
                return None
            headers["Content-Encoding"] = "gzip"
            headers["ETag"] = f'"{headers["etag"].removeprefix("W/").strip(chr(34))}-gzip"'
            headers["Vary"] = "Accept-Encoding"
            del headers["content-length"], headers["accept-ranges"]
            self._files[path] = Response(await asyncio.to_thread(pack, content), headers=headers)
        return self._files.get(path)


def _names_a_file(scope: Scope) -> bool:
    """Whether it is a script or a style sheet, by the one name that each of them has."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    path: str = scope["path"]
    return path.endswith(KINDS) and "//" not in path and "/." not in path


async def _whole(app: ASGIApp, scope: Scope) -> tuple[Message, bytes]:
    """The whole answer to a request, as it is: Streamlit would pack ours anew each time.

    Nothing of it is left out where who asked goes away meanwhile: it is kept for all.
    """
    headers = [(k, v) for k, v in scope["headers"] if not k.startswith((b"if-", b"accept-enc"))]
    start: Message = {}
    content = bytearray()
    asked: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def stay() -> Message:
        return asked.pop() if asked else await asyncio.Future()

    async def take(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        content.extend(message.get("body", b""))

    await app({**scope, "method": "GET", "headers": headers}, stay, take)
    return start, bytes(content)


def _with_vary(send: Send) -> Send:
    async def with_vary(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Vary"] = "Accept-Encoding"
        await send(message)

    return with_vary
