"""The page "Your network"."""

from core.schema import mark

NUMBER = 45
SECTION = "Convolution"
TITLE = mark("Your network")
CLAIM = mark("Bring the network that you trained: every layer, every number, and what breaks it.")
MINUTES = 20
