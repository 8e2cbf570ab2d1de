"""The live route of "Attention, step by step": asked while a number is dragged or a word is typed.

POST /forward-pass/attention/steps   a `StepsQuestion` -> JSON as in `core.attention.steps.answer`
"""

from core.attention.steps import answer
from core.attention.steps.goals import GOALS
from core.attention.steps.question import StepsQuestion
from pages.kit.routes import Live

LIVE = (
    Live(
        "/attention/steps",
        answer.answer,
        StepsQuestion.read,
        most=answer.MAX_BYTES,
        warm=answer.warm,
        goals=GOALS,
    ),
)
