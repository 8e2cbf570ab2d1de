"""What can be reached on the page."""

from core.vision.goals import GOALS

__all__ = ["GOALS"]
