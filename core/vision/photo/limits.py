"""What a photograph of handwriting may be."""

SIDE = 1440
"""Longest side of a photograph as it is worked with, in pixels: five for a millimetre of A4."""
LEAST = 28
"""Shortest side: with fewer pixels there is no digit to be cut out."""
MOST = 150
"""Digits on one sheet."""
