"""The page "Convolution and pooling"."""

from core.schema import mark

NUMBER = 20
SECTION = "Convolution"
TITLE = mark("Convolution and pooling")
CLAIM = mark("Slide any kernel over any picture. Every product and every sum is there.")
MINUTES = 35
