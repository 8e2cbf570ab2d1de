"""What can be reached on the page."""

from core.language.transformer.goals import GOALS

__all__ = ["GOALS"]
