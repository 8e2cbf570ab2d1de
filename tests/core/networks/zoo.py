"""Twenty networks in plain PyTorch, as somebody may have trained them, and their files."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Example:
    """A network in evaluation mode, and what goes in."""

    name: str
    make: Callable[[], nn.Module]
    given: Callable[[], tuple[Tensor, ...]]

    def built(self) -> tuple[nn.Module, tuple[Tensor, ...]]:
        """With weights of its own, and batch statistics that are not those of the start."""
        torch.manual_seed(7)
        network = self.make()
        for module in network.modules():
            if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
                nn.init.uniform_(module.running_mean, -0.5, 0.5)  # type: ignore[arg-type]
                nn.init.uniform_(module.running_var, 0.5, 1.5)  # type: ignore[arg-type]
        return network.eval(), self.given()

    def exported(self, **options: Any) -> tuple[nn.Module, tuple[Tensor, ...], bytes]:
        """The same, and its ONNX file by PyTorch's own exporter."""
        network, given = self.built()
        return network, given, onnx_of(network, given, **options)


def onnx_of(network: nn.Module, given: tuple[Tensor, ...], **options: Any) -> bytes:
    """The bytes that torch.onnx.export writes."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that shapes are taken as they are
        torch.onnx.export(network, given, file, dynamo=False, **options)  # type: ignore[arg-type]
    return file.getvalue()


def image(*shape: int) -> Callable[[], tuple[Tensor, ...]]:
    """Noise in the shape of one picture."""
    return lambda: (torch.randn(1, *shape, generator=torch.Generator().manual_seed(3)),)


def tokens(count: int, kinds: int) -> Callable[[], tuple[Tensor, ...]]:
    """Places in a vocabulary."""
    return lambda: (
        torch.randint(0, kinds, (1, count), generator=torch.Generator().manual_seed(3)),
    )


class Squeezing(nn.Module):
    """Squeeze and excitation (Hu et al. 2018)."""

    def __init__(self, maps: int) -> None:
        super().__init__()
        self.down, self.up = nn.Linear(maps, maps // 2), nn.Linear(maps // 2, maps)

    def forward(self, x: Tensor) -> Tensor:
        gate = torch.sigmoid(self.up(F.relu(self.down(x.mean((2, 3))))))
        return x * gate[:, :, None, None]


class Residual(nn.Module):
    """Two convolutions and the way around them."""

    def __init__(self, before: int, maps: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(before, maps, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(maps)
        self.conv2 = nn.Conv2d(maps, maps, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(maps)
        self.around = nn.Conv2d(before, maps, 1, stride) if stride > 1 else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        out = F.relu(self.norm1(self.conv1(x)))
        out = self.norm2(self.conv2(out))
        return F.relu(out + self.around(x))


class Recurrent(nn.Module):
    """A recurrent layer, and its last state into scores."""

    def __init__(self, kind: type[nn.RNNBase], inputs: int, **options: Any) -> None:
        super().__init__()
        self.rnn = kind(inputs, 12, batch_first=True, **options)
        self.head = nn.Linear(24 if options.get("bidirectional") else 12, 10)

    def forward(self, x: Tensor) -> Tensor:
        out, _ = self.rnn(x)
        return self.head(out[:, -1])


class Letters(nn.Module):
    """Letters in, scores of the next letter out."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(30, 8)
        self.rnn = nn.LSTM(8, 16, num_layers=2, batch_first=True)
        self.head = nn.Linear(16, 30)

    def forward(self, at: Tensor) -> Tensor:
        return F.log_softmax(self.head(self.rnn(self.table(at))[0]), -1)


class Attention(nn.Module):
    """Heads written out by hand, with a causal mask."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        n, t, width = x.shape
        q, k, v = self.qkv(x).chunk(3, -1)
        q, k, v = (each.view(n, t, self.heads, -1).transpose(1, 2) for each in (q, k, v))
        scores = q @ k.transpose(-2, -1) / (width // self.heads) ** 0.5
        mask = torch.tril(torch.ones(t, t, dtype=torch.bool))
        weights = torch.softmax(scores.masked_fill(~mask, float("-inf")), -1)
        return self.out((weights @ v).transpose(1, 2).reshape(n, t, width))


class Gpt(nn.Module):
    """A small decoder."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self.places = nn.Embedding(40, 16), nn.Embedding(12, 16)
        self.norm1, self.norm2 = nn.LayerNorm(16), nn.LayerNorm(16)
        self.attention = Attention(16, 4)
        self.mlp = nn.Sequential(nn.Linear(16, 32), nn.GELU(), nn.Linear(32, 16))
        self.head = nn.Linear(16, 40)

    def forward(self, at: Tensor) -> Tensor:
        x = self.table(at) + self.places(torch.arange(at.shape[1]))
        x = x + self.attention(self.norm1(x))
        return self.head(x + self.mlp(self.norm2(x)))


