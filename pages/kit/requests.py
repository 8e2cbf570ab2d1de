"""What a browser asks of the project's own routes: read no further than allowed, or refused."""

from __future__ import annotations

import asyncio
import functools
import gzip
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from core.schema import Explained, Message, mark
from core.weights import WeightsError
from pages.kit import deployment
from pages.kit.language import LANGUAGES, catalogue, sentence
from pages.kit.packed import takes_gzip

LANGUAGE = "X-Forward-Pass-Language"
"""The header in which our scripts send the language of the page (kit/request.js)."""

LEAST = 1000
"""Bytes below which packing an answer saves nothing: it fits into one packet anyway."""
LARGE = 200_000
"""Bytes from which it takes so long that others would wait for it: then a thread packs."""

SLOWEST = 30.0
"""Seconds that a question may take to come to its end."""

Answer = Callable[[Request], Awaitable[Response]]
Reasons = Mapping[type[Exception], Callable[[Any], int]]

_log = logging.getLogger("forward_pass")

# A route that took POST alone would leave the rest to Streamlit, which answers with the page.
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
READING = ("GET", "HEAD")

# Without this header Streamlit would compress each answer at a cost of several milliseconds, also
# for a browser beside the server.
HEADERS = {"Content-Encoding": "identity", "Cache-Control": "no-store"}


UNSENT = mark("The question was not sent to its end.")
NO_JSON = mark("The question is not valid JSON.")
BROKEN = mark("This could not be answered. The log says more.")


AGAIN = {"Retry-After": "1"}
"""The header of an answer that says: the same question will be answered in a moment."""


class Refused(Explained):
    """A question that is not answered: HTTP status, a rule with values, and headers."""

    def __init__(self, status: int, rule: Message, /, **values: object) -> None:
        """Keep the status beside the rule."""
        super().__init__(rule, **values)
        self.status = status
        self.headers: Mapping[str, str] = AGAIN if status == 503 else {}

    @classmethod
    def because(cls, status: int, error: Explained) -> Refused:
        """The refusal that another error is the reason for."""
        return cls(status, error.rule, **error.values)


def with_refusals(answer: Answer, reasons: Reasons | None = None) -> Answer:
    """The route of an answer: where there is none, a status and a sentence that says why.

    Here, and nowhere else, the sentence is put into the language of whoever asks.

    Args:
        answer: of a request.
        reasons: for errors with a status of their own, what gives it.
    """
    known = dict(reasons or {})

    @functools.wraps(answer)
    async def route(request: Request) -> Response:
        try:
            return await _answered(request, await answer(request))
        except Refused as error:
            return _sentence(request, error.status, error, error.headers)
        except tuple(known) as error:
            status = known[type(error)](error)
            return _sentence(request, status, error, AGAIN if status == 503 else None)
        except ClientDisconnect:  # nobody reads it
            return _sentence(request, 400, Explained(UNSENT))
        except orjson.JSONDecodeError:  # a kind of ValueError
            return _sentence(request, 400, Explained(NO_JSON))
        except ValueError as error:
            return _sentence(request, 422, error)
        except WeightsError as error:
            return _sentence(request, 503, error)
        except Exception:
            _log.exception("%s has no answer.", request.url.path)
            return _sentence(request, 500, Explained(BROKEN))

    return route


def language_of(request: HTTPConnection) -> str:
    """The language of whoever asks: the page's own, which its scripts send, or the browser's."""
    accepted = request.headers.get("accept-language", "").split(",")
    wishes = (request.headers.get(LANGUAGE), request.query_params.get("language"), *accepted)
    for wanted in wishes:
        code = (wanted or "").partition(";")[0].partition("-")[0].strip().lower()
        if code in LANGUAGES:
            return code
    return "en"


def client_of(request: HTTPConnection) -> str:
    """Who asks, as far as shares of what the server has are counted: see the gate."""
    return deployment.client_of(request.client.host if request.client else "")


def sentence_for(request: HTTPConnection, error: Exception) -> str:
    """What an error tells whoever asks, in their language."""
    return sentence(error, catalogue(language_of(request)).gettext)


async def _answered(request: Request, answer: Response) -> Response:
    """The answer, packed at the quickest level.

    A socket, for a hand that moves, takes none of that; pictures are packed by themselves, and a
    page that is kept packed stays as it is.
    Whoever asks for its headers alone does not wait for a stream to end.
    """
    if isinstance(answer, StreamingResponse):
        head = request.method == "HEAD"
        return Response(status_code=answer.status_code, headers=answer.headers) if head else answer
    packed = answer.headers.get("content-encoding", "identity") != "identity"
    packed |= (answer.media_type or "").startswith("image/")
    if len(answer.body) >= LEAST and not packed and takes_gzip(request.headers):
        pack = functools.partial(gzip.compress, bytes(answer.body), 1, mtime=0)
        answer.body = await asyncio.to_thread(pack) if len(answer.body) >= LARGE else pack()
        answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Content-Length"] = str(len(answer.body))
    return answer


def _sentence(
    request: Request, status: int, error: Exception, headers: Mapping[str, str] | None = None
) -> Response:
    return PlainTextResponse(sentence_for(request, error), status, headers)


def read_only(request: Request, *others: str) -> None:
    """Refuse a question that would change something; `others`: what the address takes besides."""
    _is_one_of(request, mark("This address can only be read."), *READING, *others)


def post_only(request: Request) -> None:
    """Refuse what is not posted."""
    _is_one_of(request, mark("Questions are sent by POST."), "POST")


def _is_one_of(request: Request, rule: Message, *methods: str) -> None:
    if request.method not in methods:
        error = Refused(405, rule)
        error.headers = {"Allow": ", ".join(methods)}
        raise error


async def json_body(request: Request, most: int, lists: int | None = None) -> dict[str, Any]:
    """A question: an object in JSON, of at most so many bytes and lists.

    Lists are counted before they are read: as objects they take many times the room.
    """
    post_only(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, mark("A question is JSON: send it as application/json."))
    body = bytearray()
    length = request.headers.get("content-length", "0")
    if length.isascii() and length.isdigit() and int(length) > most:
        raise Refused(413, mark("A question has at most {most} bytes."), most=most)
    try:
        async with asyncio.timeout(SLOWEST):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise Refused(413, mark("A question has at most {most} bytes."), most=most)
    except TimeoutError:
        raise Refused(408, UNSENT) from None
    if lists is not None and body.count(b"[") > lists:
        raise Refused(413, mark("A question has at most {most} lists."), most=lists)
    question = orjson.loads(body)
    if not isinstance(question, dict):
        raise Refused(422, mark("A question is an object of names and values."))
    return question
