"""The live routes of "Draw a digit": asked while the pen moves, without a rerun of the page.

POST /forward-pass/trace      JSON as in `core.vision.question` -> one binary answer; also a socket
POST /forward-pass/why        the same question -> JSON, what the answer hangs on
POST /forward-pass/strokes    the same question -> JSON, how the LSTM reads it as the pen goes on
POST /forward-pass/number     the same, and "number", one of the strip or of the reasons -> JSON
GET  /forward-pass/sample/N   {"drawing": [...]}: a drawing to begin with
"""

from collections.abc import Mapping
from typing import Any

from core.schema import mark
from core.vision import answer, drawing, number, reasons
from core.vision.goals import GOALS
from core.vision.hand import sample
from core.vision.question import DrawingQuestion
from core.vision.strokes import rules as strokes
from pages.kit.requests import Refused
from pages.kit.routes import BYTES, Live


def _number(parts: Mapping[str, str]) -> int:
    number = parts["number"]
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        raise Refused(404, mark("A sample has a number from 0 to 999999."))
    return int(number)


def _sample(number: int) -> dict[str, Any]:
    return {"drawing": sample(number).lists()}


_POSTED: dict[str, Any] = {
    "question": DrawingQuestion.read,
    "most": drawing.MAX_BYTES,
    "lists": drawing.MAX_LISTS,
}
LIVE = (
    # a trace takes two milliseconds; reasons take a hundred times as long and get a thread
    Live(
        "/trace", answer.answer, media=BYTES, moves=True, warm=answer.warm, goals=GOALS, **_POSTED
    ),
    Live("/strokes", strokes.answer, **_POSTED),
    Live("/why", reasons.reasons, thread="why", **_POSTED),
    Live(
        "/number", number.answer, thread="why", **_POSTED | {"question": number.NumberQuestion.read}
    ),
    Live("/sample/{number}", _sample, _number, read=True, fixed=True),
)
