"""The routes of rooms, below /forward-pass/room.

POST /room                {at}: open one -> its code, the lecturer's token, the addresses of phones
POST /room/plan           {plan} or {text} of a file: the plan as it is read (`core.room.plan`)
POST /room/CODE/doors     {token, at}: these addresses
POST /room/CODE/ask       {token, question}: `core.room.question`
POST /room/CODE/steer     {token, question, verb, answer, explanation}
POST /room/CODE/show      {token, shown}: what the lecturer has on the screen
POST /room/CODE/votes.csv, pieces.csv, record.html   {token}: what the room did, to take away
POST /room/CODE/end       {token}: delete it
POST /room/CODE/join      {} -> the room's code as it is written, and the member's key
POST /room/CODE/known     {key}: what the member has voted
POST /room/CODE/name      {key, name}: a nickname; "" for none
POST /room/CODE/vote      {key, question, value}
POST /room/CODE/send      {key, kind, ...}: to the wall (`core.room.pieces`) -> what the network
                          makes of it
POST /room/CODE/wall      {token, kind, after}: all numbers, the pieces after one, the score
POST /room/CODE/out       {token, piece, all}: take one out, or all of whoever sent it
POST /room/CODE/clear     {token, kind}: take all of a kind out
GET  /room/CODE/events    what is so in the room, and every change; ?token= for the lecturer's

What has been answered with 2xx is on the disk. A question that cannot be used gets a 4xx and a
sentence; `core/room/limits.py` says what a room holds, and for how long.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from core.room import limits
from core.room.ballot import Ballot
from core.room.code import LENGTH, read_code
from core.room.limits import NotTaken
from core.room.pieces import judge
from core.room.plan import Plan
from core.room.plan_file import parsed
from core.room.question import RoomQuestion
from core.room.record import pieces_csv, votes_csv
from core.room.shown import Shown
from core.schema import Refusal, mark
from core.vision.drawing import MAX_BYTES, MAX_LISTS
from pages.kit import assets
from pages.kit.requests import (
    HEADERS,
    METHODS,
    Answer,
    Refused,
    client_of,
    json_body,
    language_of,
    read_only,
    with_refusals,
)
from pages.kit.room import phone
from pages.kit.room.doors import doors
from pages.kit.room.hub import Hub
from pages.kit.room.report import html_record
from pages.kit.room.together import MANY, Together
from pages.kit.routes import queue

if TYPE_CHECKING:
    from core.room.wall import Walls

_log = logging.getLogger("forward_pass")
T = TypeVar("T")

MOST = 32_768
"""Bytes of what is posted, at most."""
LONGEST_PLAN, PLAN_LISTS = 1 << 19, 2000
"""Bytes and lists of a lesson plan."""
SEATS = 1024
"""Questions that may wait for the database: a hall votes within a second."""

SECRET = mark("A token or a key is a text.")
NUMBER = mark("A question has a number.")
NO_CODE = mark("A room has {count} letters.")
_STATUS = {"unknown": 404, "denied": 403, "full": 409, "fast": 429, "closed": 409, "away": 503}


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    below, door = f"{assets.PREFIX}/room", assets.PREFIX.removesuffix(f"/{assets.BELOW}") + "/j"
    return [
        Route(door, _with_refusals(phone.page), methods=METHODS),
        Route(f"{door}/{{code}}", _with_refusals(phone.page), methods=METHODS),
        Route(f"{door[:-1]}plan", _with_refusals(phone.presenting), methods=METHODS),
        Route(below, _with_refusals(_open), methods=METHODS),
        Route(f"{below}/plan", _with_refusals(_plan), methods=METHODS),
        Route(f"{below}/{{code}}/events", _with_refusals(_events), methods=METHODS),
        Route(f"{below}/{{code}}/{{verb}}", _with_refusals(_verb), methods=METHODS),
    ]


@cache
def rooms() -> Walls:
    """The rooms of this server; the database is opened when the first of them is asked for."""
    # SQLAlchemy is a tenth of the start, and many a server never has a room.
    from sqlalchemy.exc import SQLAlchemyError

    from core.room.listening import Listening
    from core.room.tables import database
    from core.room.wall import Walls

    try:
        engine = database()
    except (OSError, SQLAlchemyError) as error:
        _log.exception("The database of the rooms cannot be opened.")
        raise NotTaken("away", limits.AWAY) from error
    walls = Walls(engine, changed=_changed)
    Listening(engine, _changed, walls.own)
    return walls


def open_rooms() -> None:
    """Open a database that was named, in its thread: not while the first phones wait for it."""
    if os.environ.get(limits.VARIABLE, "").strip():
        queue("rooms", SEATS)[0].submit(rooms)


async def _asked(do: Callable[[Walls], T]) -> T:
    """Have something done in the one thread that the rooms have."""
    global _loop
    _loop = asyncio.get_running_loop()
    thread, seats = queue("rooms", SEATS)
    if seats.locked():
        raise Refused(503, MANY)
    async with seats:
        return await _loop.run_in_executor(thread, lambda: do(rooms()))


async def _told(code: str, lecturer: bool) -> bytes:
    return orjson.dumps(await _asked(lambda rooms: rooms.told(code, lecturer)))


async def _voted(ballots: list[Ballot]) -> list[float | Exception]:
    return [*await _asked(lambda rooms: rooms.votes(ballots))]


_loop: asyncio.AbstractEventLoop | None = None
HUB = Hub(_told)
VOTES = Together(_voted, SEATS)


def _changed(code: str, lecturers: bool) -> None:
    """Called in whichever thread has heard of it."""
    if _loop is not None and not _loop.is_closed():
        _loop.call_soon_threadsafe(HUB.changed, code, lecturers)


def _with_refusals(answer: Answer) -> Answer:
    """`with_refusals`, with the reasons of a room."""
    return with_refusals(answer, {NotTaken: lambda error: _STATUS[error.kind]})


async def _open(request: Request) -> Response:
    body = await json_body(request, MOST)
    doors(body.get("at"), "")  # before a room stands that nobody can enter
    code, token = await _asked(lambda rooms: rooms.open(client_of(request)))
    return _json({"code": code, "token": token, "doors": doors(body.get("at"), code)}, 201)


async def _plan(request: Request) -> Response:
    body = await json_body(request, LONGEST_PLAN, PLAN_LISTS)
    text = body.get("text")
    if not isinstance(text, str):
        return _json({"plan": Plan.read(body.get("plan")).write()})
    thread, seats = queue("plans", 8)
    if seats.locked():
        raise Refused(503, MANY)
    async with seats:
        plan = await asyncio.get_running_loop().run_in_executor(thread, parsed, text)
    return _json({"plan": plan.write()})


async def _events(request: Request) -> Response:
    read_only(request)
    code, token = _code(request), request.query_params.get("token")
    if token is None:
        if not HUB.knows(code):
            await _asked(lambda rooms: rooms.told(code))
    else:
        await _asked(lambda rooms: rooms.led(code, token))
    headers = HEADERS | {"X-Accel-Buffering": "no"}
    events = HUB.events(code, lecturer=token is not None)
    return StreamingResponse(events, 200, headers, "text/event-stream")


async def _verb(request: Request) -> Response:
    verb = request.path_params["verb"]
    most = (MAX_BYTES, MAX_LISTS) if verb == "send" else (MOST,)
    body = await json_body(request, *most)
    code, client = _code(request), client_of(request)
    match verb:
        case "join":
            key = await _asked(lambda rooms: rooms.join(code, client))
            return _json({"room": code, "key": key}, 201)
        case "known":
            key = _secret(body.get("key"))
            return _json(await _asked(lambda rooms: rooms.known(code, key)))
        case "name":
            key, name = _secret(body.get("key")), body.get("name")
            return _json({"name": await _asked(lambda rooms: rooms.name(code, key, name))})
        case "vote":
            key, number = _secret(body.get("key")), _number(body.get("question"))
            return _json({"value": await VOTES.put(Ballot(code, key, number, body.get("value")))})
        case "send":
            key, language = _secret(body.get("key")), language_of(request)
            return _json(await _sent(code, key, body, language))
        case "wall":
            token, after = _secret(body.get("token")), _number(body.get("after", 0), least=0)
            kind = str(body.get("kind"))
            return _json(await _asked(lambda rooms: rooms.wall(code, token, kind, after)))
        case "out":
            token, number = _secret(body.get("token")), _number(body.get("piece"))
            whole = body.get("all") is True
            await _asked(lambda rooms: rooms.take_out(code, token, number, whole))
        case "clear":
            token, kind = _secret(body.get("token")), str(body.get("kind"))
            await _asked(lambda rooms: rooms.clear(code, token, kind))
        case "doors":
            token = _secret(body.get("token"))
            await _asked(lambda rooms: rooms.led(code, token))
            return _json({"doors": doors(body.get("at"), code)})
        case "ask":
            token, asked = _secret(body.get("token")), RoomQuestion.read(body.get("question"))
            return _json({"id": await _asked(lambda rooms: rooms.ask(code, token, asked))}, 201)
        case "steer":
            token, number = _secret(body.get("token")), _number(body.get("question"))
            step, answer, why = (str(body.get(n, "")) for n in ("verb", "answer", "explanation"))
            done = (code, token, number, step, answer, why, body.get("wordings"))
            await _asked(lambda rooms: rooms.steer(*done))
        case "show":
            token, shown = _secret(body.get("token")), Shown.read(body.get("shown"))
            await _asked(lambda rooms: rooms.show(code, token, shown))
        case "votes.csv" | "pieces.csv" | "record.html":
            token, language = _secret(body.get("token")), language_of(request)
            record = await _asked(lambda rooms: rooms.record(code, token))
            pieces = await _asked(lambda rooms: rooms.pieces(code, token))
            if verb == "record.html":
                # as text/html a browser of ours would take it for a proxy's page (kit/request.js)
                return _file(
                    html_record(code, record, pieces, language), "application/octet-stream"
                )
            table = votes_csv(record) if verb == "votes.csv" else pieces_csv(pieces)
            return _file(f"\ufeff{table}", "text/csv")  # Excel takes it for UTF-8 then
        case "end":
            token = _secret(body.get("token"))
            await _asked(lambda rooms: rooms.end(code, token))
        case _:
            raise Refused(404, mark("Nothing of that name can be done with a room."))
    return _json({})


async def _sent(code: str, key: str, body: dict[str, Any], language: str) -> dict[str, Any]:
    """Have a piece judged, in a thread of its own, and put it on the wall."""
    kind = str(body.get("kind"))
    await _asked(lambda rooms: rooms.expect(code, key, kind))
    thread, seats = queue("judge", 256)
    if seats.locked():
        raise Refused(503, MANY)
    async with seats:
        piece = await asyncio.get_running_loop().run_in_executor(
            thread, judge, kind, body, language
        )
    count = await _asked(lambda rooms: rooms.send(code, key, piece))
    return {"sent": piece.sent, "made": piece.made, "count": count}


def _code(request: Request) -> str:
    code = read_code(request.path_params["code"])
    if not code:
        raise NotTaken("unknown", NO_CODE, count=LENGTH)
    return code


def _secret(value: object) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise Refusal(SECRET)
    return value


def _number(value: object, least: int = 1) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value < 2**31:
        raise Refusal(NUMBER)
    return value


def _file(text: str, media: str) -> Response:
    return Response(text.encode(), 200, HEADERS, media)


def _json(content: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, HEADERS, "application/json")
