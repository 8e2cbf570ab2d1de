"""How an operator is declared and called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.networks.graph import Node
from core.schema import Refusal, mark

Compute = Callable[..., Any]

NOT_HERE = mark("{op} with {what} is not computed here.")


class Unsupported(Refusal):
    """An operator is known, but not in this form."""


@dataclass(frozen=True)
class Call:
    """What a function of an operator is given beside its inputs.

    Attributes:
        node: whose step it is.
        device: where what is made of nothing is made; "meta" where only sizes are asked for.
    """

    node: Node
    device: torch.device

    def __getitem__(self, name: str) -> Any:
        """An attribute; None where it is not given."""
        return self.node.attributes.get(name)

    def get(self, name: str, default: Any) -> Any:
        """An attribute, or what it is when it is not given."""
        return self.node.attributes.get(name, default)

    @property
    def opset(self) -> int:
        """Which version of the operator is meant."""
        return self.node.opset

    def refuse(self, what: str) -> Unsupported:
        """The refusal of a form of the operator: raise it."""
        return Unsupported(NOT_HERE, op=self.node.op, what=what)

    def integers(self, name: str, given: Tensor | None) -> list[int] | None:
        """Whole numbers that are an attribute in old versions and an input in newer ones."""
        if given is not None:
            return [int(value) for value in given.flatten().tolist()]
        found: list[int] | None = self[name]
        return found


@dataclass(frozen=True)
class Operator:
    """An operator.

    Attributes:
        name: in ONNX.
        compute: of a `Call` and its inputs, None for one that is left out: a tensor, or a tuple.
        values: which inputs say how, not what: shapes, axes, places. Their values must be known
            before anything is computed.
        products: of its inputs and outputs: how many products it takes.
    """

    name: str
    compute: Compute
    values: frozenset[int]
    products: Callable[[Call, Sequence[Tensor | None], Sequence[Tensor]], int]


OPERATORS: dict[str, Operator] = {}


def _none(call: Call, inputs: Sequence[Tensor | None], outputs: Sequence[Tensor]) -> int:
    return 0


def operator(
    *names: str,
    values: Sequence[int] = (),
    products: Callable[[Call, Sequence[Tensor | None], Sequence[Tensor]], int] = _none,
) -> Callable[[Compute], Compute]:
    """Declare a function to be what computes operators of these names."""

    def declare(compute: Compute) -> Compute:
        for name in names:
            OPERATORS[name] = Operator(name, compute, frozenset(values), products)
        return compute

    return declare


def supported() -> list[str]:
    """Names of all operators that are computed here, in alphabetical order."""
    return sorted(OPERATORS)
