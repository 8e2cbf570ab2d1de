"""What can be reached on the page."""

from core.attention.steps.goals import GOALS

__all__ = ["GOALS"]
