"""The routes of the shelf of pretrained models, and `encoder_route` for those that ask one of them.

GET  /forward-pass/attention/encoders     what can be asked: `{"installed", "models", "heads",
                                          "fetches", "fetch"}`
POST /forward-pass/attention/fetch        {"name"}: begin to fetch a model from the hub, or go on
GET  /forward-pass/attention/fetch?name=  how far that is, as `core.pretrained.fetching.Fetch`
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.pretrained import fetching, shelf
from core.schema import Refusal, mark
from pages.kit import assets
from pages.kit.deployment import deployment
from pages.kit.requests import (
    HEADERS,
    METHODS,
    Refused,
    json_body,
    read_only,
    sentence_for,
    with_refusals,
)
from pages.kit.routes import JSON, Live

OFF = mark(
    "Models are not fetched on this server. Whoever runs it can put a model's folder into the "
    "folder of models, or allow fetching with FORWARD_PASS_FETCH=on."
)
MAX_BYTES = 16 * 1024
"""Longest question in bytes: the longest sentence, in any script, and the name of a model."""


def encoder_route(
    address: str,
    answer: Callable[[Any], Any],
    question: Callable[[Any], Any],
    media: str = JSON,
) -> Live:
    """A route that asks a pretrained model, which the question names.

    Loading one takes seconds and a sentence a tenth of one: few may wait for their thread.
    """

    def checked(raw: Mapping[str, Any]) -> Any:
        read = question(raw)
        shelf.check(shelf.folder(read.name))  # what is no model costs no place
        return read

    return Live(address, answer, checked, media=media, most=MAX_BYTES, thread="encoder", seats=8)


def _encoders(query: Mapping[str, str]) -> dict[str, Any]:
    running, models = fetching.running(), shelf.ready()
    return {
        "installed": shelf.available(),
        "models": models,
        "heads": {name: shelf.heads(name) for name in models},
        "fetches": deployment().fetches,
        "fetch": running and vars(running) | {"trouble": ""},
    }


def fetch_route(
    address: str, check: Callable[[Any], Any], begin: Callable[[Any], fetching.Fetch]
) -> Route:
    """A route that begins to fetch something by its name (POST), and tells how far it is (GET).

    Args:
        address: below /forward-pass.
        check: raises ValueError where there can be nothing of that name.
        begin: begins, or goes on.
    """

    @with_refusals
    async def fetch(request: Request) -> Response:
        if request.method == "POST":
            body = await json_body(request, MAX_BYTES)
            if set(body) != {"name"}:
                raise Refusal(mark("A model is fetched by its name."))
            check(body["name"])
            if not deployment().fetches:
                raise Refused(403, OFF)
            return _json(_content(request, begin(body["name"])), 202)
        read_only(request, "POST")
        found = fetching.fetching(request.query_params.get("name"))
        if found is None:
            raise Refused(404, mark("Nothing of that name has been fetched."))
        return _json(_content(request, found))

    return Route(f"{assets.PREFIX}{address}", fetch, methods=METHODS)


def _content(request: Request, fetch: fetching.Fetch) -> dict[str, Any]:
    trouble = sentence_for(request, fetch.trouble) if fetch.trouble else ""
    return vars(fetch) | {"trouble": trouble}


def _json(content: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, HEADERS, JSON)


LIVE = (
    Live("/attention/encoders", _encoders, read=True),
    fetch_route("/attention/fetch", shelf.folder, fetching.fetch),
)
