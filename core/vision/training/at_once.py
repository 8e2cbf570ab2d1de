"""Two pieces of work at once, each in a thread of its own.

Where work is cut in two never depends on the machine, so the bits do not either: on a single core
the pieces take turns.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

import torch

A = TypeVar("A")
B = TypeVar("B")

# How many threads torch takes for one product is a setting of each thread.
_second = ThreadPoolExecutor(1, "second", initializer=torch.set_num_threads, initargs=(1,))


def at_once(one: Callable[[], A], other: Callable[[], B]) -> tuple[A, B]:
    """Do two things at the same time.

    Args:
        one: what this thread does.
        other: what the second thread does. It may draw from no generator that `one` draws from,
            and sets modes such as `torch.no_grad` for itself.

    Returns:
        What both return.

    Raises:
        Whatever either of them raises, when both are done.
    """
    coming = _second.submit(other)
    try:
        mine = one()
    finally:
        wait([coming])
    return mine, coming.result()
