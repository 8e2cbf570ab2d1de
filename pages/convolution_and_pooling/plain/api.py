"""The live route of the tab "Why not a plain network": asked while a slider moves.

POST /forward-pass/plain   JSON as in `core.vision.plain.answer.PlainQuestion` -> JSON as in
`core.vision.plain.answer.answer`
POST /forward-pass/plain/number   {layers, number}: how a count comes about, as JSON
"""

from core.vision.drawing import MAX_BYTES, MAX_LISTS
from core.vision.plain import counts
from core.vision.plain.answer import PlainQuestion, answer
from pages.kit.routes import Live

LIVE = (
    Live("/plain", answer, PlainQuestion.read, most=MAX_BYTES, lists=MAX_LISTS),
    Live("/plain/number", counts.answer, counts.CountQuestion.read),
)
