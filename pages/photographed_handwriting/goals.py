"""What can be reached on the page."""

from core.vision.photo.goals import GOALS

__all__ = ["GOALS"]
