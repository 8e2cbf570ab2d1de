"""The routes of collections of drawings, below /forward-pass/pot.

GET  /pot?owner=TOKEN&after=N  the owner's: its code, all numbers, the drawings after number N
POST /pot/add                  {owner, label, drawing}: one of the owner's own
POST /pot/remove               {owner, ids}: without ids all of them
POST /pot/expel                {owner, all}: all of whoever sent what was taken out last, by "name"
                               or by "client" (the network address); no more is taken from there
POST /pot/open, /pot/close     {owner}: to the room, or no longer
POST /pot/room                 {owner, code, token}: the digits on the wall of a room that one leads
POST /pot/prepared             {drawing}: the picture that a network gets, nothing is stored
GET  /pot/room/CODE            whether there is an open collection of that code
POST /pot/room/CODE            {owner, label, drawing}: somebody in the room sends one

A question that cannot be used gets a 4xx and a sentence. core/vision/finetune/collection.py says
what is stored, and for how long. The routes run on the event loop, so that one thread touches it.
"""

import re

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.room.code import read_code
from core.schema import Refusal, choice, mark
from core.vision.drawing import MAX_BYTES, MAX_LISTS
from core.vision.finetune.collection import LENGTH, LETTERS, MOST, Collections, NotTaken, ink
from core.vision.ink import as_text
from pages.kit import assets
from pages.kit.requests import (
    HEADERS,
    METHODS,
    READING,
    Answer,
    Refused,
    client_of,
    json_body,
    read_only,
    with_refusals,
)
from pages.kit.room.api import REASONS as ROOM_REASONS
from pages.kit.room.api import digits

COLLECTIONS = Collections()

_OWNER = re.compile(r"[A-Za-z0-9_-]{16,64}")
_CODE = re.compile(f"[{LETTERS}]{{{LENGTH}}}")
WHOLE = choice(("name", "client")).named("all")
NUMBER = mark("A drawing has a number.")
CODE = mark("The code of a collection has {count} letters and digits.")
_STATUS = {"unknown": 404, "full": 409, "fast": 429, "out": 403}


def _with_refusals(answer: Answer) -> Answer:
    """`with_refusals`, with the reasons of a collection."""
    return with_refusals(answer, {NotTaken: lambda error: _STATUS[error.kind], **ROOM_REASONS})


async def _contents(request: Request) -> Response:
    read_only(request)
    after = request.query_params.get("after", "0")
    if not re.fullmatch(r"[0-9]{1,9}", after):
        raise Refusal(NUMBER)
    return _json(COLLECTIONS.contents(_owner(request.query_params.get("owner")), int(after)))


async def _verb(request: Request) -> Response:
    body, verb = (
        await json_body(request, MAX_BYTES, MAX_LISTS),
        request.path_params["verb"],
    )
    if verb == "prepared":
        return _json({"image": as_text(ink(body.get("drawing")))})
    owner, client = _owner(body.get("owner")), client_of(request)
    match verb:
        case "add":
            number = COLLECTIONS.add(owner, body.get("label"), body.get("drawing"), client)
            return _json(COLLECTIONS.contents(owner, number - 1), 201)
        case "remove":
            COLLECTIONS.remove(owner, _numbers(body.get("ids")))
        case "expel":
            COLLECTIONS.expel(owner, WHOLE.check(body.get("all")))
        case "room":
            code, token = read_code(str(body.get("code"))), str(body.get("token"))
            COLLECTIONS.take(owner, code, await digits(code, token), client)
        case "open":
            COLLECTIONS.open(owner, client)
        case "close":
            COLLECTIONS.close(owner)
        case _:
            raise Refused(404, mark("Nothing of that name can be done with a collection."))
    return _json(COLLECTIONS.contents(owner, after=_number(body.get("after", 0))))


async def _room(request: Request) -> Response:
    code = request.path_params["code"].upper()
    if not _CODE.fullmatch(code):
        raise NotTaken("unknown", CODE, count=LENGTH)
    if request.method in READING:
        COLLECTIONS.opened(code)
        return _json({"open": True})
    body = await json_body(request, MAX_BYTES, MAX_LISTS)
    owner = _owner(body.get("owner"))
    label, drawing = body.get("label"), body.get("drawing")
    sent = COLLECTIONS.send(code, owner, label, drawing, client_of(request))
    return _json({"sent": sent}, 201)


def _owner(value: object) -> str:
    if not isinstance(value, str) or not _OWNER.fullmatch(value):
        raise ValueError("An owner has 16 to 64 letters, digits, hyphens or underscores.")
    return value


def _numbers(value: object) -> list[int] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > MOST:
        raise Refusal(mark("The drawings to take out are a list of numbers."))
    return [_number(each) for each in value]


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Refusal(NUMBER)
    return value


def _json(content: object, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, HEADERS, "application/json")


_BELOW = f"{assets.PREFIX}/pot"
LIVE = (
    Route(_BELOW, _with_refusals(_contents), methods=METHODS),
    Route(f"{_BELOW}/room/{{code}}", _with_refusals(_room), methods=METHODS),
    Route(f"{_BELOW}/{{verb}}", _with_refusals(_verb), methods=METHODS),
)
