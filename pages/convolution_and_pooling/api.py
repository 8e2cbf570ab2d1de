"""The live routes of "Convolution and pooling": those of its tabs, and the convolution's own.

POST /forward-pass/convolution   JSON as in `core.vision.convolution.question` -> one binary answer;
a setting that cannot be computed gets 422 and JSON: the sentence, what to change, the nearest value
that fits
POST /forward-pass/convolution/number   the same with "opened", any number of the picture -> JSON
"""

from core.vision.convolution import number
from core.vision.convolution.answer import answer, warm
from core.vision.convolution.goals import GOALS
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.impossible import Impossible, as_json
from pages.convolution_and_pooling.plain import api as plain
from pages.convolution_and_pooling.pooling import api as pooling
from pages.kit.routes import BYTES, Live

LIVE = (
    Live(
        "/convolution",
        answer,
        ConvolutionQuestion.read,
        media=BYTES,
        most=256 * 1024,  # the largest picture or drawing, with room to spare
        lists=11_000,  # those of the largest drawing, and of the weights set by hand
        refusals={Impossible: as_json},
        warm=warm,
        goals=GOALS,
    ),
    Live(
        "/convolution/number",
        number.answer,
        number.ConvolutionNumberQuestion.read,
        most=256 * 1024,
        lists=11_000,
        thread="pooling",
        refusals={Impossible: as_json},
    ),
    *pooling.LIVE,
    *plain.LIVE,
)
