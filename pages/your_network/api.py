"""The routes of "Your network", about a network on the shelf of `core.networks`.

POST /forward-pass/networks/pass    {net, drawing | picture | numbers, scale, off, layer, map}
                                    -> bytes: what comes out and the maps of every layer
POST /forward-pass/networks/number  the same and {number} -> how the number comes about, as JSON
POST /forward-pass/networks/score   {net, scale, off} -> how many of MNIST's test digits it reads
"""

from __future__ import annotations

from typing import Any

from core.networks import answer
from core.networks.goals import PASS_GOALS, SCORE_GOALS
from core.vision.drawing import MAX_BYTES, MAX_LISTS
from core.vision.mnist import MNISTMissing
from pages.kit.requests import Refused
from pages.kit.routes import BYTES, Live

THREAD = "networks"
"""One pass at a time: each may take a second and hundreds of megabytes."""
SEATS = 32


def _score(question: answer.ScoreQuestion) -> dict[str, Any]:
    try:
        return answer.score(question)
    except MNISTMissing as error:
        raise Refused.because(422, error) from None


LIVE = (
    Live(
        "/networks/pass",
        answer.answer,
        answer.PassQuestion.read,
        media=BYTES,
        most=MAX_BYTES,
        lists=MAX_LISTS,
        thread=THREAD,
        seats=SEATS,
        goals=PASS_GOALS,
    ),
    Live(
        "/networks/number",
        answer.number,
        answer.NumberQuestion.read,
        most=MAX_BYTES,
        lists=MAX_LISTS,
        thread=THREAD,
        seats=SEATS,
    ),
    Live(
        "/networks/score",
        _score,
        answer.ScoreQuestion.read,
        most=4096,
        thread="networks-score",
        seats=8,
        goals=SCORE_GOALS,
    ),
)
