"""Every route answers, or says in a sentence why not."""

from __future__ import annotations

import asyncio
import gzip
import logging
import os
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from core.schema import Refusal, mark
from core.weights import WeightsError
from pages.kit.requests import (
    HEADERS,
    LANGUAGE,
    LARGE,
    LEAST,
    METHODS,
    Refused,
    json_body,
    read_only,
    with_refusals,
)


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (Refused(409, "Not now."), 409, "Not now."),
        (ClientDisconnect(), 400, "The question was not sent to its end."),
        (ValueError("The steps are wrong."), 422, "The steps are wrong."),
        (WeightsError("Make them with: this"), 503, "Make them with: this"),
        (KeyError("secret"), 500, "This could not be answered. The log says more."),
    ],
)
def test_whatever_goes_wrong_has_a_status_and_a_sentence(
    error: Exception, status: int, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(request: Request) -> Response:
        raise error

    with caplog.at_level(logging.ERROR, "forward_pass"):
        got = TestClient(Starlette(routes=[Route("/", with_refusals(fails))])).get("/")
    assert (got.status_code, got.text) == (status, sentence)
    assert ("KeyError" in caplog.text) is (status == 500)


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b'{"a": [[1], 2]}', 200, "{'a': [[1], 2]}"),
        (b'{"a": [[[1]]]}', 413, "A question has at most 2 lists."),
        (b'{"a": %s}' % (b" " * 100), 413, "A question has at most 100 bytes."),
        (b"[1]", 422, "A question is an object of names and values."),
        (b"[1", 400, "The question is not valid JSON."),
        (b"", 400, "The question is not valid JSON."),
    ],
)
def test_a_question_is_a_small_object(body: bytes, status: int, sentence: str) -> None:
    async def repeats(request: Request) -> Response:
        return PlainTextResponse(str(await json_body(request, 100, lists=2)))

    client = TestClient(Starlette(routes=[Route("/", with_refusals(repeats), methods=METHODS)]))
    got = client.post("/", content=body, headers={"Content-Type": "application/json"})
    assert (got.status_code, got.text) == (status, sentence)
    refused = client.get("/")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "POST")


def test_a_question_that_never_comes_to_its_end_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pages.kit.requests.SLOWEST", 0.01)

    async def never() -> Message:
        return await asyncio.Future()

    async def read(request: Request) -> Response:
        return PlainTextResponse(str(await json_body(request, 100)))

    async def ask() -> Response:
        headers = [(b"content-type", b"application/json")]
        scope = {"type": "http", "method": "POST", "headers": headers, "query_string": b""}
        return await with_refusals(read)(Request(scope, never))

    answer = asyncio.run(ask())
    assert (answer.status_code, answer.body) == (408, b"The question was not sent to its end.")


@pytest.mark.parametrize("method", METHODS)
def test_what_is_read_can_be_asked_for_its_headers_alone(method: str) -> None:
    """As messengers do before they show a link; a stream has no end to wait for."""

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"again"

    async def read(request: Request) -> Response:
        read_only(request)
        return Response(b"all of it", headers={"X-More": "1"})

    async def hear(request: Request) -> Response:
        read_only(request, "POST")
        return StreamingResponse(endless(), headers={"X-More": "1"})

    routes = [
        Route(path, with_refusals(answer), methods=METHODS)
        for path, answer in (("/read", read), ("/hear", hear))
    ]
    client = TestClient(Starlette(routes=routes))
    for path, others in (("/read", ""), ("/hear", ", POST")):
        head = client.head(path)
        assert (head.status_code, head.content, head.headers["X-More"]) == (200, b"", "1")
        if method not in ("GET", *others.split(", ")):
            refused = client.request(method, path)
            assert (refused.status_code, refused.headers["Allow"]) == (405, f"GET, HEAD{others}")


@pytest.mark.parametrize(
    ("headers", "query", "sentence"),
    [
        ({}, "", "The drawing is blank."),
        ({LANGUAGE: "ko"}, "", "그림이 비어 있습니다."),
        ({LANGUAGE: "en", "Accept-Language": "ko"}, "", "The drawing is blank."),
        ({"Accept-Language": "fr, ko-KR;q=0.9, en;q=0.8"}, "", "그림이 비어 있습니다."),
        ({LANGUAGE: "xx", "Accept-Language": "*"}, "", "The drawing is blank."),
        ({"Accept-Language": "en"}, "?language=ko", "그림이 비어 있습니다."),
    ],
)
def test_a_refusal_comes_back_in_the_language_of_whoever_asks(
    headers: dict[str, str], query: str, sentence: str
) -> None:
    async def fails(request: Request) -> Response:
        raise Refusal(mark("The drawing is blank."))

    client = TestClient(Starlette(routes=[Route("/", with_refusals(fails))]))
    assert client.get(f"/{query}", headers=headers).text == sentence


@pytest.mark.parametrize(
    ("size", "media", "coding", "packed"),
    [
        (LEAST, "application/json", "br, gzip", True),
        (LARGE, "application/json", "gzip", True),
        (LEAST, "application/json", "br", False),
        (LEAST, "image/png", "gzip", False),
        (LEAST - 1, "application/json", "gzip", False),
    ],
)
def test_what_is_fetched_comes_packed_but_small_answers_and_pictures(
    size: int, media: str, coding: str, packed: bool
) -> None:
    async def answers(request: Request) -> Response:
        return Response(b"1" * size, headers=HEADERS, media_type=media)

    client = TestClient(Starlette(routes=[Route("/", with_refusals(answers))]))
    got = client.get("/", headers={"Accept-Encoding": coding})
    assert got.content == b"1" * size
    assert got.headers["Content-Encoding"] == ("gzip" if packed else "identity")
    assert (int(got.headers["Content-Length"]) < size / 10) is packed


def test_what_is_kept_packed_is_not_packed_again() -> None:
    """A browser unpacks once: a page packed twice is none."""

    async def answers(request: Request) -> Response:
        content = gzip.compress(os.urandom(2 * LEAST))
        return Response(content, headers={"Content-Encoding": "gzip"}, media_type="text/html")

    client = TestClient(Starlette(routes=[Route("/", with_refusals(answers))]))
    got = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert len(got.content) == 2 * LEAST
