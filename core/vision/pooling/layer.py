"""Pooling of one map: forward, where its gradient goes, what it forgets, what it forgives.

Everything is computed by torch (`max_pool2d`, `avg_pool2d`, `max_unpool2d`, autograd); what stands
here is the choice and the questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, max_pool2d, max_unpool2d

from core.schema import Record, choice, flag, mark, whole
from core.vision.impossible import Impossible

Kind = Literal["max", "average"]
KINDS: tuple[Kind, ...] = ("max", "average")
WINDOW = (1, 6)
STRIDE = (1, 6)
PADDING = (0, 3)
NOTICED = 0.1
"""A pooled value has changed when it moved by more than this share of the largest one."""

EXACT = 1e-6
"""A number that came back has this much less or more at most."""

HALF = mark(
    "The padding is at most half of the window, or a window could lie in it altogether: for a "
    "window of {window} at most {nearest}."
)
FITS = mark(
    "A window of {window} is larger than the input of {height} × {width} with a padding of "
    "{padding}: at most {nearest} fits."
)


@dataclass(frozen=True)
class PoolingSetting(Record):
    """One pooling layer.

    Attributes:
        kind: "max" or "average"; the average counts padding as zeros, PyTorch's default.
        window: side of the window.
        stride: cells from one window to the next.
        padding: rings of cells around the input; never chosen by max, zeros for the average.
        ceil: whether a last window that hangs over the edge counts (PyTorch's `ceil_mode`).

    Raises:
        Refusal: a value is out of bounds.
        Impossible: the padding is more than half of the window.
    """

    kind: Kind = choice(KINDS, label=mark("kind of pooling"))
    window: int = whole(2, *WINDOW)
    stride: int = whole(2, *STRIDE)
    padding: int = whole(0, *PADDING)
    ceil: bool = flag(label=mark("rounding up"))

    def check_together(self) -> None:
        """Refuse a window that could lie in the padding altogether."""
        if self.padding > self.window // 2:
            raise Impossible(HALF, "padding", self.window // 2, window=self.window)

    def length(self, size: int) -> int:
        """How many windows there are along a side of that length, as PyTorch counts them."""
        over = size + 2 * self.padding - self.window + (self.stride - 1 if self.ceil else 0)
        count = over // self.stride + 1
        if self.ceil and (count - 1) * self.stride >= size + self.padding:
            count -= 1  # a window may not begin in the padding behind the input
        return count

    def drops(self, size: int) -> bool:
        """Whether a last window is left out along a side of that length: see `length`."""
        over = size + 2 * self.padding - self.window
        return self.ceil and -(-over // self.stride) + 1 != self.length(size)

    def fits(self, height: int, width: int) -> None:
        """Refuse an input without a single window.

        Raises:
            Impossible: the window is larger than the input.
        """
        if min(self.length(height), self.length(width)) < 1:
            most = min(height, width) + 2 * self.padding
            raise Impossible(
                FITS,
                "window",
                most,
                window=self.window,
                height=height,
                width=width,
                padding=self.padding,
            )

    def spans(self, size: int) -> list[tuple[int, int]]:
        """First and behind-the-last cell of each window along a side, in the padded input."""
        whole = size + 2 * self.padding
        starts = [i * self.stride for i in range(self.length(size))]
        return [(start, min(start + self.window, whole)) for start in starts]


def pool(x: Tensor, setting: PoolingSetting) -> Tensor:
    """(..., H, W) -> (..., H', W').

    >>> x = torch.arange(16.0).reshape(4, 4)
    >>> pool(x, PoolingSetting("max", 2, 2)).tolist()
    [[5.0, 7.0], [13.0, 15.0]]
    >>> pool(x, PoolingSetting("average", 2, 2)).tolist()
    [[2.5, 4.5], [10.5, 12.5]]
    >>> winners(x, PoolingSetting("max", 2, 2)).tolist()  # each a place in 4 * 4
    [[5, 7], [13, 15]]
    """
    flat = x.reshape(-1, 1, *x.shape[-2:])
    s = setting
    if s.kind == "max":
        out = max_pool2d(flat, s.window, s.stride, s.padding, ceil_mode=s.ceil)
    else:
        out = avg_pool2d(flat, s.window, s.stride, s.padding, ceil_mode=s.ceil)
    return out.reshape(*x.shape[:-2], *out.shape[-2:])


def winners(x: Tensor, setting: PoolingSetting) -> Tensor:
    """The cell that wins each window, as its place in H * W, int64 (H', W'); the first of equals.

    Args:
        x: the input, (H, W).
        setting: of max pooling.
    """
    s = setting
    _, index = max_pool2d(
        x[None, None], s.window, s.stride, s.padding, ceil_mode=s.ceil, return_indices=True
    )
    result: Tensor = index[0, 0]
    return result


def routed(x: Tensor, setting: PoolingSetting, gradient: Tensor) -> Tensor:
    """Where a gradient at the output (H', W') goes in the input (H, W), by autograd."""
    with torch.enable_grad():
        x = x.detach().clone().requires_grad_()
        (result,) = torch.autograd.grad(pool(x, setting), x, gradient)
    return result


def unchanged(lost: Tensor) -> Tensor:
    """Where the input came back exactly, from what it is less what came back."""
    return lost.abs() < EXACT


def unpooled(x: Tensor, setting: PoolingSetting) -> Tensor:
    """The input as far as the output still knows it, (H, W).

    Max: each winner at its place, zero elsewhere (`max_unpool2d`). Average: each cell gets the
    mean of the outputs that it had a share in, weighted by that share; zero where it had none.
    """
    out = pool(x, setting)
    if setting.kind == "max":
        index = winners(x, setting)[None, None]
        window, stride, padding = (
            [v, v] for v in (setting.window, setting.stride, setting.padding)
        )
        result = max_unpool2d(out[None, None], index, window, stride, padding, list(x.shape))
        return result[0, 0]
    shares = routed(x, setting, torch.ones_like(out))
    return torch.where(shares > 0, routed(x, setting, out) / shares.clamp(min=1e-12), 0.0)


def shifted(x: Tensor, dx: int, dy: int) -> Tensor:
    """(..., H, W) moved by dx cells to the right and dy down; zeros come in."""
    height, width = x.shape[-2:]
    result = torch.zeros_like(x)
    rows = slice(max(0, dy), min(height, height + dy))
    columns = slice(max(0, dx), min(width, width + dx))
    from_rows = slice(max(0, -dy), min(height, height - dy))
    from_columns = slice(max(0, -dx), min(width, width - dx))
    result[..., rows, columns] = x[..., from_rows, from_columns]
    return result


def ways(setting: PoolingSetting) -> dict[str, PoolingSetting]:
    """Four ways to hand a map on, each as a pooling; windows of one number only skip some."""
    s = setting
    return {
        "max": PoolingSetting("max", s.window, s.stride, s.padding, s.ceil),
        "average": PoolingSetting("average", s.window, s.stride, s.padding, s.ceil),
        "stride": PoolingSetting("max", 1, s.stride),
        "none": PoolingSetting("max", 1, 1),
    }


def forgiven(
    still: Tensor, moved: Tensor, setting: PoolingSetting
) -> Mapping[str, dict[str, list[float]]]:
    """How much is left of a map after a shift, for four ways to hand it on.

    Args:
        still: the map (H, W).
        moved: the map of each shift, (N, H, W).
        setting: its window, stride and padding are used for max and average alike.

    Returns:
        For "max", "average", "stride" (every stride-th cell) and "none": "changed", the share of
        the values that moved by more than `NOTICED` of the largest, and "norm", the length of the
        difference over the length of the original; each one number for each shift.
    """
    result = {}
    for name, way in ways(setting).items():
        before, after = pool(still, way), pool(moved, way)
        difference = (after - before).flatten(1)
        noticed = difference.abs() > NOTICED * before.abs().max()
        length = before.norm().clamp(min=1e-12)
        result[name] = {
            "changed": noticed.float().mean(1).tolist(),
            "norm": (difference.norm(dim=1) / length).tolist(),
        }
    return result
