"""What can be reached on the page."""

from core.recurrent.series.goals import BEYOND
from core.recurrent.sine.goals import GOALS as WAVES

GOALS = (*WAVES, BEYOND)
