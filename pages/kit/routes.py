"""Live routes as records: what is asked, how it is answered, and where that is computed.

A page that has some holds them as `LIVE` in its folder's `api.py`. A question that cannot be used
gets a 4xx and a sentence (`with_refusals`). Nothing is kept between two questions: no client can
touch what another one sees.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from core.goals import Goal, reached
from core.schema import mark
from core.weights import WeightsError
from pages.kit import assets
from pages.kit.requests import (
    HEADERS,
    METHODS,
    Refused,
    json_body,
    read_only,
    sentence_for,
    with_refusals,
)
from pages.kit.sockets import socket_route

_log = logging.getLogger("forward_pass")

JSON, BYTES = "application/json", "application/octet-stream"
GOALS = "X-Forward-Pass-Goals"
"""The header that names the goals that an answer reaches."""


def _itself(question: Any) -> Any:
    return question


def _always(question: Any) -> bool:
    return True


@dataclass(frozen=True)
class Live:
    """One live route.

    Attributes:
        address: below /forward-pass; "{name}" in it is a part of the question.
        answer: of a question: bytes, or plain values and arrays to be written as JSON. It raises
            ValueError with a sentence.
        question: what `answer` takes, made of the JSON object that is posted, or of the texts in
            address and query where a question is `read`; raises ValueError with a sentence.
        media: the type of the answer, JSON or BYTES.
        read: whether a question is read (GET) instead of posted.
        most, lists: bytes and lists in a posted question, at most.
        moves: whether a hand asks it as it moves: then by a web socket as well, which is quicker.
        fixed: whether the same address always gets the same answer, which may then be compressed.
        thread: the name of the thread that computes answers; without one the event loop does. What
            takes two milliseconds is not worth a thread: handing over costs more than one
            (docs/decisions.md).
        slow: which questions go to that thread.
        seats: questions that may wait for it; more are turned away, and come back in a moment.
        refusals: errors that are answered with 422 and JSON instead of a sentence alone: what makes
            it, of the error and its sentence in the language of whoever asks.
        warm: loads what the route needs and runs it once, before the first visitor; may raise
            WeightsError.
        goals: that its answers are held against.
    """

    address: str
    answer: Callable[[Any], Any]
    question: Callable[[Any], Any] = _itself
    media: str = JSON
    read: bool = False
    most: int = 1024
    lists: int | None = None
    moves: bool = False
    fixed: bool = False
    thread: str | None = None
    slow: Callable[[Any], bool] = _always
    seats: int = 64
    refusals: Mapping[type[Exception], Callable[[Any, str], Any]] = field(default_factory=dict)
    warm: Callable[[], None] | None = None
    goals: Sequence[Goal] = ()

    @property
    def path(self) -> str:
        """The address as the server knows it."""
        return f"{assets.PREFIX}{self.address}"

    def routes(self) -> list[BaseRoute]:
        """The routes for `st.App`."""
        answer = with_refusals(self._respond)
        route = Route(self.path, answer, methods=METHODS)
        return [route, socket_route(self.path, answer)] if self.moves else [route]

    async def _respond(self, request: Request) -> Response:
        try:
            question = self.question(await self._query(request))
            answer = await self._computed(question)
        except tuple(self.refusals) as error:
            refused = next(body for kind, body in self.refusals.items() if isinstance(error, kind))
            content = _content(refused(error, sentence_for(request, error)))
            return Response(content, 422, HEADERS, JSON)
        headers = {} if self.fixed else HEADERS
        headers = headers | with_goals(reached(self.goals, question, answer))
        return Response(_content(answer), headers=headers, media_type=self.media)

    async def _query(self, request: Request) -> Mapping[str, Any]:
        if not self.read:
            return await json_body(request, self.most, self.lists)
        read_only(request)
        return dict(request.query_params) | request.path_params

    async def _computed(self, question: Any) -> Any:
        if self.thread is None or not self.slow(question):
            return self.answer(question)
        thread, seats = queue(self.thread, self.seats)
        if seats.locked():
            raise Refused(503, mark("Many are asking at once. Ask again in a moment."))
        async with seats:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(thread, self.answer, question)


class Page(Protocol):
    """What is asked of an entry of the registry."""

    @property
    def live(self) -> Iterable[Live | BaseRoute]:
        """Its live routes."""


@cache
def queue(name: str, seats: int) -> tuple[ThreadPoolExecutor, asyncio.Semaphore]:
    """The one thread of a name, and its seats."""
    return ThreadPoolExecutor(1, name), asyncio.Semaphore(seats)


def of(pages: Iterable[Page]) -> list[Live | BaseRoute]:
    """The live routes of all pages; one that several pages use comes once."""
    routes: list[Live | BaseRoute] = []
    for page in pages:
        routes += [each for each in page.live if each not in routes]
    return routes


def served(live: Iterable[Live | BaseRoute]) -> list[BaseRoute]:
    """The routes for `st.App`."""
    return [
        route for each in live for route in (each.routes() if isinstance(each, Live) else [each])
    ]


def nothing() -> list[BaseRoute]:
    """What is asked below our prefix and is none of the routes before this does not exist.

    Streamlit would answer with the page.
    """
    return [Mount(assets.PREFIX, app=not_there)]


def warm(live: Iterable[Live | BaseRoute]) -> None:
    """Load the weights and run every path once: the first stroke is as fast as the others."""
    for each in live:
        if isinstance(each, Live) and each.warm:
            try:
                each.warm()
            except WeightsError as error:  # the page says so too, and the rest of the course works
                _log.error("%s", error)


async def not_there(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer that there is nothing at this address, in a sentence."""
    if scope["type"] == "http":
        answer = await with_refusals(_unknown)(Request(scope, receive))
        await answer(scope, receive, send)
    else:
        await send({"type": "websocket.close"})


async def _unknown(request: Request) -> Response:
    raise Refused(404, mark("There is nothing at this address."))


def with_goals(names: Iterable[str]) -> dict[str, str]:
    """The header that tells which goals an answer reaches; none where it reaches none."""
    told = " ".join(names)
    return {GOALS: told} if told else {}


def _content(answer: Any) -> bytes:
    if isinstance(answer, bytes):
        return answer
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)
