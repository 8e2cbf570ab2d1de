"""The rule of what windows hand back to the numbers that they cover: a gradient, or a mean."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch

from core.opened.parts import Index, Opened, Part, Rule, Trace, Wire
from core.opened.rules import Pool
from core.opened.wire import largest


@dataclass(frozen=True)
class Routed(Rule):
    """What each window of a pooling hands back to the numbers that it covers.

    A window of max pooling hands all of its number to the winner, one of average pooling hands a
    share to each. That is where a gradient goes.

    Attributes:
        array: (..., H, W), as the source of the pooling.
        windows: (..., H', W'), a number for each window, such as a gradient.
        pool: the pooling. Its source says who wins, where the largest does.
        mean: divide by all the shares that a number has, instead of adding up: what it has on
            average; 0 where no window hands it anything.
    """

    array: str
    windows: str
    pool: Pool
    mean: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.windows, self.pool.source)

    def parts(self, trace: Trace, index: Index) -> tuple[Part, ...]:
        *before, row, column = index
        values, pool = trace[self.windows], self.pool
        spans = [
            _covering(pool, at, count)
            for at, count in zip((row, column), values.shape[-2:], strict=True)
        ]
        shares = [
            [self._share(trace, (*before, r, c), (row, column)) for c in spans[1]] for r in spans[0]
        ]
        box = (*(range(at, at + 1) for at in before), *spans)
        (top, bottom), (left, right) = ((span.start, span.stop) for span in spans)
        handed = values[tuple(before)][top:bottom, left:right]
        return (
            Part("handed", self.windows, box, handed),
            Part("shares", "", (), torch.tensor(shares, dtype=torch.float64).view(handed.shape)),
        )

    def _share(self, trace: Trace, window: Index, place: tuple[int, int]) -> float:
        """How much of a window's number goes to a place that it covers."""
        found = self.pool.parts(trace, window)
        seen, count = found
        rows, columns = seen.box[-2:]
        if place[0] not in rows or place[1] not in columns:
            return 0.0
        if self.pool.kind == "average":
            return 1 / int(count.values)
        winner = int(seen.values.flatten().argmax())
        return float(winner == (place[0] - rows.start) * len(columns) + place[1] - columns.start)

    def total(self, shown: Opened) -> float:
        shares = shown["shares"]
        added = float((shown["handed"] * shares).sum())
        return added / (float(shares.sum()) or 1.0) if self.mean else added

    def statement(self, trace: Trace) -> str:
        pooled = replace(self.pool, source="x").statement({"x": trace[self.pool.source]})
        back = f"torch.func.vjp(lambda x: {pooled}, {self.pool.source})[1]"
        added = f"{back}({self.windows})[0]"
        if not self.mean:
            return added
        return f"{added} / {back}(torch.ones_like({self.windows}))[0].clamp(min=1e-12)"

    def expression(self, shown: Opened) -> str:
        parts = (
            f"1/{round(1 / share)}" if 0 < share < 1 else f"{share:g}" for share in _flat(shown)
        )
        shares = f"torch.tensor([{', '.join(parts)}])"
        over = f" / {float(shown['shares'].sum()) or 1.0!r}" if self.mean else ""
        return f"(handed.flatten() * {shares}).sum(){over}"

    def fields(self, shown: Opened, top: int, whole: int) -> Wire:
        """JSON: products as in `largest` of what windows hand back and their shares.

        "over" is what the sum is divided by, else null.
        """
        products = largest(shown.part("handed"), shown.part("shares"), top, whole)
        over = float(shown["shares"].sum()) or 1.0
        return {"kind": "routed", "over": over if self.mean else None} | products


def _flat(shown: Opened) -> list[float]:
    found: list[float] = shown["shares"].flatten().tolist()
    return found


def _covering(pool: Pool, at: int, count: int) -> range:
    """The windows along one side that reach over a row or column of the input."""
    place = at + pool.padding
    first = max(0, -((pool.window - 1 - place) // pool.stride))
    return range(first, min(place // pool.stride + 1, count))
