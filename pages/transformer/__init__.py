"""The page "Transformer"."""

from core.schema import mark

NUMBER = 110
SECTION = "Language"
TITLE = mark("Transformer")
CLAIM = mark("A sentence in, a sentence out, one token at a time until the end token.")
MINUTES = 35
