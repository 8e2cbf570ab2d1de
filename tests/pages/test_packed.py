"""Scripts and style sheets on the wire: packed once, for whoever takes it, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message
from streamlit import file_util
from streamlit.web.server.starlette.starlette_gzip_middleware import SelectiveGZipMiddleware
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from pages.kit import assets, packed

OURS = f"/forward-pass/assets/{assets.VERSION}/kit/view.js"
SCRIPTS = Path(file_util.get_static_dir(), "static", "js")
THEIRS = f"/static/js/{next(SCRIPTS.glob('index.*.js')).name}"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The files of both, and a stream, behind the middleware and Streamlit's own."""

    async def stream(request: object) -> StreamingResponse:
        return StreamingResponse(iter(["data: 1\n\n"]), media_type="text/event-stream")

    routes = [
        *assets.routes(),
        Route("/stream", stream),
        *create_streamlit_static_assets_routes(""),
    ]
    middleware = [Middleware(packed.Packed), Middleware(SelectiveGZipMiddleware)]
    with TestClient(Starlette(routes=routes, middleware=middleware)) as client:
        yield client


@pytest.mark.parametrize("path", [OURS, THEIRS])
def test_a_file_is_packed_and_may_be_kept_for_ever(client: TestClient, path: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    answer = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.content == plain.content
    assert int(answer.headers["Content-Length"]) == len(packed.pack(plain.content))
    assert int(answer.headers["Content-Length"]) < 0.6 * int(plain.headers["Content-Length"])
    for each in (plain, answer):
        assert "immutable" in each.headers["Cache-Control"]
        assert each.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] != answer.headers["ETag"]
    head = client.head(path, headers={"Accept-Encoding": "gzip"})
    assert head.headers == answer.headers and not head.content


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_browser_that_has_it_is_told_so(client: TestClient, coding: str) -> None:
    asked = {"Accept-Encoding": coding}
    tag = client.get(OURS, headers=asked).headers["ETag"]
    again = client.get(OURS, headers=asked | {"If-None-Match": f'"other", {tag}'})
    assert again.status_code == 304 and not again.content
    assert again.headers["ETag"] == tag
    other = client.get(OURS, headers=asked | {"If-None-Match": '"other"'})
    assert other.status_code == 200 and other.content


def test_a_part_is_a_part_of_the_file_itself(client: TestClient) -> None:
    whole = client.get(THEIRS, headers={"Accept-Encoding": "identity"}).content
    part = client.get(THEIRS, headers={"Accept-Encoding": "gzip", "Range": "bytes=100-199"})
    assert part.status_code == 206 and "Content-Encoding" not in part.headers
    assert part.content == whole[100:200]


@pytest.mark.parametrize("path", ["/stream", "/", "/favicon.png"])
def test_nothing_else_is_touched(client: TestClient, path: str) -> None:
    assert "Content-Encoding" not in client.get(path).headers


@pytest.mark.parametrize("path", ["/forward-pass/assets/0/none.js", "/static/js/./none.js"])
def test_a_file_that_is_not_there_is_no_file(client: TestClient, path: str) -> None:
    before = client.get(path, headers={"Accept-Encoding": "identity"})
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.content) == (before.status_code, before.content)
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_what_is_packed_is_packed_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get(OURS)
    monkeypatch.setattr(packed, "pack", lambda content: pytest.fail("packed again"))
    assert client.get(OURS).headers["Content-Encoding"] == "gzip"


def test_what_is_made_up_is_not_kept() -> None:
    app = packed.Packed(Starlette(routes=assets.routes()))
    client = TestClient(app)
    name = OURS.rpartition("/kit/")[2]
    made_up = [OURS.replace(assets.VERSION, f"{i:012x}") for i in range(3)]
    made_up += [OURS.replace("/kit/", "/kit//"), OURS.replace(name, f"../kit/{name}")]
    for path in (*made_up, OURS, f"{OURS}?1", f"{OURS}?2"):
        client.get(path)
    assert list(app._files) == [OURS]


def test_whoever_goes_away_meanwhile_costs_nobody_the_file() -> None:
    """Streamlit's own middleware answers a closed connection with nothing, or with half a file."""

    async def passed(request: Request, call_next: RequestResponseEndpoint) -> Response:
        return await call_next(request)

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def nobody(message: Message) -> None:
        pass

    app = packed.Packed(
        Starlette(
            routes=assets.routes(), middleware=[Middleware(BaseHTTPMiddleware, dispatch=passed)]
        )
    )
    headers = [(b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": "GET", "path": OURS, "headers": headers, "query_string": b""}
    asyncio.run(app(scope, gone, nobody))
    client = TestClient(app)
    plain = client.get(OURS, headers={"Accept-Encoding": "identity"})
    assert client.get(OURS).content == plain.content != b""
    assert list(app._files) == [OURS]
