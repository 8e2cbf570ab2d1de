"""What can be reached on the page."""

from core.attention.trained.goals import GOALS

__all__ = ["GOALS"]
