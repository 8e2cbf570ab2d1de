"""The live route of "Attention, step by step": asked while a number is dragged or a word is typed.

POST /forward-pass/attention/steps   JSON as in `core.attention.steps_question.Question.of` -> JSON
as in `core.attention.steps_live.answer`. A question that cannot be used gets a 4xx and a sentence.
"""

from __future__ import annotations

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from core.attention import steps_live
from core.attention.steps_question import Question
from pages.parts import assets
from pages.parts.asked import HEADERS, METHODS, Refused, posted

ADDRESS = f"{assets.PREFIX}/attention/steps"


def routes() -> list[BaseRoute]:
    """The route for `st.App`."""
    return [Route(ADDRESS, _answer, methods=METHODS)]


async def _answer(request: Request) -> Response:
    # Two or three milliseconds of computing: a thread of its own would cost as much again.
    try:
        body = await posted(request, steps_live.MAX_BYTES)
        found = steps_live.answer(Question.of(orjson.loads(body)))
    except Refused as error:
        return PlainTextResponse(str(error), error.status)
    except ClientDisconnect:
        return PlainTextResponse("The question was not sent to its end.", 400)
    except orjson.JSONDecodeError:  # a kind of ValueError
        return PlainTextResponse("The question is not valid JSON.", 400)
    except ValueError as error:
        return PlainTextResponse(str(error), 422)
    return Response(found, headers=HEADERS, media_type="application/json")
