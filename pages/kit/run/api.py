"""The routes of training runs, below /forward-pass: begin one, steer it, listen, take it away.

GET  /runs?owner=TOKEN&job=NAME the owner's runs of a job or of all, shipped examples first
POST /runs                      {owner, job, config, play} -> a new run
GET  /runs/ID                   everything about one
GET  /runs/ID/events            the same as server-sent events: "run" once, then "change"
GET  /runs/ID/watched           another name of it, by which it can be read and not be steered
POST /runs/ID/VERB              play, pause, step, stop, reset, rate, fork, forget
GET  /runs/ID/at/STEP           marks and pictures of a saved state
GET  /runs/ID/look/NAME?step=   a further view of a saved state, computed now
GET  /runs/ID/export/KIND       csv, tensorboard, safetensors, onnx, py, ipynb
GET  /engine, POST /engine/own  how the engine is; go on with this machine

A question that cannot be used gets a 4xx and a sentence.
"""

import asyncio
import hashlib
import logging
import re
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from core.goals import reached
from core.schema import Refusal, mark
from core.training import export, run_json, shipped
from core.training.engine import Engine
from core.training.jobs import JOBS, SHIPPED
from core.training.limits import Denied
from core.training.recording import Recording
from core.training.run import Run
from pages.kit import assets
from pages.kit.deployment import deployment
from pages.kit.downloads import worded
from pages.kit.language import catalogue
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
from pages.kit.routes import with_goals
from pages.kit.run import stream
from pages.kit.run.columns import heading

_log = logging.getLogger("forward_pass")
T = TypeVar("T")

ENGINE = Engine(JOBS, workers=deployment().workers)

MAX_BYTES = 262_144
"""Longest body that is read: a pasted column of 5,000 numbers fits well."""

# A room that tests on 10,000 digits must not keep the others from the maps of their drawings.
_SHORT, _LONG = ThreadPoolExecutor(1, "look"), ThreadPoolExecutor(1, "long look")
_SEATS = {_SHORT: asyncio.Semaphore(32), _LONG: asyncio.Semaphore(64)}
WATCHED = "watched-"
_SECRET = secrets.token_bytes(16)
_OWNER = re.compile(r"[A-Za-z0-9_-]{16,64}")
_STATUS = {"many": 429, "now": 409, "unknown": 404}


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    below = f"{assets.PREFIX}/runs"
    return [
        Route(below, _with_refusals(_runs), methods=METHODS),
        Route(f"{below}/{{run}}", _with_refusals(_run), methods=METHODS),
        Route(f"{below}/{{run}}/watched", _with_refusals(_name), methods=METHODS),
        Route(f"{below}/{{run}}/events", _with_refusals(_events), methods=METHODS),
        Route(f"{below}/{{run}}/at/{{step}}", _with_refusals(_at), methods=METHODS),
        Route(f"{below}/{{run}}/look/{{name}}", _with_refusals(_look), methods=METHODS),
        Route(f"{below}/{{run}}/export/{{kind}}", _with_refusals(_export), methods=METHODS),
        Route(f"{below}/{{run}}/{{verb}}", _with_refusals(_verb), methods=METHODS),
        Route(f"{assets.PREFIX}/engine", _with_refusals(_engine), methods=METHODS),
        Route(f"{assets.PREFIX}/engine/own", _with_refusals(_own), methods=METHODS),
    ]


def open_engine() -> None:
    """Show the shipped examples, and start the engine in the background."""
    stream.end_with_the_server()
    for name, recording in SHIPPED.items():
        try:
            # the engine has no thread yet
            ENGINE.runs.publish(shipped.load(recording), f"shipped-{name}")
        except (OSError, ValueError) as error:  # the page can do without
            _log.error("%s", error)
    ENGINE.start()


def _with_refusals(answer: Answer) -> Answer:
    """`with_refusals`, with the engine's reasons."""
    return with_refusals(answer, {Denied: lambda error: _STATUS[error.kind]})


async def _ask(do: Callable[[], T]) -> T:
    """Have something done in the engine's thread."""
    return await asyncio.wrap_future(ENGINE.ask(do))


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status, HEADERS, "application/json")


def _owner(value: object) -> str:
    if not isinstance(value, str) or not _OWNER.fullmatch(value):
        raise Refusal(mark("An owner has 16 to 64 letters, digits, hyphens or underscores."))
    return value


