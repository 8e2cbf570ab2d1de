"""How a step of training moves: the learning rate of the schedule, and the size of the gradients.

L layers with weights that multiply
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor

from core.opened import (
    Activation,
    Count,
    Given,
    Length,
    Monomial,
    Rule,
    Rules,
    Scale,
)
from core.schema import Refusal, mark
from core.training.job import State
from core.vision.shipped.fitting import RISE, share
from core.vision.training.inspections import net_of
from core.vision.training.layers import layers
from core.vision.training.setting import CnnSetting
from core.vision.training.trainer import rate_of

Declared = tuple[Rules, dict[str, Tensor]]
SYMBOLS = {"rate": r"\eta", "highest": r"\eta_{\max}", "norm": r"\lVert g \rVert", "norms": "g"}


def of_rate(setting: CnnSetting, state: State, query: Mapping[str, str]) -> Declared:
    """Rules and arrays of the rate of the last step; "highest" is what the schedule falls from.

    Raises:
        Refusal: that is no number.
    """
    (highest,) = numbers(query, "highest", 1)
    step = max(state.step - 1, 0)
    found: dict[str, float] = {"rate": rate_of(setting, step, highest), "highest": highest}
    if setting.schedule == "constant":
        return Rules(Given("rate", "slider"), symbols=SYMBOLS), _tensors(found)
    found |= {"step": step, "steps": setting.steps}
    rules: list[Rule] = [
        Monomial("rate", ("highest", "part"), (1, 1)),
        Given("highest", "slider"),
        Given("step", "steps_taken"),
        Given("steps", "steps_taken"),
    ]
    if setting.schedule == "cosine":
        progress = step / setting.steps
        found |= {"progress": progress, "part": (1 + math.cos(math.pi * progress)) / 2}
        rules += [
            Monomial("progress", ("step", "steps"), (1, -1)),
            Activation("part", "progress", "half_cosine"),
        ]
        return Rules(*rules, symbols=SYMBOLS), _tensors(found)
    progress = (step + 1) / (setting.steps + 1)
    found |= {"now": step + 1, "all": setting.steps + 1, "progress": progress}
    found["part"] = share(progress)
    rules += [
        Count("now", "step + 1"),
        Count("all", "steps + 1"),
        Monomial("progress", ("now", "all"), (1, -1)),
    ]
    if progress < RISE:
        rules.append(Scale("part", "progress", by=RISE))
    else:
        found["fallen"] = (progress - RISE) / (1 - RISE)
        rules.append(Scale("fallen", "progress", minus=RISE, by=1 - RISE))
        rules.append(Activation("part", "fallen", "half_cosine"))
    return Rules(*rules, symbols=SYMBOLS), _tensors(found)


def of_gradients(setting: CnnSetting, state: State, query: Mapping[str, str]) -> Declared:
    """Rules and arrays of the gradients of the last step, whose lengths "norms" the run reports.

    Of a layer: "conv1_norm", "conv1_length" of its weights, and "conv1_ratio" of the two; "norm" of
    all of them together. A state does not hold its gradients.

    Raises:
        Refusal: there are not as many lengths as layers.
    """
    names = [layer.name for layer in layers(setting.plan) if layer.learns]
    norms = numbers(query, "norms", len(names))
    net = net_of(setting, state)
    found = {"norms": torch.tensor(norms), "norm": torch.tensor(math.hypot(*norms))}
    rules: list[Rule] = [Given("norms", "gradient_length"), Length("norm", "norms")]
    for name, norm in zip(names, norms, strict=True):
        weight = net.get_submodule(name).weight
        assert isinstance(weight, Tensor)
        length = weight.detach().norm()
        array = f"{name}_weight"
        found |= {array: weight.detach(), f"{name}_length": length}
        found |= {f"{name}_norm": torch.tensor(norm), f"{name}_ratio": norm / length}
        rules += [
            Given(array, "weight"),
            Given(f"{name}_norm", "gradient_length"),
            Length(f"{name}_length", array, axes=weight.dim()),
            Monomial(f"{name}_ratio", (f"{name}_norm", f"{name}_length"), (1, -1)),
        ]
    return Rules(*rules, symbols=SYMBOLS), found


def numbers(query: Mapping[str, str], name: str, count: int) -> list[float]:
    """So many finite numbers of a question, separated by commas.

    Raises:
        Refusal: they are something else.
    """
    try:
        found = [float(each) for each in query.get(name, "").split(",")]
    except ValueError:
        found = []
    if len(found) != count or not all(map(math.isfinite, found)):
        raise Refusal(mark('"{name}" holds {count} numbers.'), name=name, count=count)
    return found


def _tensors(found: Mapping[str, float]) -> dict[str, Tensor]:
    return {name: torch.tensor(value, dtype=torch.float64) for name, value in found.items()}
