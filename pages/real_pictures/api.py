"""The routes of "Real networks, real pictures".

GET  /forward-pass/pictures/networks     which networks can be asked, and what each is made of, JSON
POST /forward-pass/pictures/fetch        {"name"}: begin to fetch the weights of a network
GET  /forward-pass/pictures/fetch?name=  how far that is
POST /forward-pass/pictures/take?owner=  a file; {"picture", "said"}: its name, and what was done
GET  /forward-pass/pictures/image/NAME/STAGE   a stage of a picture, as WebP
POST /forward-pass/pictures/answer       {network, picture} -> bytes, as the others:
     .../layer, .../map                  see `core.vision.imagenet.answer`
POST /forward-pass/pictures/peaks, /heat, /number    the same as JSON
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.pretrained import fetching as downloads
from core.schema import Refusal, mark
from core.vision.imagenet import answer, fetching, networks, pictures
from core.vision.imagenet.goals import GOALS
from core.vision.pictures import MANY_BYTES, MAX_BYTES
from pages.kit import assets
from pages.kit.deployment import deployment
from pages.kit.language import catalogue
from pages.kit.requests import (
    HEADERS,
    METHODS,
    SLOWEST,
    UNSENT,
    Refused,
    client_of,
    language_of,
    post_only,
    with_refusals,
)
from pages.kit.routes import BYTES, JSON, Live, queue
from pages.kit.shelf.api import fetch_route
from pages.real_pictures.read import done

THREAD, SEARCH = "pictures", "picture-search"
"""A pass takes some tenths of a second; to look through all pictures, seconds."""
TAKING = 8
"""Files that may be on their way at once: each is held whole until it has been read."""
NO_OWNER = mark("A picture is sent with the name of its owner.")


def _networks(query: Mapping[str, str]) -> dict[str, Any]:
    running = downloads.running()
    here = networks.ready()
    return {
        "networks": [
            {
                "name": name,
                "title": known.title,
                "here": name in here,
                "megabytes": known.megabytes,
                "fetched": bool(known.weights),
                "stages": answer.stages(name),
            }
            for name, known in networks.NETWORKS.items()
        ],
        "fetches": deployment().fetches,
        "fetch": running and vars(running) | {"trouble": ""},
    }


def _known(name: object) -> None:
    if name not in networks.NETWORKS:
        raise Refusal(fetching.NO_NETWORK)


def _image(query: Mapping[str, str]) -> bytes:
    if query["stage"] not in (*answer.IMAGES, answer.CHOICE):
        raise Refused(404, mark("There is nothing at this address."))
    return answer.image(query["picture"], query["stage"])


@with_refusals
async def _take(request: Request) -> Response:
    post_only(request)
    owner = request.query_params.get("owner", "")
    if not 16 <= len(owner) <= 64:
        raise Refusal(NO_OWNER)
    thread, seats = queue("picture-files", TAKING)
    if seats.locked():
        raise Refused(503, mark("Many are asking at once. Ask again in a moment."))
    async with seats:
        data = await _body(request)
        loop = asyncio.get_running_loop()
        hold = pictures.hold
        name, read = await loop.run_in_executor(thread, hold, data, owner, client_of(request))
    said = done(read, catalogue(language_of(request)).gettext)
    return Response(orjson.dumps({"picture": name, "said": said}), 200, HEADERS, JSON)


async def _body(request: Request) -> bytes:
    """The file, read no further than a picture may be long."""
    data = bytearray()
    try:
        async with asyncio.timeout(SLOWEST):
            async for chunk in request.stream():
                data += chunk
                if len(data) > MAX_BYTES:
                    raise Refused(413, MANY_BYTES, most=MAX_BYTES >> 20)
    except TimeoutError:
        raise Refused(408, UNSENT) from None
    return bytes(data)


LIVE = (
    Live("/pictures/networks", _networks, read=True, thread=THREAD),
    fetch_route("/pictures/fetch", _known, fetching.fetch),
    Route(f"{assets.PREFIX}/pictures/take", _take, methods=METHODS),
    Live("/pictures/image/{picture}/{stage}", _image, read=True, media="image/webp", thread=THREAD),
    Live(
        "/pictures/answer",
        answer.answer,
        answer.PictureQuestion.read,
        media=BYTES,
        thread=THREAD,
        goals=GOALS[:1],
    ),
    Live("/pictures/layer", answer.layer, answer.LayerQuestion.read, media=BYTES, thread=THREAD),
    Live("/pictures/map", answer.one_map, answer.MapQuestion.read, media=BYTES, thread=THREAD),
    Live("/pictures/peaks", answer.peaks, answer.PeakQuestion.read, most=2048, thread=SEARCH),
    Live(
        "/pictures/heat",
        answer.heat,
        answer.HeatQuestion.read,
        thread=THREAD,
        goals=GOALS[1:],
        seats=16,
    ),
    Live("/pictures/number", answer.number, answer.NumberQuestion.read, thread=THREAD),
)
