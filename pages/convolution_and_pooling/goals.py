"""What can be reached on the page."""

from core.vision.convolution.goals import VERTICAL, ZERO

GOALS = (ZERO, VERTICAL)