class Encoder(nn.Module):
    """PyTorch's own encoder layers, and their mean into scores."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(40, 16)
        layer = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.head = nn.Linear(16, 3)

    def forward(self, at: Tensor) -> Tensor:
        return self.head(self.encoder(self.table(at)).mean(1))


class Patches(nn.Module):
    """A vision transformer of one block."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(1, 16, 7, 7)
        self.first = nn.Parameter(torch.randn(1, 1, 16))
        self.attention = nn.MultiheadAttention(16, 2, batch_first=True)
        self.norm, self.head = nn.LayerNorm(16), nn.Linear(16, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.first.expand(len(x), -1, -1), x], 1)
        x = self.norm(x + self.attention(x, x, x, need_weights=False)[0])
        return self.head(x[:, 0])


class UNet(nn.Module):
    """Down, up again, and across."""

    def __init__(self) -> None:
        super().__init__()
        self.down, self.middle = nn.Conv2d(1, 4, 3, padding=1), nn.Conv2d(4, 8, 3, 2, 1)
        self.up, self.out = nn.ConvTranspose2d(8, 4, 2, 2), nn.Conv2d(8, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        near = F.leaky_relu(self.down(x), 0.1)
        far = self.up(F.silu(self.middle(near)))
        return torch.sigmoid(self.out(torch.cat([near, far], 1)))


def _mobile() -> nn.Module:
    """Depthwise convolutions, ReLU6 and hard swish."""
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, 2, 1), nn.BatchNorm2d(8), nn.ReLU6(),
        nn.Conv2d(8, 8, 3, 1, 1, groups=8), nn.BatchNorm2d(8), nn.Hardswish(),
        nn.Conv2d(8, 16, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 5),
    )  # fmt: skip


EXAMPLES = (
    Example("lenet", lambda: nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(),
        nn.AvgPool2d(2), nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84),
        nn.Tanh(), nn.Linear(84, 10)), image(1, 28, 28)),
    Example("lenet_relu", lambda: nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(), nn.Linear(256, 10), nn.LogSoftmax(1)),
        image(1, 28, 28)),
    Example("perceptron", lambda: nn.Sequential(
        nn.Flatten(), nn.Linear(784, 64), nn.BatchNorm1d(64), nn.ELU(), nn.Linear(64, 10),
        nn.Softmax(1)), image(1, 28, 28)),
    Example("norms", lambda: nn.Sequential(
        nn.Conv2d(1, 8, 3, bias=False), nn.BatchNorm2d(8), nn.LeakyReLU(), nn.Conv2d(8, 8, 3),
        nn.InstanceNorm2d(8, affine=True), nn.PReLU(), nn.GroupNorm(2, 8),
        nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(32, 10)), image(1, 28, 28)),
    Example("residual", lambda: nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), Residual(8, 8, 1), Residual(8, 16, 2),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10)), image(1, 28, 28)),
    Example("squeezing", lambda: nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1), nn.SiLU(), Squeezing(8),
        nn.MaxPool2d(3, 2, 1, ceil_mode=True), nn.Flatten(), nn.Linear(512, 4), nn.Softmax(-1)),
        image(3, 15, 15)),
    Example("mobile", _mobile, image(3, 32, 32)),
    Example("dilated", lambda: nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=2, dilation=2), nn.Softplus(), nn.Conv2d(4, 4, (3, 5), (2, 1)),
        nn.Mish(), nn.AvgPool2d(3, 2, 1, count_include_pad=False), nn.Flatten(1)),
        image(1, 20, 20)),
    Example("unet", UNet, image(1, 16, 16)),
    Example("waves", lambda: nn.Sequential(
        nn.Conv1d(1, 8, 5, padding=2), nn.ReLU(), nn.MaxPool1d(2), nn.Conv1d(8, 8, 3, 2),
        nn.GELU("tanh"), nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(8, 2)), image(1, 64)),
    Example("lstm", lambda: Recurrent(nn.LSTM, 28), image(28, 28)),
    Example("lstm_both", lambda: Recurrent(nn.LSTM, 3, bidirectional=True, num_layers=2),
            image(9, 3)),
    Example("gru", lambda: Recurrent(nn.GRU, 4, bidirectional=True), image(11, 4)),
    Example("rnn", lambda: Recurrent(nn.RNN, 1, nonlinearity="relu"), image(20, 1)),
    Example("rnn_tanh", lambda: Recurrent(nn.RNN, 2, num_layers=2), image(7, 2)),
    Example("letters", Letters, tokens(14, 30)),
    Example("gpt", Gpt, tokens(12, 40)),
    Example("encoder", Encoder, tokens(9, 40)),
    Example("patches", Patches, image(1, 28, 28)),
    Example("regression", lambda: nn.Sequential(
        nn.Linear(5, 16), nn.Hardsigmoid(), nn.LayerNorm(16), nn.SELU(), nn.Linear(16, 1)),
        image(5)),
)  # fmt: skip
"""Convolutional, recurrent and attention networks, and some of neither kind."""
