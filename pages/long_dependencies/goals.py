"""What can be reached on the page."""

from core.recurrent.through_time.goals import GOALS

__all__ = ["GOALS"]
