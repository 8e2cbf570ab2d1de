"""The live routes of "BERT": its games, asked and answered.

POST /forward-pass/bert/answer       JSON as in `core.language.bert.live.Question.of` -> JSON as in
                                     `answer` there
POST /forward-pass/bert/pretrained   the same of a pretrained model: `core.language.bert.pretrained`
"""

from core.language.bert import live, pretrained
from pages.kit.routes import Live
from pages.kit.shelf import api as shelf_api

LIVE = (
    # a hidden word takes a few milliseconds, a text that is written mask by mask many times that
    Live(
        "/bert/answer",
        live.answer,
        live.Question.of,
        most=live.MAX_BYTES,
        thread="bert",
        warm=live.warm,
    ),
    shelf_api.encoder_route("/bert/pretrained", pretrained.answer, pretrained.Question.of),
    *shelf_api.LIVE,
)
