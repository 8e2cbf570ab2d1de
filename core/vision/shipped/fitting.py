"""What both trainings of shipped networks share: batches made ahead, the rate, the average."""

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from torch import nn

T = TypeVar("T")


def ahead(batches: Iterator[T], count: int) -> Iterator[T]:
    """The next `count` batches, each made in a second thread during the step before."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, batches)
        for _ in range(count):
            batch = coming.result()
            coming = thread.submit(next, batches)
            yield batch


def share(done: float) -> float:
    """The part of the highest learning rate when `done` of the steps are taken, both in [0, 1].

    It rises over the first tenth and falls as half a cosine.
    """
    return done / 0.1 if done < 0.1 else (1 + math.cos(math.pi * (done - 0.1) / 0.9)) / 2


def follow(average: nn.Module, net: nn.Module, keep: float) -> None:
    """Move an exponential average of a network's parameters and buffers one step on."""
    for a, b in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
        if a.is_floating_point():
            a.lerp_(b, 1 - keep)
