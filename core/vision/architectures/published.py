"""LeNet-5, AlexNet and VGG as published, built on torch's meta device: shapes without numbers.

Beside them the small ones that are trained and run here.

A hundred million parameters cost no memory there. LeNet-5: LeCun, Bottou, Bengio and Haffner,
"Gradient-based learning applied to document recognition" (1998), section II. AlexNet: Krizhevsky,
Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks" (2012),
section 3. VGG: Simonyan and Zisserman, "Very deep convolutional networks" (2014), configurations A,
D and E, which are torchvision's.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from core.vision import nets

SEEN = (
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
)
"""Which of the six maps before it each of the sixteen maps of C3 sees: table I of the paper."""


class Squash(nn.Module):
    """LeNet-5's 1.7159 tanh(2/3 a)."""

    def forward(self, x: Tensor) -> Tensor:
        """Any shape; the same shape."""
        return 1.7159 * torch.tanh(2 / 3 * x)


class Subsample(nn.Module):
    """Four neighbours added, times one coefficient, plus one bias for each map.

    Args:
        channels: maps.
    """

    kernel_size, stride, padding = 2, 2, 0

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.channels = channels
        self.coefficient = nn.Parameter(torch.empty(channels, 1, 1))
        self.bias = nn.Parameter(torch.empty(channels, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, C, H / 2, W / 2)."""
        return 4 * nn.functional.avg_pool2d(x, 2) * self.coefficient + self.bias

    def extra_repr(self) -> str:
        """The arguments."""
        return f"{self.channels}"


class SparseConvolution(nn.Module):
    """5x5 kernels, each of which sees some of the maps only.

    Args:
        seen: for each output map, the input maps that it sees.
    """

    kernel_size, stride, padding = 5, 1, 0

    def __init__(self, seen: tuple[tuple[int, ...], ...]) -> None:
        super().__init__()
        self.seen = seen
        self.maps = nn.ModuleList(nn.Conv2d(len(inputs), 1, 5) for inputs in seen)

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, len(seen), H - 4, W - 4)."""
        pairs = zip(self.seen, self.maps, strict=True)
        return torch.cat([layer(x[:, list(inputs)]) for inputs, layer in pairs], dim=1)

    def extra_repr(self) -> str:
        """The arguments."""
        return f"{self.seen}"


class Distances(nn.Module):
    """Squared distance from each class's pattern: 84 numbers of +1 and -1, drawn by hand, fixed.

    Args:
        inputs, classes: numbers in a pattern, patterns.
    """

    patterns: Tensor

    def __init__(self, inputs: int, classes: int) -> None:
        super().__init__()
        self.in_features, self.out_features = inputs, classes
        self.register_buffer("patterns", torch.empty(classes, inputs))

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs) -> (N, classes)."""
        return ((x[:, None] - self.patterns) ** 2).sum(-1)

    def extra_repr(self) -> str:
        """The arguments."""
        return f"{self.in_features}, {self.out_features}"


def lenet5_1998() -> nn.Module:
    """LeNet-5 with its 60,000 trainable parameters, for 32x32 pixels."""
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5), Squash(), Subsample(6), Squash()),
        *(SparseConvolution(SEEN), Squash(), Subsample(16), Squash()),
        *(nn.Conv2d(16, 120, 5), Squash(), nn.Flatten()),
        *(nn.Linear(120, 84), Squash(), Distances(84, 10)),
    )


def alexnet_2012() -> nn.Module:
    """AlexNet on its two graphics cards: half of the maps in conv2, 4 and 5 see the other half.

    The paper says 224x224 pixels, but its 55x55 maps come out of 227x227.
    """

    def norm() -> nn.Module:
        return nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2.0)  # torch divides alpha by 5

    def pool() -> nn.Module:
        return nn.MaxPool2d(3, 2)

    return nn.Sequential(
        *(nn.Conv2d(3, 96, 11, stride=4), nn.ReLU(), norm(), pool()),
        *(nn.Conv2d(96, 256, 5, padding=2, groups=2), nn.ReLU(), norm(), pool()),
        *(nn.Conv2d(256, 384, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(384, 384, 3, padding=1, groups=2), nn.ReLU()),
        *(nn.Conv2d(384, 256, 3, padding=1, groups=2), nn.ReLU(), pool(), nn.Flatten()),
        *(nn.Dropout(), nn.Linear(256 * 6 * 6, 4096), nn.ReLU()),
        *(nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)),
    )


def _torchvision(name: str) -> Callable[[], nn.Module]:
    def make() -> nn.Module:
        from core.torchvision_pair import torchvision  # a second of import, for these only

        model: nn.Module = getattr(torchvision.models, name)(weights=None)
        return model

    return make


def _small(plan: Callable[[], nets.Plan]) -> Callable[[], nn.Module]:
    """As it runs once it is trained: normalisation has gone into the kernels (`DigitNet.bare`)."""
    return lambda: nets.build(replace(plan(), norm=False, dropout=0.0))


@dataclass(frozen=True)
class Architecture:
    """One network as published.

    Attributes:
        make: builds it; call `on_meta` instead.
        inputs: channels, rows and columns of a picture.
        names: how its layers are called: "paper" (C1, S2, ...), "stages" (conv1_1, ...) or
            "numbers" (conv1, pool1, ...).
        year: of the paper.
        source: which paper, or which program.
        address: where to read it.
    """

    make: Callable[[], nn.Module]
    inputs: tuple[int, int, int]
    names: str
    year: int
    source: str
    address: str

    def on_meta(self) -> nn.Module:
        """The network in evaluation mode, without a single number in memory."""
        with torch.device("meta"):
            return self.make().eval()


_LECUN = ("LeCun et al. 1998, Proc. IEEE 86 (11)", "https://doi.org/10.1109/5.726791")
_VISION = "https://docs.pytorch.org/vision/stable/models.html"
_PHOTO = (3, 224, 224)

ARCHITECTURES: dict[str, Architecture] = {
    "lenet5_1998": Architecture(lenet5_1998, (1, 32, 32), "paper", 1998, *_LECUN),
    "lenet5": Architecture(
        lambda: nets.build(nets.lenet5()), (1, 28, 28), "numbers", 1998, *_LECUN
    ),
    "alexnet_2012": Architecture(
        alexnet_2012,
        (3, 227, 227),
        "numbers",
        2012,
        "Krizhevsky, Sutskever, Hinton 2012, NIPS 25",
        "https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks",
    ),
    "alexnet": Architecture(
        _torchvision("alexnet"), _PHOTO, "numbers", 2014, "torchvision, after 1404.5997", _VISION
    ),
    **{
        f"vgg{depth}": Architecture(
            _torchvision(f"vgg{depth}"),
            _PHOTO,
            "stages",
            2014,
            "Simonyan, Zisserman 2014, 1409.1556",
            "https://arxiv.org/abs/1409.1556",
        )
        for depth in (11, 16, 19)
    },
    "simple": Architecture(
        lambda: nets.build(nets.simple()),
        (1, 28, 28),
        "numbers",
        2026,
        "SimpleCNN, course notes",
        "",
    ),
    "alexnet_small": Architecture(
        _small(nets.alexnet), (1, 28, 28), "numbers", 2026, "Forward Pass, after AlexNet", ""
    ),
    "vgg_small": Architecture(
        _small(nets.vgg_wide), (1, 28, 28), "numbers", 2026, "Forward Pass, after VGG", ""
    ),
}
