"""What can be reached on the page."""

from core.vision.architectures.goals import GOALS

__all__ = ["GOALS"]
