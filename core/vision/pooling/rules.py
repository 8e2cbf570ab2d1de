"""How each number of a pooled map comes about."""

from __future__ import annotations

from torch import Tensor

from core.opened import Cell, Opened, Pool, Rules
from core.vision.pooling.layer import PoolingSetting, pool


def rules(setting: PoolingSetting) -> Rules:
    """The rule of "y" (H', W'), pooled from "x" (H, W)."""
    s = setting
    return Rules(Pool("y", "x", s.kind, s.window, s.stride, s.padding, s.ceil))


def arrays(x: Tensor, setting: PoolingSetting) -> dict[str, Tensor]:
    """Input and output."""
    return {"x": x, "y": pool(x, setting)}


def opened(x: Tensor, setting: PoolingSetting, row: int, column: int) -> Opened:
    """The arithmetic of one output cell."""
    return rules(setting).open(arrays(x, setting), Cell("y", (row, column)))
