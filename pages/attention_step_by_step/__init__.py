"""The page "Attention, step by step"."""

from core.schema import mark

NUMBER = 80
SECTION = "Attention"
TITLE = mark("Attention, step by step")
CLAIM = mark(
    "From a question to an answer in eight matrices. Every number opens to its sum, and "
    "can be dragged."
)
MINUTES = 25
