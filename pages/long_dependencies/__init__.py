"""The page "Long dependencies"."""

from core.schema import mark

NUMBER = 70
SECTION = "Recurrence"
TITLE = mark("Long dependencies")
CLAIM = mark("How far back a gradient reaches, and what really helps it to get there.")
MINUTES = 20
