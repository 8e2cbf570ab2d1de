"""What is known of the five trained networks: size, cost, accuracy, calibration."""

from __future__ import annotations

from typing import Any

from core.vision.architectures.answer import NETS, network
from core.vision.architectures.paired import compare
from core.vision.fair.scaled import cost
from core.weights import WeightsError

REFERENCE = "simple"
"""The network that the others are compared with, digit by digit."""


def facts() -> dict[str, dict[str, Any]]:
    """What is known of each network, or why it is missing.

    Raises:
        Refusal: as for `paired.wrong`.
    """
    known: dict[str, dict[str, Any]] = {}
    for name in NETS:
        try:
            net = network(name)
        except WeightsError as error:
            known[name] = {"missing": str(error)}
            continue
        counted = cost(net.net.plan)
        score = net.card["scores"]["mnist_test"]
        known[name] = {
            "parameters": counted.parameters,
            "multiply_adds": counted.multiply_adds,
            "accuracy": score["accuracy"],
            "interval": score["interval"],
            "of": score["of"],
            "calibration_error": net.card["calibration"]["error_on_mnist_test"],
            "paired": compare(name, REFERENCE)._asdict(),
        }
    return known
