"""What a digit network costs, and the same network resized to cost a given amount."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from core.vision.nets import SIDE, Plan, build

Equal = Literal["parameters", "multiply_adds"]


@dataclass(frozen=True)
class Cost:
    """Of one network and one picture: numbers that are learned, and products that are added up."""

    parameters: int
    multiply_adds: int


@cache
def cost(plan: Plan) -> Cost:
    """Count without computing anything, on the meta device.

    As the network answers: batch normalisation is folded into the kernels before it, and dropout is
    over.

    >>> from core.vision.nets import lenet5
    >>> cost(lenet5())
    Cost(parameters=61706, multiply_adds=416520)
    """
    with torch.device("meta"):
        net = build(replace(plan, norm=False, dropout=0.0))
        return Cost(
            sum(p.numel() for p in net.parameters()),
            multiply_adds(net, torch.empty(1, 1, SIDE, SIDE)),
        )


def multiply_adds(net: nn.Module, x: torch.Tensor) -> int:
    """Of one pass, by torch's own counter, which counts a multiply-add as two operations."""
    with FlopCounterMode(display=False) as counter:
        net(x)
    return int(counter.get_total_flops()) // 2


def scaled(plan: Plan, equal: Equal, budget: int) -> Plan:
    """The widest version of the plan that costs no more than the budget.

    Every number of maps and units is multiplied by one factor; kernels, strides and depth stay.

    Args:
        plan: what to make narrower or wider.
        equal: what the budget counts.
        budget: the most that it may cost.

    Raises:
        ValueError: one map a layer already costs more.
    """
    low, high = 1, 1
    if getattr(cost(_wide(plan, 0)), equal) > budget:
        raise ValueError(f"Even one map a layer costs more than {budget:,}.")
    while getattr(cost(_wide(plan, high)), equal) <= budget:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if getattr(cost(_wide(plan, middle)), equal) <= budget:
            low = middle
        else:
            high = middle
    return _wide(plan, low)


_UNIT = 256
"""Widths are multiplied by a whole number of this many parts."""


def _wide(plan: Plan, parts: int) -> Plan:
    """The plan with widths times `parts` / _UNIT, one at least."""

    def wide(layer: str) -> str:
        kind, *sizes = layer.split()
        if kind not in ("conv", "fc"):
            return layer
        return " ".join([kind, str(max(1, round(int(sizes[0]) * parts / _UNIT))), *sizes[1:]])

    return replace(plan, layers=tuple(map(wide, plan.layers)))
