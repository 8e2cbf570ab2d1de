"""What can be reached on the page."""

from core.networks.goals import GOALS

__all__ = ["GOALS"]
