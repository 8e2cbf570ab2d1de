"""What a browser asks of the project's own routes: read no further than allowed, or refused."""

from __future__ import annotations

import functools
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from core.weights import WeightsError

Answer = Callable[[Request], Awaitable[Response]]

_log = logging.getLogger("forward_pass")

# A route that took POST alone would leave the rest to Streamlit, which answers with the page.
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

# Our answers are dense or small; without this header they would be compressed at a cost of several
# milliseconds.
HEADERS = {"Content-Encoding": "identity", "Cache-Control": "no-store"}


class Refused(Exception):
    """A question that is not answered: HTTP status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def answered(answer: Answer) -> Answer:
    """The route of an answer: where there is none, a status and a sentence that says why."""

    @functools.wraps(answer)
    async def route(request: Request) -> Response:
        try:
            return await answer(request)
        except Refused as error:
            return PlainTextResponse(str(error), error.status)
        except ClientDisconnect:  # nobody reads it
            return PlainTextResponse("The question was not sent to its end.", 400)
        except orjson.JSONDecodeError:  # a kind of ValueError
            return PlainTextResponse("The question is not valid JSON.", 400)
        except ValueError as error:
            return PlainTextResponse(str(error), 422)
        except WeightsError as error:
            return PlainTextResponse(str(error), 503)
        except Exception:
            _log.exception("%s has no answer.", request.url.path)
            return PlainTextResponse("This could not be answered. The log says more.", 500)

    return route


def read_only(request: Request) -> None:
    """Refuse a question that would change something."""
    if request.method != "GET":
        raise Refused(405, "This is there to be read.")


async def posted(request: Request, most: int, lists: int | None = None) -> dict[str, Any]:
    """A question: an object in JSON, of at most so many bytes and lists.

    Lists are counted before they are read: as objects they take many times the room.
    """
    if request.method != "POST":
        raise Refused(405, "A question is posted.")
    same_origin(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "A question is JSON: send it as application/json.")
    body = bytearray()
    length = request.headers.get("content-length", "0")
    if length.isascii() and length.isdigit() and int(length) > most:
        raise Refused(413, f"A question has at most {most} bytes.")
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refused(413, f"A question has at most {most} bytes.")
    if lists is not None and body.count(b"[") > lists:
        raise Refused(413, f"A question has at most {lists} lists.")
    question = orjson.loads(body)
    if not isinstance(question, dict):
        raise Refused(422, "A question is an object of names and values.")
    return question


def same_origin(request: Request) -> None:
    """Browsers say where a question comes from; one from another site is refused."""
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise Refused(403, "Questions from another site are not answered.")
