"""The results of `core.vision.fair.compare`: the numbers, and what may be said about them."""

from __future__ import annotations

import functools
import json
import math
from dataclasses import replace
from typing import Any, Literal

from core import catalogue
from core.vision.fair.compare import FILE, plan_of
from core.vision.fair.ideas import IDEAS, Idea
from core.vision.nets import Plan

Outcome = Literal["better", "worse", "same", "not_begun"]

GUESSING = math.log(10)
"""The loss of a network that gives each of the ten digits the same probability."""
ASLEEP = 0.98
"""Share of that loss above which a training has not begun to learn."""


@functools.cache
def results() -> dict[str, Any]:
    """The file that the script wrote.

    Raises:
        FileNotFoundError: it is missing; the message names the command.
    """
    try:
        stored: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise FileNotFoundError(
            "The results of the fair comparison are missing. Make them with: "
            f"{catalogue.command('fair_results')}"
        ) from None
    return stored


def plan(name: str) -> Plan:
    """The network of "parameters.simple" or of "activation.tanh", as it answers.

    Batch normalisation is folded into the kernels before it, and dropout is over.

    Raises:
        KeyError: there is no such network.
        FileNotFoundError: as `results`.
    """
    of, _, which = name.partition(".")
    stored = results()
    equal, ideas = stored["equal"].get(of, {}), stored["ideas"].get(of, {})
    nets = {net["family"]: net for net in equal.get("nets", ())}
    nets |= {variant["name"]: variant for variant in ideas.get("variants", ())}
    return replace(plan_of(nets[which]), norm=False, dropout=0.0)


def picture() -> dict[str, Any]:
    """The results, with an outcome for each variant of an idea."""
    stored = results()
    ideas = {
        idea.name: _judged(idea, stored["ideas"][idea.name])
        for idea in IDEAS
        if idea.name in stored["ideas"]
    }
    return {"card": stored["card"], "equal": stored["equal"], "ideas": ideas}


def _judged(idea: Idea, result: dict[str, Any]) -> dict[str, Any]:
    """The variants in the order of the idea, each compared with what it is to be held against."""
    by_name = {variant["name"]: variant for variant in result["variants"]}
    variants = []
    for variant in idea.variants:
        against = variant.against or idea.variants[0].name
        one = by_name[variant.name]
        judged = outcome(by_name[against]["runs"], one["runs"])
        variants.append({**one, "against": against, "outcome": judged})
    return {**result, "variants": variants}


def outcome(first: list[dict[str, Any]], other: list[dict[str, Any]]) -> Outcome:
    """Whether the other runs are better than the first ones, beyond the luck of the test digits.

    Better: the 95% interval of its worst run lies above that of the first's best run. Two seeds
    are few; what is closer than that is called the same. Runs that all end with the loss of
    guessing are compared with nothing: they say something about their start and not about an idea.
    """
    if all(run["curve"]["loss"][-1] > ASLEEP * GUESSING for run in other):
        return "not_begun"

    def low(runs: list[dict[str, Any]]) -> float:
        return min(float(run["interval"][0]) for run in runs)

    def high(runs: list[dict[str, Any]]) -> float:
        return max(float(run["interval"][1]) for run in runs)

    if low(other) > high(first):
        return "better"
    return "worse" if high(other) < low(first) else "same"
