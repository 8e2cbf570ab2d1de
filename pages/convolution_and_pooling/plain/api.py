"""The live route of the tab "Why not a plain network": asked while a slider moves.

POST /forward-pass/plain   JSON as in `core.vision.plain.live.PlainQuestion.read` -> JSON as in
`core.vision.plain.live.answer`
"""

from core.vision.plain import live
from pages.kit.routes import Live

LIVE = (
    Live("/plain", live.answer, live.PlainQuestion.read, most=live.MAX_BYTES, lists=live.MAX_LISTS),
)
