"""The page "Sine, live"."""

from core.schema import mark

NUMBER = 50
SECTION = "Recurrence"
TITLE = mark("Sine, live")
CLAIM = mark(
    "Three recurrent networks learn to continue a wave, in front of you. Every curve is their own."
)
MINUTES = 25
