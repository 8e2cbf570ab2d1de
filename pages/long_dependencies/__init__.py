"""The page "Long dependencies"."""

from pages.kit.language import mark

NUMBER = 70
SECTION = "Recurrence"
TITLE = mark("Long dependencies")
CLAIM = mark("How far back a gradient reaches, and what really helps it to get there.")
