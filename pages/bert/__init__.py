"""The page "BERT"."""

from core.schema import mark

NUMBER = 120
SECTION = "Language"
TITLE = mark("BERT")
CLAIM = mark("Hide a word and guess it from both sides. Then teach the same network a task.")
MINUTES = 35
