"""How the numbers of "Why this answer?" come about: occlusion, HiResCAM, filters switched off.

All of it is about one logit, the target's.

    R, C rows and columns of windows    F filters    K = 512 units that the logits are read from
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from core.opened import Combination, Conv, Dot, Given, Monomial, Pool, Routed, Rule
from core.vision import attribution
from core.vision.attribution import STRIDE, WINDOW
from core.vision.models import CLASSES, SimpleCNN
from core.vision.reasons import CONV_LAYERS
from core.vision.trace import Trace

SYMBOLS = {
    "occlusion": "o", "falls": "f", "logit": "z", "logit_covered": "z'", "units_covered": "u'",
    "row": "w", "bias": "b", "seed": "e", "turned": "w'", "cam1": "s", "cam2": "s",
    "g_relu3": "g", "g_fc1": "g", "g_pool2": "g", "g_relu2": "g", "g_conv2": "g", "g_pool1": "g",
    "g_relu1": "g", "passes3": "r", "passes2": "r",
    **{f"effect{at}": r"\Delta z" for at in "12"},
    **{f"with{at}": "z" for at in "12"},
    **{f"without{at}": "z'" for at in "12"},
    **{f"units{at}": "u'" for at in "12"},
}  # fmt: skip


def rules() -> tuple[Rule, ...]:
    """The rules, on top of those of the network itself."""
    windows = Pool("", "occlusion", "average", WINDOW, STRIDE)
    found: list[Rule] = [
        Routed("occlusion", "falls", windows, mean=True),
        Combination("falls", ("logit", "logit_covered"), (1.0, -1.0)),
        Dot("logit_covered", "r c k, k, -> r c", "units_covered", "row", "bias"),
        Dot("logit", "r c k, k, -> r c", "units_all", "row", "bias"),
        Given("units_covered", "units_covered"),
        Given("units_all", "units_all"),
        Dot("cam2", "c h w, c h w -> h w", "g_relu2", "relu2"),
        Dot("cam1", "c h w, c h w -> h w", "g_relu1", "relu1"),
        Given("seed", "seed"),
        Dot("g_relu3", "n, n k -> k", "seed", "model.fc2.weight"),
        Monomial("g_fc1", ("g_relu3", "passes3"), (1, 1)),
        Dot("g_pool2", "n, n (c h w) -> c h w", "g_fc1", "model.fc1.weight"),
        Routed("g_relu2", "g_pool2", Pool("", "relu2")),
        Monomial("g_conv2", ("g_relu2", "passes2"), (1, 1)),
        Conv("g_pool1", "g_conv2", "turned", padding=1, transposed=True),
        Routed("g_relu1", "g_pool1", Pool("", "relu1")),
        Given("passes3", "passes"),
        Given("passes2", "passes"),
    ]
    for at in "12":
        found += [
            Combination(f"effect{at}", (f"without{at}", f"with{at}"), (1.0, -1.0)),
            Dot(f"without{at}", "c k, k, -> c", f"units{at}", "row", "bias"),
            Dot(f"with{at}", "c k, k, -> c", f"units_on{at}", "row", "bias"),
            Given(f"units{at}", "units_off"),
            Given(f"units_on{at}", "units_all"),
        ]
    return tuple(found)


@torch.no_grad()
def arrays(model: SimpleCNN, run: Trace, image: Tensor, target: int) -> dict[str, Tensor]:
    """Every array that these rules speak of and the network's do not.

    Args:
        model: the network; filters that are switched off have no weights in it.
        run: its trace of the picture.
        image: the picture, (28, 28), normalised.
        target: whose logit is explained.

    Returns:
        "occlusion" (28, 28), "falls", "logit" and "logit_covered" (R, C), "units_covered" and
        "units_all" (R, C, K); "cam1" (28, 28), "cam2" (14, 14), gradients "g_" as large as their
        layer, "passes2" and "passes3", 1 where a ReLU lets a gradient through; of both layers
        "effect", "with", "without" (F,), "units" and "units_on" (F, K).
    """
    weight, bias = model.fc2.weight.detach()[target], model.fc2.bias.detach()[target]
    return {
        "row": weight,
        "bias": bias,
        **_covered(model, image, target, weight, bias),
        **_gradients(model, run, target),
        **_switched_off(model, image, weight, bias),
    }


def _covered(
    model: SimpleCNN, image: Tensor, target: int, weight: Tensor, bias: Tensor
) -> dict[str, Tensor]:
    units = attribution.units_covered(model, image)
    blank = attribution.units_without(model, image, "conv2")[:1, None].expand_as(units)
    logit, covered = blank @ weight + bias, units @ weight + bias
    return {
        "occlusion": attribution.occlusion(model, image, target),
        "falls": logit - covered,
        "logit": logit,
        "logit_covered": covered,
        "units_covered": units,
        "units_all": blank,
    }


def _gradients(model: SimpleCNN, run: Trace, target: int) -> dict[str, Tensor]:
    """Back from the target's logit, layer by layer."""
    layer = {name: tensor[0] for name, tensor in run.tensors.items()}
    seed = F.one_hot(torch.tensor(target), CLASSES).float()
    g_relu3 = seed @ model.fc2.weight
    passes3, passes2 = (layer[name].gt(0).float() for name in ("fc1", "conv2"))
    g_fc1 = g_relu3 * passes3
    g_pool2 = (g_fc1 @ model.fc1.weight).view_as(layer["pool2"])
    g_relu2 = _to_winners(layer["relu2"], g_pool2)
    g_conv2 = g_relu2 * passes2
    weight = model.conv2.weight.detach()
    g_pool1 = F.conv_transpose2d(g_conv2, weight, padding=1)
    g_relu1 = _to_winners(layer["relu1"], g_pool1)
    return {
        "seed": seed,
        "g_relu3": g_relu3,
        "passes3": passes3,
        "g_fc1": g_fc1,
        "g_pool2": g_pool2,
        "g_relu2": g_relu2,
        "cam2": (g_relu2 * layer["relu2"]).sum(0),
        "passes2": passes2,
        "g_conv2": g_conv2,
        "turned": weight.transpose(0, 1),
        "g_pool1": g_pool1,
        "g_relu1": g_relu1,
        "cam1": (g_relu1 * layer["relu1"]).sum(0),
    }


def _to_winners(maps: Tensor, gradient: Tensor) -> Tensor:
    with torch.enable_grad():
        x = maps.clone().requires_grad_()
        (routed,) = torch.autograd.grad(F.max_pool2d(x, 2), x, gradient)
    return routed


def _switched_off(
    model: SimpleCNN, image: Tensor, weight: Tensor, bias: Tensor
) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    for at, name in zip("12", CONV_LAYERS, strict=True):
        on, *_ = units = attribution.units_without(model, image, name)
        off = units[1:]
        every = on.expand_as(off)
        found |= {
            f"units{at}": off,
            f"units_on{at}": every,
            f"without{at}": off @ weight + bias,
            f"with{at}": every @ weight + bias,
        }
        found[f"effect{at}"] = found[f"without{at}"] - found[f"with{at}"]
    return found
