"""What can be reached on the page."""

from core.language.embeddings.goals import GOALS

__all__ = ["GOALS"]
