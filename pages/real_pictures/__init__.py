"""The page "Real networks, real pictures"."""

from core.schema import mark

NUMBER = 35
SECTION = "Convolution"
TITLE = mark("Real networks, real pictures")
CLAIM = mark(
    "Your own picture through a network of 1,000 classes: every map, every number, and what its "
    "answer rests on."
)
MINUTES = 20
