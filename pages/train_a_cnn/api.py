"""The route that hands a network over to "Draw a digit": POST /forward-pass/adopt {run, step}.

Whoever knows a run's id may look at it, and so may take its network. The answer is {"name"}: what
the live routes call it from then on.
"""

import asyncio
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.memory import Full
from core.schema import Refusal, mark
from core.training.limits import Denied
from core.training.recording import Saved
from core.training.run import Run
from core.vision import adopted
from pages.kit import assets
from pages.kit.requests import HEADERS, METHODS, Refused, client_of, json_body, with_refusals
from pages.kit.run.api import ENGINE
from pages.train_a_cnn.hand import api as hand

MAX_BYTES = 1_000
SOME = mark("The example's weights are not all kept; train a run of your own.")


async def _adopt(request: Request) -> Response:
    try:
        name = await _adopted(await json_body(request, MAX_BYTES), client_of(request))
    except Denied as error:
        raise Refused.because(404, error) from None
    return Response(orjson.dumps({"name": name}), 201, HEADERS, "application/json")


async def _adopted(asked: dict[str, Any], client: str) -> str:
    run_id, step = asked.get("run"), asked.get("step")
    if not isinstance(run_id, str) or isinstance(step, bool) or not isinstance(step, int):
        raise Refusal(mark("A network is asked for with run and step."))

    def saved_state() -> tuple[Run, Saved]:
        run = ENGINE.runs[run_id]
        if run.shipped:
            raise Refusal(SOME)
        try:
            return run, run.recording.at(step)
        except LookupError:
            raise Refusal(mark("Nothing has been computed yet.")) from None

    run, saved = await asyncio.wrap_future(ENGINE.ask(saved_state))
    return adopted.adopt(
        run.job.name, run.config, run.recording.config, saved.state, run.owner or "", client
    )


_ROUTE = with_refusals(_adopt, {Full: lambda error: 503})
LIVE = (Route(f"{assets.PREFIX}/adopt", _ROUTE, methods=METHODS), *hand.LIVE)
