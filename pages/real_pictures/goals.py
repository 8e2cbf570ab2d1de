"""What can be reached on the page."""

from core.vision.imagenet.goals import GOALS

__all__ = ["GOALS"]
