"""What can be reached on the page."""

from core.recurrent.words.goals import GOALS

__all__ = ["GOALS"]
