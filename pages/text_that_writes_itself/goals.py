"""What can be reached on the page."""

from core.recurrent.text.goals import GOALS

__all__ = ["GOALS"]
