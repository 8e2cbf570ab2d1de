"""The page "Words as vectors"."""

from core.schema import mark

NUMBER = 100
SECTION = "Language"
TITLE = mark("Words as vectors")
CLAIM = mark("Words that keep the same company move together. Four ways to arrange them.")
