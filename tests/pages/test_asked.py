"""Every route answers, or says in a sentence why not."""

from __future__ import annotations

import logging

import orjson
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from core.weights import WeightsError
from pages.parts.asked import METHODS, Refused, answered, posted


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
        got = TestClient(Starlette(routes=[Route("/", answered(fails))])).get("/")
    assert (got.status_code, got.text) == (status, sentence)
    assert ("KeyError" in caplog.text) is (status == 500)


def test_what_is_no_json_is_said_to_be_none() -> None:
    async def repeats(request: Request) -> Response:
        return PlainTextResponse(str(orjson.loads(await posted(request, 100))))

    client = TestClient(Starlette(routes=[Route("/", answered(repeats), methods=METHODS)]))
    assert client.post("/", json=[1]).text == "[1]"
    got = client.post("/", content=b"[1", headers={"Content-Type": "application/json"})
    assert (got.status_code, got.text) == (400, "The question is not valid JSON.")
    assert client.get("/").status_code == 405
