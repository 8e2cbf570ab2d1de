"""What can be reached on the page."""

from core.vision.finetune import goals as hand
from core.vision.training import goals as run

GOALS = (*run.GOALS, *hand.GOALS)
