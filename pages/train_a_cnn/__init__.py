"""The page "Train a CNN"."""

from core.schema import mark

NUMBER = 40
SECTION = "Convolution"
TITLE = mark("Train a CNN")
CLAIM = mark(
    "The notes' program, live: watch a network find its filters, then break them and "
    "count the cost."
)
MINUTES = 35
