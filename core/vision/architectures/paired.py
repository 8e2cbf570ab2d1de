"""The five trained networks on the same test digits, digit by digit.

All of them answered the same questions, so two are compared by the digits on which exactly one is
right (McNemar 1947; Dietterich 1998), not by whether their intervals overlap.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast

import torch
from torch import Tensor

from core import catalogue
from core.intervals import mcnemar
from core.schema import Refusal, mark
from core.vision import mnist
from core.vision.architectures.answer import NETS, network
from core.vision.shipped.nets import logits

FILE = Path(__file__).with_name("paired.json")
MISSING = mark("What the networks read wrong is missing or damaged. Make it with: {command}")


class Paired(NamedTuple):
    """Two networks on the same digits.

    Attributes:
        first: digits that only the first reads right.
        second: digits that only the second reads right.
        p: the exact p-value of McNemar's test.
    """

    first: int
    second: int
    p: float


@torch.inference_mode()
def read_wrong(name: str, digits: Tensor) -> list[int]:
    """Which of these digits of MNIST's test set, counted from 0, a network of NETS reads wrong."""
    test = mnist.load("test")
    answers = logits(network(name).net, test.images[digits]).argmax(1)
    return cast(list[int], digits[answers != test.labels[digits]].tolist())


def measure() -> None:
    """Write which digits of MNIST's test set each network reads wrong."""
    torch.set_num_threads(1)
    digits = torch.arange(len(mnist.load("test").labels))
    wrong = {name: read_wrong(name, digits) for name in NETS}
    FILE.write_text(json.dumps(wrong) + "\n", encoding="utf-8")


@functools.cache
def wrong() -> Mapping[str, Sequence[int]]:
    """The digits of MNIST's test set that each network reads wrong.

    Raises:
        Refusal: the file is missing or damaged; the sentence names the command.
    """
    try:
        found: dict[str, list[int]] = json.loads(FILE.read_text(encoding="utf-8"))
        whole = found.keys() == NETS.keys()
    except (OSError, ValueError, AttributeError):
        whole = False
    if not whole:
        raise Refusal(MISSING, command=catalogue.command("paired_results"))
    return found


def compare(first: str, second: str) -> Paired:
    """Compare two networks by their names in NETS.

    Raises:
        Refusal: as for `wrong`.
    """
    of_first, of_second = (set(wrong()[name]) for name in (first, second))
    only_first, only_second = len(of_second - of_first), len(of_first - of_second)
    return Paired(only_first, only_second, mcnemar(only_first, only_second))
