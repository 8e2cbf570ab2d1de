"""The page "Photographed handwriting"."""

from core.schema import mark

NUMBER = 15
SECTION = "Convolution"
TITLE = mark("Photographed handwriting")
CLAIM = mark("From a photo of a sheet to its digits: what a network needs is made step by step.")
MINUTES = 15
