"""The network of a run, to be carried elsewhere: as ONNX, by PyTorch's exporter of TorchScript.

The newer exporter of PyTorch needs one more package, and writes the same networks.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import torch
from torch import Tensor, nn

OPSET = 17
_LOCK = Lock()  # the exporter keeps what it is at in the module


@dataclass(frozen=True)
class Carried:
    """A network, and what goes in and comes out.

    Attributes:
        network: it, or several in an nn.ModuleDict.
        given: by name, an example of each input; its shape is that of all others.
        outputs: what comes out, by name.
        apply: of the network and its inputs what comes out; without it the network's own call.
        batch: whether the first axis of inputs and outputs is left open.
    """

    network: nn.Module
    given: Mapping[str, Tensor]
    outputs: tuple[str, ...]
    apply: Callable[..., Any] | None = None
    batch: bool = False

    def onnx(self) -> bytes:
        """The bytes of its ONNX file."""
        file = io.BytesIO()
        names = [*self.given, *self.outputs]
        with _LOCK, warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")  # it says that shapes are taken as they are
            torch.onnx.export(
                _Applied(self.network, self.apply).eval() if self.apply else self.network.eval(),
                tuple(self.given.values()),
                file,  # type: ignore[arg-type]
                input_names=list(self.given),
                output_names=list(self.outputs),
                dynamic_axes={name: {0: "batch"} for name in names} if self.batch else None,
                opset_version=OPSET,
                dynamo=False,
            )
        return file.getvalue()


class _Applied(nn.Module):
    """A function of a network, as a network."""

    def __init__(self, network: nn.Module, apply: Callable[..., Any]) -> None:
        super().__init__()
        self.network = network
        self.apply_to = apply

    def forward(self, *given: Tensor) -> Any:
        return self.apply_to(self.network, *given)


def members(models: Mapping[str, nn.Module], x: Tensor) -> Carried:
    """Networks of a race, which read the same: an output for each, under its name."""

    def all_of(networks: nn.ModuleDict, x: Tensor) -> tuple[Tensor, ...]:
        return tuple(network(x) for network in networks.values())

    return Carried(nn.ModuleDict(dict(models)), {"x": x}, tuple(models), all_of)
