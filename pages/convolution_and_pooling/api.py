"""The live routes of "Convolution and pooling": those of its tabs, and the convolution's own.

POST /forward-pass/convolution   JSON as in `core.vision.convolution.live.reply` -> one binary
answer; a setting that cannot be computed gets 422 and JSON: the sentence, the rule, the nearest
value that fits
"""

from core.vision.convolution import live
from core.vision.impossible import Impossible, as_json
from pages.convolution_and_pooling.plain import api as plain
from pages.convolution_and_pooling.pooling import api as pooling
from pages.kit.routes import BYTES, Live

LIVE = (
    Live(
        "/convolution",
        live.reply,
        media=BYTES,
        most=live.MAX_BYTES,
        lists=live.MAX_LISTS,
        refusals={Impossible: as_json},
        warm=live.warm,
    ),
    *pooling.LIVE,
    *plain.LIVE,
)
