"""The page "Transformer"."""

from pages.kit.language import mark

NUMBER = 110
SECTION = "Language"
TITLE = mark("Transformer")
CLAIM = mark("A sentence in, a sentence out, one token at a time until the end token.")
