"""The gates of a recurrent layer that somebody brought: the operator keeps them to itself.

They follow from what it reads and what it gives. ONNX stacks them in an order of its own; here they
lie as in torch, so that the rules of our own cells open them. Each direction has its arrays, with a
row for each step in the order in which it reads: "layer_3_forward_forget" (T, H).

    T steps, I inputs, H hidden size, D directions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from core.networks.graph import Node
from core.opened import Rule
from core.recurrent.cell import gates
from core.recurrent.cells import BLOCKS, GATES, Kind, Weights, step

CELLS: Mapping[str, Kind] = {"LSTM": "lstm", "GRU": "gru", "RNN": "rnn"}
_ORDER: Mapping[Kind, tuple[str, ...]] = {
    "lstm": ("input", "output", "forget", "candidate"),
    "gru": ("update", "reset", "candidate"),
    "rnn": ("h",),
}
"""The blocks of weights, as ONNX stacks them."""
LAST = ("last_h", "last_c")
"""What an operator gives beside its outputs: the states at the end."""


@dataclass(frozen=True)
class Unrolled:
    """A recurrent layer, and all that its numbers are made of.

    Attributes:
        array: of the layer.
        node: its operator.
        known: everything that a pass computed.
    """

    array: str
    node: Node
    known: Mapping[str, Tensor]

    @property
    def kind(self) -> Kind:
        """Which cell."""
        return CELLS[self.node.op]

    @property
    def directions(self) -> tuple[str, ...]:
        """Of its outputs, in their order."""
        given = self.node.attributes.get("direction", "forward")
        return ("forward", "reverse") if given == "bidirectional" else (given,)

    def opens(self) -> bool:
        """Whether it is a cell as torch has it, of one example, that begins with zeros."""
        x, states = self._input(0), [self._input(at) for at in (5, 6)]
        begins = all(each is None or not each.any() for each in states)
        ours = self.kind != "gru" or bool(self.node.attributes.get("linear_before_reset", 0))
        return x is not None and x.shape[1] == 1 and begins and ours

    def named(self, direction: str, name: str) -> str:
        """What an array of a direction is called; with a point what does not open: weights."""
        point = "." if name[:2] in ("w_", "b_") else "_"
        return f"{self.array}{point}{direction}_{name}"

    def rules(self) -> list[Rule]:
        """How its gates and states come about, in each direction."""
        given = self.node.attributes.get("activations", ["tanh"])
        plain = "relu" if given[0].lower() == "relu" else "tanh"

        def of(direction: str) -> list[Rule]:
            return gates.made(self.kind, lambda name: self.named(direction, name), plain)

        return [rule for direction in self.directions for rule in of(direction)]

    def symbols(self) -> dict[str, str]:
        """How its arrays are written in formulas."""
        letters = {"x": "x"} | gates.symbols(self.kind)
        return {
            self.named(direction, name): letter if direction == "forward" else rf"\bar{{{letter}}}"
            for direction in self.directions
            for name, letter in letters.items()
        }

    def arrays(self) -> dict[str, Tensor]:
        """All arrays of these rules."""
        made = self.known[self.node.outputs[0]][:, :, 0]  # (T, D, H)
        found: dict[str, Tensor] = {}
        for at, direction in enumerate(self.directions):
            back = direction == "reverse"
            x, h = (each.flip(0) if back else each for each in (self._x(), made[:, at]))
            own = {"x": x, **vars(self._weights(at)), **self._gates(self._weights(at), x, h)}
            found |= {self.named(direction, name): value for name, value in own.items()}
        return found

    def places(self, output: int, at: Tensor) -> Iterator[tuple[str, Tensor]]:
        """Where the numbers of an output come from, one direction after the other.

        Args:
            output: 0 for the states after each step, 1 and 2 for the last ones.
            at: the place of each number of the output, counted along all its axes.

        Yields:
            The array that a direction's numbers stand in, and the place there of each number; -1
            where it is of another direction.
        """
        steps, size = len(self._x()), at.shape[-1]
        unit, of = at % size, at // size  # (..., D, 1)
        which, time = of % len(self.directions), of // len(self.directions)
        for place, direction in enumerate(self.directions):
            back = direction == "reverse"
            row = (steps - 1 - time if back else time) if output == 0 else torch.tensor(steps - 1)
            name = "c" if output == 2 else "h"
            there = row * size + unit
            yield self.named(direction, name), torch.where(which == place, there, -1)

    def enters(self, direction: str) -> Tensor:
        """Where what a direction reads stands in what the layer reads, (T, I)."""
        x = self._x()
        at = torch.arange(x.numel()).reshape(x.shape)
        return at.flip(0) if direction == "reverse" else at

    def _input(self, at: int) -> Tensor | None:
        name = self.node.inputs[at] if at < len(self.node.inputs) else ""
        return self.known[name] if name else None

    def _x(self) -> Tensor:
        x = self._input(0)
        assert x is not None
        return x[:, 0]

    def _weights(self, at: int) -> Weights:
        w, r, b = (self._input(place) for place in (1, 2, 3))
        assert w is not None and r is not None
        both = w.new_zeros(len(w), 2 * w.shape[1]) if b is None else b
        parts = w[at], r[at], *both[at].chunk(2)
        return Weights(*(self._as_torch(part) for part in parts))

    def _as_torch(self, stacked: Tensor) -> Tensor:
        order = _ORDER[self.kind]
        blocks = dict(zip(order, stacked.chunk(len(order)), strict=True))
        return torch.cat([blocks[name] for name in BLOCKS[self.kind]])

    def _gates(self, w: Weights, x: Tensor, h: Tensor) -> dict[str, Tensor]:
        """All of them, (T, H): each follows from the step before, which is known."""
        if self.kind == "rnn":
            return {"h": h}
        found = step(self.kind, w, x, F.pad(h[:-1], (0, 0, 1, 0)), torch.zeros_like(h))
        if self.kind == "lstm":
            now, cells = torch.zeros_like(h[0]), []
            for forget, new in zip(
                found["forget"], found["input"] * found["candidate"], strict=True
            ):
                now = forget * now + new
                cells.append(now)
            found["c"] = torch.stack(cells)
        return {name: found[name] for name in GATES[self.kind]} | {"h": h}
