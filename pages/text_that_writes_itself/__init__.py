"""The page "Text that writes itself"."""

from core.schema import mark

NUMBER = 75
SECTION = "Recurrence"
TITLE = mark("Text that writes itself")
CLAIM = mark("A network learns a text letter by letter, and goes on writing it by itself.")
MINUTES = 25
