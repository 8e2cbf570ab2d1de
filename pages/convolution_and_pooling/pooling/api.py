"""The live route of the tab "Pooling": asked while a slider moves.

POST /forward-pass/pooling   JSON as in `core.vision.pooling.live.PoolingQuestion` -> JSON as in
`core.vision.pooling.live.answer`; a layer that torch does not have gets 422 and JSON: the
sentence, and the nearest value that fits
"""

from core.vision.impossible import Impossible, as_json
from core.vision.pooling import live
from pages.kit.routes import Live


def _ten_passes(question: live.PoolingQuestion) -> bool:
    return question.source == "map" and question.view == "shift"


LIVE = (
    Live(
        "/pooling",
        live.answer,
        live.PoolingQuestion.read,
        most=live.MAX_BYTES,
        lists=live.MAX_LISTS,
        thread="pooling",
        slow=_ten_passes,
        refusals={Impossible: as_json},
    ),
)
