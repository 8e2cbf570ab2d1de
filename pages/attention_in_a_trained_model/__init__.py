"""The page "Attention in a trained model"."""

from core.schema import mark

NUMBER = 90
SECTION = "Attention"
TITLE = mark("Attention in a trained model")
CLAIM = mark("Who attends to whom, and whether that is why the model says what it says.")
MINUTES = 30
