"""The live route of the tab "Pooling": asked while a slider moves.

POST /forward-pass/pooling   JSON as in `core.vision.pooling.question` -> JSON as in
`core.vision.pooling.answer`; a layer that torch does not have gets 422 and JSON: the sentence, and
the nearest value that fits
POST /forward-pass/pooling/number   the same with "opened", a number of the tab -> JSON
"""

from core.vision.drawing import MAX_BYTES, MAX_LISTS
from core.vision.impossible import Impossible, as_json
from core.vision.pooling.answer import answer
from core.vision.pooling.question import PoolingQuestion
from core.vision.pooling.rules import PoolingNumberQuestion
from core.vision.pooling.rules import answer as opened
from pages.kit.routes import Live


def _ten_passes(question: PoolingQuestion) -> bool:
    return question.source == "map" and question.view == "shift"


LIVE = (
    Live(
        "/pooling",
        answer,
        PoolingQuestion.read,
        most=MAX_BYTES,
        lists=MAX_LISTS,
        thread="pooling",
        slow=_ten_passes,
        refusals={Impossible: as_json},
    ),
    Live(
        "/pooling/number",
        opened,
        PoolingNumberQuestion.read,
        most=MAX_BYTES,
        lists=MAX_LISTS,
        thread="pooling",
    ),
)