def _step(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise Refusal(mark("A step is a whole number."))
    return int(text)


async def _runs(request: Request) -> Response:
    if request.method == "POST":
        return await _begin(request)
    read_only(request, "POST")
    owner, job = _owner(request.query_params.get("owner")), request.query_params.get("job")

    def listed() -> list[dict[str, Any]]:
        ENGINE.seen(owner)
        runs = [*ENGINE.runs.of(None), *ENGINE.runs.of(owner)]
        return [run_json.short(run) for run in runs if job in (None, run.job.name)]

    return _json(run_json.dumps({"runs": await _ask(listed)}))


async def _begin(request: Request) -> Response:
    asked = await json_body(request, MAX_BYTES)
    owner, client = _owner(asked.get("owner")), client_of(request)
    job, config, play = asked.get("job"), asked.get("config"), asked.get("play", False)
    if not isinstance(job, str) or not isinstance(play, bool):
        raise Refusal(mark("A run is begun with owner, job, config and play."))

    def begun() -> bytes:
        run = ENGINE.runs.begin(owner, job, config, play, client)
        ENGINE.seen(owner)
        return run_json.dumps(run_json.full(run))

    return _json(await _ask(begun), 201)


def _watched(run: Run) -> str:
    """The name of a run for those who only watch it: a room that follows its lecturer."""
    if run.shipped:
        return run.id
    return WATCHED + hashlib.blake2b(run.id.encode(), key=_SECRET, digest_size=12).hexdigest()


def _found(name: str) -> Run:
    """The run of that name, or of that name for those who watch."""
    if not name.startswith(WATCHED):
        return ENGINE.runs[name]
    found = (run for run in ENGINE.runs if _watched(run) == name)
    return next(found, None) or ENGINE.runs[name]


def _named(body: bytes, run: Run, name: str) -> bytes:
    """What is told of a run, under the name by which it was asked for."""
    return body if run.id == name else body.replace(run.id.encode(), name.encode())


async def _name(request: Request) -> Response:
    read_only(request)
    name = request.path_params["run"]
    return _json(run_json.dumps({"id": await _ask(lambda: _watched(_found(name)))}))


async def _run(request: Request) -> Response:
    read_only(request)
    name = request.path_params["run"]

    def read() -> bytes:
        run = _found(name)
        ENGINE.seen(run.owner)
        return _named(run_json.dumps(run_json.full(run)), run, name)

    return _json(await _ask(read))


async def _verb(request: Request) -> Response:
    verb, name = request.path_params["verb"], request.path_params["run"]
    asked = await json_body(request, MAX_BYTES)

    def done() -> tuple[bytes, int]:
        run, status = ENGINE.runs[name], 200
        ENGINE.seen(run.owner)
        match verb:
            case "play":
                ENGINE.runs.play(run)
            case "pause":
                ENGINE.runs.pause(run)
            case "step":
                ENGINE.runs.take(run, asked.get("count", 1))
            case "stop":
                ENGINE.runs.stop(run)
            case "reset":
                ENGINE.runs.reset(run)
            case "rate":
                ENGINE.runs.rate(run, asked.get("learning_rate"))
            case "forget":
                ENGINE.runs.forget(run)
            case "fork":
                run, status = ENGINE.runs.fork(run, asked.get("step", run.step)), 201
            case _:
                raise Refused(404, mark("Nothing of that name can be done with a run."))
        return run_json.dumps(run_json.full(run)), status

    return _json(*await _ask(done))


async def _events(request: Request) -> Response:
    read_only(request)
    name = request.path_params["run"]
    run: Run = await _ask(lambda: _found(name))
    headers = HEADERS | {"X-Accel-Buffering": "no"}
    events = (_named(event, run, name) async for event in stream.events(ENGINE, run))
    return StreamingResponse(events, 200, headers, "text/event-stream")


async def _at(request: Request) -> Response:
    read_only(request)
    name, step = request.path_params["run"], _step(request.path_params["step"])

    def read() -> bytes:
        run = _found(name)
        ENGINE.seen(run.owner)
        return run_json.dumps(run_json.saved(run, _saved(run, step)))

    return _json(await _ask(read))


def _saved(run: Run, step: int | None) -> Any:
    try:
        return run.recording.at(run.step if step is None else step)
    except LookupError:
        raise Denied("now", mark("Nothing has been computed yet.")) from None


async def _look(request: Request) -> Response:
    read_only(request)
    name, view = request.path_params["run"], request.path_params["name"]
    query = dict(request.query_params)
    step = _step(query.pop("step", None))
    run = await _ask(lambda: _found(name))
    if view not in run.job.inspections:
        raise Refused(404, mark("There is no such view of this run."))
    saved = await _ask(lambda: _saved(run, step))
    queue = _LONG if view in run.job.long else _SHORT
    if _SEATS[queue].locked():
        raise Refused(503, mark("Many are looking at once. Ask again in a moment."))

    def looked() -> tuple[bytes, list[str]]:
        answer = run.job.inspections[view](run.config, saved.state, query)
        names = reached(run.job.looked.get(view, ()), run.config, answer)
        return run_json.dumps(answer), names

    async with _SEATS[queue]:
        loop = asyncio.get_running_loop()
        body, names = await loop.run_in_executor(queue, looked)
    return Response(body, 200, HEADERS | with_goals(names), "application/json")


async def _export(request: Request) -> Response:
    read_only(request)
    name, kind = request.path_params["run"], request.path_params["kind"]
    if kind not in export.KINDS:
        raise Refused(
            404, mark("A run is exported as csv, tensorboard, safetensors, onnx, py or ipynb.")
        )
    run = await _ask(lambda: ENGINE.runs[name])
    recording = await _ask(lambda: _history(run, needed=kind not in ("py", "ipynb")))
    write, media, ending = export.KINDS[kind]
    body = await asyncio.get_running_loop().run_in_executor(
        _SHORT, lambda: write(run.job, run.config, recording)
    )
    if kind == "csv":
        body = worded(body, partial(heading, translate=catalogue(language_of(request)).gettext))
    attachment = {
        "Content-Disposition": f'attachment; filename="{run.job.name}-{run.step}{ending}"'
    }
    return Response(body, 200, HEADERS | attachment, media)


def _history(run: Run, needed: bool) -> Recording:
    """What is exported: all until now, or else just the config, which is enough for a program."""
    if run.recording.saved or needed:
        return run.recording.until(_saved(run, None).step)
    return replace(run.recording)


async def _engine(request: Request) -> Response:
    read_only(request)
    return _json(run_json.dumps(await _ask(ENGINE.state)))


async def _own(request: Request) -> Response:
    await json_body(request, MAX_BYTES)

    def owned() -> dict[str, Any]:
        ENGINE.own()
        return ENGINE.state()

    return _json(run_json.dumps(await _ask(owned)))
