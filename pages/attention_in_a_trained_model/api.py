"""The live routes of "Attention in a trained model": asked for a sentence, a cut, a number.

POST /forward-pass/attention/trained   a `ReferentQuestion` -> the bytes of
`core.attention.trained.answer`; unknown words get the sentence with words near them, as JSON
POST /forward-pass/attention/trained/score   a `ScoreQuestion` -> a number behind the scores of a
shipped network, as in `core.opened.scored`
POST /forward-pass/attention/encoder   an `EncoderQuestion` -> the bytes of `core.attention.packed`
POST /forward-pass/attention/encoder/number   its `NumberQuestion` -> that number as JSON
"""

from typing import Any

from core.attention.encoder import answer as encoder
from core.attention.trained import answer
from core.attention.trained.goals import GOALS
from core.attention.trained.question import MAX_BYTES, ReferentQuestion
from core.attention.trained.scored import ScoreQuestion, score
from core.attention.trained.sentences.reading import Unknown
from pages.kit.routes import BYTES, Live
from pages.kit.shelf import api as shelf_api

LONG = 24
"""Words from which on a sentence goes to a thread: ten take two milliseconds, sixty-four twenty,
which would hold up everybody's pen."""


def _long(question: ReferentQuestion) -> bool:
    return len(question.words) > LONG


def _strangers(error: Unknown, sentence: str) -> dict[str, Any]:
    strangers = [{"word": one.word, "near": one.near} for one in error.strangers]
    return {"sentence": sentence, "strangers": strangers}


LIVE = (
    Live(
        "/attention/trained",
        answer.answer,
        ReferentQuestion.read,
        media=BYTES,
        most=MAX_BYTES,
        thread="trained",
        slow=_long,
        refusals={Unknown: _strangers},
        warm=answer.warm,
        goals=GOALS,
    ),
    # two thousand sentences take a moment, once: another thread than that of the sentence on show
    Live("/attention/trained/score", score, ScoreQuestion.read, thread="scores"),
    shelf_api.encoder_route(
        "/attention/encoder", encoder.answer, encoder.EncoderQuestion.read, BYTES
    ),
    shelf_api.encoder_route(
        "/attention/encoder/number", encoder.number, encoder.NumberQuestion.read
    ),
    *shelf_api.LIVE,
)
