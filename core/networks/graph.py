"""A network as a list of nodes in the order of computing, in the operators of ONNX."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from core.networks.limits import NAME
from core.schema import Refusal, mark

Size = int | str
"""An axis: how long it is, or its name where that is still open."""

OPEN_AXIS = mark("The axis {axis} has no size yet.")
NOT_A_NUMBER = mark(
    "The weights {name} hold values that are no numbers (NaN), so they say nothing."
)


@dataclass(frozen=True)
class Input:
    """What goes in.

    Attributes:
        name: in the graph.
        shape: a number for each axis, or the axis's name where its size is left open.
        dtype: of its numbers.
    """

    name: str
    shape: tuple[Size, ...]
    dtype: torch.dtype = torch.float32


@dataclass(frozen=True)
class Node:
    """One step.

    Attributes:
        op: an operator of ONNX.
        inputs: names of tensors, "" for one that is left out.
        outputs: names of what it makes.
        attributes: plain values, lists of them, tensors.
        name: what the file calls it, for people.
        opset: the version of the operators that the file was written for.
    """

    op: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    opset: int = 17

    @property
    def place(self) -> str:
        """How it is named in a sentence: its own name, or that of what it makes."""
        return brief(self.name or self.outputs[0])


@dataclass(frozen=True)
class Graph:
    """A network.

    Attributes:
        inputs: what goes in.
        outputs: names of what comes out.
        nodes: every name that one reads is an input, a weight, or made by a node before it.
        weights: by name.
    """

    inputs: tuple[Input, ...]
    outputs: tuple[str, ...]
    nodes: tuple[Node, ...]
    weights: Mapping[str, Tensor]

    @property
    def open_axes(self) -> tuple[str, ...]:
        """Names of axes without a size; the batch is always one."""
        found = (
            axis
            for each in self.inputs
            for axis in each.shape
            if isinstance(axis, str) and not is_batch(each, axis)
        )
        return tuple(dict.fromkeys(found))

    def shape(self, given: Input, sizes: Mapping[str, int] | None = None) -> tuple[int, ...]:
        """The shape of an input, its batch 1 where that is open.

        Raises:
            Refusal: an axis is open, and `sizes` says nothing of it.
        """
        known = sizes or {}
        found = []
        for axis in given.shape:
            if isinstance(axis, int):
                found.append(axis)
            elif axis in known:
                found.append(known[axis])
            elif is_batch(given, axis):
                found.append(1)
            else:
                raise Refusal(OPEN_AXIS, axis=brief(axis))
        return tuple(found)


def is_batch(given: Input, axis: str) -> bool:
    """Whether an open axis counts examples: it is called so, or it is the first of those open."""
    named = [each for each in given.shape if isinstance(each, str)]
    called = [each for each in named if "batch" in each.lower() or each.lower() in ("b", "n")]
    return axis in called if called else given.shape[0] == axis


def brief(name: str) -> str:
    """A name of theirs for people, cut where it is long, without what is not printed."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in name[: NAME + 1])
    return shown if len(shown) <= NAME else shown[: NAME - 1] + "…"


def refuse_nan(name: str, weights: Tensor) -> None:
    """Hold weights to be numbers; infinite ones are, in a mask of attention.

    Raises:
        Refusal: one of them is none.
    """
    if weights.is_floating_point() and bool(weights.isnan().any()):
        raise Refusal(NOT_A_NUMBER, name=brief(name))
