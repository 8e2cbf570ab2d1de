"""Goals of the page for networks of one's own."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.networks.answer import PassQuestion, ScoreQuestion
from core.networks.breaking import read
from core.schema import mark

SURE = 0.5
"""Share of the likeliest class."""
KERNELS = 3
LOW = 0.9
"""Share of MNIST's test digits."""


def survived(question: PassQuestion, answer: Any) -> bool:
    """Kernels are broken, and the network is still sure."""
    shares = answer["shares"]
    drawn = not answer["blank"]
    return bool(len(read(question.off)) >= KERNELS and drawn and shares and shares[0] >= SURE)


def lowered(question: ScoreQuestion, answer: Any) -> bool:
    """A whole network reads badly: what it is given is not what it was trained on."""
    return bool(not question.off and answer["right"] < LOW * answer["of"])


SURVIVED = Goal(
    "network-survived",
    mark("{kernels} broken kernels or more, and one class still has at least {share:.0%}."),
    mark("Choose a layer with many kernels, break one after the other, and watch the answer."),
    survived,
    {"kernels": KERNELS, "share": SURE},
)
LOWERED = Goal(
    "network-scale",
    mark(
        "A whole network that reads less than {share:.0%} of the test digits, by its scale alone."
    ),
    mark("Choose another scale of the pixels than it was trained on, and measure."),
    lowered,
    {"share": LOW},
)
PASS_GOALS = (SURVIVED,)
SCORE_GOALS = (LOWERED,)
GOALS = (*PASS_GOALS, *SCORE_GOALS)
