"""What can be reached on the page."""

from core.language.bert.goals import GOALS

__all__ = ["GOALS"]
