"""Models, optimisers and random generators as the bytes of one state, and back.

Whatever a chunk needs to go on exactly where the one before ended is in these bytes, so the bits of
a run do not depend on where it was cut.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from safetensors.torch import load, save
from torch import Tensor, nn
from torch.optim import Optimizer

from core.training.job import State

OPTIMISER = "optimiser."
GENERATOR = "generator."


def pack(
    step: int,
    models: Mapping[str, nn.Module],
    optimisers: Mapping[str, Optimizer],
    generators: Mapping[str, torch.Generator],
) -> State:
    """Return the state of a run.

    Parameters become "MODEL.PARAMETER", what an optimiser remembers of its i-th parameter
    "optimiser.MODEL.i.NAME", generators "generator.NAME".
    """
    tensors: dict[str, Tensor] = {}
    for name, model in models.items():
        for key, value in model.state_dict().items():
            tensors[f"{name}.{key}"] = value.detach().contiguous()
    for name, optimiser in optimisers.items():
        for index, kept in optimiser.state_dict()["state"].items():
            for key, value in kept.items():
                if isinstance(value, Tensor):
                    tensors[f"{OPTIMISER}{name}.{index}.{key}"] = value.contiguous()
    for name, generator in generators.items():
        tensors[f"{GENERATOR}{name}"] = generator.get_state()
    return State(step, save(tensors))


def unpack(
    state: State,
    models: Mapping[str, nn.Module],
    optimisers: Mapping[str, Optimizer],
    generators: Mapping[str, torch.Generator],
) -> None:
    """Put a state back into objects that were made as for `pack`."""
    tensors = load(state.tensors)
    for name, model in models.items():
        _fill(model, name, tensors)
    for name, optimiser in optimisers.items():
        kept: dict[int, dict[str, Tensor]] = {}
        for key, value in tensors.items():
            if key.startswith(f"{OPTIMISER}{name}."):
                _, _, index, field = key.split(".")
                kept.setdefault(int(index), {})[field] = value
        groups = optimiser.state_dict()["param_groups"]
        optimiser.load_state_dict({"state": kept, "param_groups": groups})
    for name, generator in generators.items():
        generator.set_state(tensors[f"{GENERATOR}{name}"])


def load_models(state: State, models: Mapping[str, nn.Module]) -> None:
    """Put only the parameters back, for a state that is looked at and not gone on from."""
    tensors = load(state.tensors)
    for name, model in models.items():
        _fill(model, name, tensors)


def _fill(model: nn.Module, name: str, tensors: Mapping[str, Tensor]) -> None:
    prefix = f"{name}."
    model.load_state_dict(
        {key.removeprefix(prefix): t for key, t in tensors.items() if key.startswith(prefix)}
    )
