"""The routes of "LeNet, AlexNet, VGG": tables of networks, a drawing through five, their time.

GET  /forward-pass/architecture/NAME       the table of a published network, as JSON
POST /forward-pass/architectures/count     {net, number}: a number of that table, opened, as JSON
POST /forward-pass/architectures/drawing   {drawing, stage} -> bytes, see the module in core.vision
POST /forward-pass/architectures/stacks    {net, drawing} -> bytes: one map of each layer
POST /forward-pass/architectures/number    {drawing, number} -> how the number comes about, as JSON
POST /forward-pass/architectures/time      {} -> seconds for one picture, by network
GET  /forward-pass/fair                    the results of the fair comparison and of the ideas
"""

from collections.abc import Mapping
from typing import Any

from core.schema import mark
from core.vision.architectures import answer, counts, number, stacks
from core.vision.architectures.goals import GOALS
from core.vision.architectures.sheet import sheet
from core.vision.drawing import MAX_BYTES, MAX_LISTS
from core.vision.fair import results
from pages.kit.requests import Refused
from pages.kit.routes import BYTES, Live

THREAD = "architectures"  # an answer takes some ten milliseconds, too long for the event loop


def _table(query: Mapping[str, str]) -> dict[str, Any]:
    try:
        return sheet(query["name"])
    except ValueError:
        raise Refused(404, mark("There is no such network.")) from None


def _time(query: Mapping[str, Any]) -> dict[str, float]:
    return answer.times()


def _fair(query: Mapping[str, str]) -> dict[str, Any]:
    try:
        return results.picture()
    except FileNotFoundError:
        raise Refused(404, mark("The comparison has not been measured yet.")) from None


LIVE = (
    Live("/architecture/{name}", _table, read=True, fixed=True, thread=THREAD),
    Live("/architectures/count", counts.answer, counts.CountQuestion.read, thread=THREAD),
    Live(
        "/architectures/drawing",
        answer.answer,
        answer.FiveQuestion.read,
        media=BYTES,
        goals=GOALS,
        most=MAX_BYTES,
        lists=MAX_LISTS,
        thread=THREAD,
    ),
    Live(
        "/architectures/stacks",
        stacks.answer,
        stacks.StackQuestion.read,
        media=BYTES,
        most=MAX_BYTES,
        lists=MAX_LISTS,
        thread=THREAD,
    ),
    Live(
        "/architectures/number",
        number.answer,
        number.NumberQuestion.read,
        most=MAX_BYTES,
        lists=MAX_LISTS,
        thread=THREAD,
    ),
    Live("/architectures/time", _time, thread=THREAD, most=64),
    Live("/fair", _fair, read=True, fixed=True),
)
