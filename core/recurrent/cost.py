"""What a recurrent cell costs: parameters, multiply-adds and measured time for one step.

Torch's flop counter counts nothing for recurrent networks, so the formula is written out; the tests
hold it to the sizes of the matrices that torch itself uses.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import torch

from core.recurrent.cells import BLOCKS, KINDS, NETWORKS, Kind
from core.schema import mark, whole

STEPS = 50
"""Steps of the series that is timed, as in the notes."""
BATCH = 64
REPEATS = 12
_INPUTS = whole(low=1, high=512).named("inputs")
_HIDDEN = whole(low=1, high=512, label=mark("hidden size")).named("hidden")
_TIMED = whole(low=1, high=128, label=mark("hidden size")).named("hidden")


@dataclass(frozen=True)
class Cost:
    """Of one layer: blocks of weights, parameters, multiply-adds for one step of one series."""

    blocks: int
    parameters: int
    products: int


def cost(kind: Kind, inputs: int, hidden: int) -> Cost:
    """Count one layer: each of G blocks has H rows over I inputs and H states, and two biases.

    >>> cost("lstm", 1, 32)
    Cost(blocks=4, parameters=4480, products=4224)
    """
    _INPUTS.check(inputs)
    _HIDDEN.check(hidden)
    blocks = len(BLOCKS[kind])
    products = blocks * hidden * (inputs + hidden)
    return Cost(blocks, products + 2 * blocks * hidden, products)


@dataclass(frozen=True)
class Timing:
    """Microseconds for one time step of a batch: reading, and reading with the way back."""

    forward: float
    both: float


def measure(inputs: int, hidden: int) -> dict[Kind, Timing]:
    """Time the three cells on this machine, now, on one thread: the best of a few rounds.

    The rounds of the three are taken in turn, so that what else the machine does meets them alike.
    """
    _INPUTS.check(inputs)
    _TIMED.check(hidden)
    networks = {kind: NETWORKS[kind](inputs, hidden, batch_first=True) for kind in KINDS}
    x = torch.zeros(BATCH, STEPS, inputs)
    best = {kind: [float("inf"), float("inf")] for kind in KINDS}
    for _ in range(REPEATS):
        for kind, network in networks.items():
            began = time.perf_counter()
            states, _last = network(x)
            read = time.perf_counter()
            states.sum().backward()
            ended = time.perf_counter()
            best[kind][0] = min(best[kind][0], read - began)
            best[kind][1] = min(best[kind][1], ended - began)
    return {
        kind: Timing(1e6 * forward / STEPS, 1e6 * both / STEPS)
        for kind, (forward, both) in best.items()
    }
