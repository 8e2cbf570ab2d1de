"""The live route of "Transformer": asked when a text, a token or a block changes.

POST /forward-pass/language/transformer   JSON as in `core.language.transformer.question` -> JSON
as in `core.language.transformer.answer`
"""

from core.language.transformer import answer
from core.language.transformer.goals import GOALS
from pages.kit.routes import Live

LIVE = (
    # a sentence takes tens of milliseconds, and so does a pass of the decoder for each token
    Live(
        "/language/transformer",
        answer.answer,
        most=answer.MAX_BYTES,
        thread="transformer",
        warm=answer.warm,
        goals=GOALS,
    ),
)
