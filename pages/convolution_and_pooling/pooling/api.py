"""The live route of the tab "Pooling": asked while a slider moves.

POST /forward-pass/pooling   JSON as in `core.vision.pooling.live.Question.of` -> JSON as in
`core.vision.pooling.live.answer`; a layer that torch does not have gets 422 and the broken rule as
JSON
"""

from core.vision.pooling import live
from core.vision.pooling.layer import Impossible
from pages.kit.routes import Live


def _ten_passes(question: live.Question) -> bool:
    return question.source == "map" and question.view == "shift"


LIVE = (
    Live(
        "/pooling",
        live.answer,
        live.Question.of,
        most=live.MAX_BYTES,
        lists=live.MAX_LISTS,
        thread="pooling",
        slow=_ten_passes,
        refusals={Impossible: live.refusal},
    ),
)
