"""The live route of "Attention, step by step": asked while a number is dragged or a word is typed.

POST /forward-pass/attention/steps   JSON as in `core.attention.steps.question.Question.of` -> JSON
as in `core.attention.steps.live.answer`
"""

from core.attention.steps import live
from core.attention.steps.question import Question
from pages.kit.routes import Live

LIVE = (Live("/attention/steps", live.answer, Question.of, most=live.MAX_BYTES, warm=live.warm),)
