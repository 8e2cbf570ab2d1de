"""What can be reached on the page."""

from core.recurrent.sine.goals import GOALS

__all__ = ["GOALS"]
