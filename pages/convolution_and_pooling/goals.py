"""What can be reached on the page."""

from core.vision.convolution.goals import GOALS

__all__ = ["GOALS"]
