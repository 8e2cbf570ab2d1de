"""The page "Words as vectors"."""

from core.schema import mark

NUMBER = 100
SECTION = "Language"
TITLE = mark("Words as vectors")
CLAIM = mark("Words that occur in the same contexts move together. Four methods that do it.")
MINUTES = 30
