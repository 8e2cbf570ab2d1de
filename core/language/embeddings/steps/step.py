"""The arrays of a step, the rules by which they come about, and how formulas write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from core.opened import Rules

SYMBOLS = {
    "inward": "W",
    "outward": "U",
    "out": "U",
    "hidden": "h",
    "scores": "s",
    "target": "t",
    "gradient": "g",
    "pull": "g",
    "back": r"\nabla h",
    "inward_gradient": r"\nabla W",
    "outward_gradient": r"\nabla U",
    "inward_after": "W'",
    "outward_after": "U'",
    "out_after": "U'",
    "hidden_after": "h'",
    "scores_after": "s'",
    "p_after": "p'",
    "loss": r"\mathcal{L}",
    "after": r"\mathcal{L}'",
    "count": "X",
    "log": r"\ln X",
    "weight": "f",
    "error": "e",
    "slope": r"\nabla e",
    "pairs": "n",
    "nearness": "d^{-1}",
    "w_gradient": r"\nabla w",
    "u_gradient": r"\nabla u",
    "w_after": "w'",
    "u_after": "u'",
    "ones": "1",
}
"""How arrays are written in formulas; all others by their own names."""
RATE = 0.5
"""Of the first update that is tried."""
HALVINGS = 12
"""How often it is halved at most: a loss that is still no lower is as low as float32 has it."""


@dataclass(frozen=True)
class Step:
    """A step for one pair, or one cell.

    Attributes:
        rules: how its numbers come about.
        trace: its arrays.
    """

    rules: Rules
    trace: dict[str, Tensor]

    def number(self, name: str) -> float:
        """An array that is one number."""
        return float(self.trace[name])

    def __or__(self, other: Step) -> Step:
        """Both."""
        rules = Rules(*self.rules.by_name.values(), *other.rules.by_name.values(), symbols=SYMBOLS)
        return Step(rules, self.trace | other.trace)


def descent(made: Callable[[float], Step]) -> tuple[Step, float]:
    """The step with the first of the rates 0.5, 0.25, ... that lowers the loss, and that rate.

    Downhill holds for a small step alone: a large one may land higher up on the other side.

    Args:
        made: the step with a rate; its trace has the "loss" before it and "after" it.
    """
    rate = RATE
    step = made(rate)
    for _ in range(HALVINGS):
        if not step.number("loss") or step.number("after") < step.number("loss"):
            break
        rate /= 2
        step = made(rate)
    return step, rate
