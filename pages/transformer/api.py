"""The live route of "Transformer": asked when a text, a token or a block changes.

POST /forward-pass/language/transformer   JSON as in `core.language.transformer.question` -> JSON
as in `core.language.transformer.answer`
POST /forward-pass/language/transformer/score   a `ScoreQuestion` -> a number behind the scores of a
shipped network, as in `core.opened.scored`
"""

from core.language.transformer import answer
from core.language.transformer.goals import GOALS
from core.language.transformer.scored import ScoreQuestion, score
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
    # its 1,024 texts take seconds, once: another thread than that of the texts that are typed
    Live("/language/transformer/score", score, ScoreQuestion.read, thread="scores"),
)
