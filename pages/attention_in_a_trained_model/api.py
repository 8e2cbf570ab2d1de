"""The live routes of "Attention in a trained model": asked for a sentence, a cut, a weight.

POST /forward-pass/attention/trained   JSON as in `core.attention.trained.live.Question.of` -> the
bytes of `core.attention.trained.live.answer`; unknown words get the sentence with words near them,
as JSON
POST /forward-pass/attention/encoder   JSON as in `core.attention.pretrained.Question.of` -> the
bytes of `core.attention.packed`
"""

from typing import Any

from core.attention import pretrained
from core.attention.trained import live
from core.attention.trained.sentence import Unknown
from pages.kit.routes import BYTES, Live
from pages.kit.shelf import api as shelf_api

LONG = 24
"""Words from which on a sentence goes to a thread: ten take two milliseconds, sixty-four twenty,
which would hold up everybody's pen."""


def _long(question: live.Question) -> bool:
    return len(question.words) > LONG


def _strangers(error: Unknown, said: str) -> dict[str, Any]:
    strangers = [{"word": one.word, "near": one.near} for one in error.strangers]
    return {"sentence": said, "strangers": strangers}


LIVE = (
    Live(
        "/attention/trained",
        live.answer,
        live.Question.of,
        media=BYTES,
        most=live.MAX_BYTES,
        thread="trained",
        slow=_long,
        refusals={Unknown: _strangers},
        warm=live.warm,
    ),
    shelf_api.encoder_route("/attention/encoder", pretrained.answer, pretrained.Question.of, BYTES),
    *shelf_api.LIVE,
)
