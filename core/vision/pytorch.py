"""A network and a picture of ours in plain PyTorch, for programs that import nothing of ours.

>>> from core.vision.nets import build, simple
>>> for line in layers("net", build(simple()), "simple_cnn_ours", {"logits": "fc2"}):
...     print(line)
net = nn.Module()
net.conv1 = nn.Conv2d(1, 32, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))
net.conv2 = nn.Conv2d(32, 64, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))
net.fc1 = nn.Linear(in_features=3136, out_features=512, bias=True)
net.logits = nn.Linear(in_features=512, out_features=10, bias=True)
w = load_file("models/simple_cnn_ours.safetensors")
w |= {f"logits.{name}": w[f"fc2.{name}"] for name in ("weight", "bias")}
net.load_state_dict({name: w[name] for name in net.state_dict()})
>>> ink = torch.zeros(1, 2, 4)
>>> ink[0, 1, 1:3] = torch.tensor([0.5, 1.0])
>>> for line in picture("ink", ink):
...     print(line)
ink = torch.zeros(1, 2, 4)
ink[0, 1, 1:3] = torch.tensor([0.5, 1.0])
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from core.opened import literal

IMPORTS = ("from safetensors.torch import load_file", "from torch import nn")
"""What `layers` needs."""


def layers(
    variable: str, net: nn.Module, file: str, stored: Mapping[str, str] | None = None
) -> list[str]:
    """The lines that make the layers of a network, with the weights of a file.

    Args:
        variable: what the network is called.
        net: the network; its layers without weights are left out.
        file: the name of its weights.
        stored: layer -> what it is called in the file, where it is not called the same.
    """
    made = [
        f"{variable}.{name} = nn.{layer}"
        for name, layer in net.named_children()
        if layer.state_dict()
    ]
    renamed = [
        f'w |= {{f"{ours}.{{name}}": w[f"{theirs}.{{name}}"] for name in ("weight", "bias")}}'
        for ours, theirs in (stored or {}).items()
    ]
    return [
        f"{variable} = nn.Module()",
        *made,
        f'w = load_file("models/{file}.safetensors")',
        *renamed,
        f"{variable}.load_state_dict({{name: w[name] for name in {variable}.state_dict()}})",
    ]


def picture(name: str, values: Tensor) -> list[str]:
    """The lines that make a picture: paper, and in each row what is not paper.

    Args:
        name: what it is called.
        values: (channels, rows, columns), mostly 0.
    """
    lines = [f"{name} = torch.zeros{tuple(values.shape)}"]
    for channel, row in torch.argwhere(values.any(2)).tolist():
        inked = values[channel, row].nonzero()[:, 0]
        first, last = int(inked[0]), int(inked[-1]) + 1
        lines += literal(
            f"{name}[{channel}, {row}, {first}:{last}]", values[channel, row, first:last]
        )
    return lines
