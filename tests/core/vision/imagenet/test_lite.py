"""EfficientNet-Lite0: the weights that are shipped fit, and mean what they meant."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from core.vision.imagenet import networks, pictures
from core.vision.imagenet.lite import EfficientNetLite0, SameConv, renamed
from core.vision.imagenet.prepare import prepare
from core.vision.imagenet.steps import after, costs, logits, run, steps
from tests.core.vision.imagenet.weights import needs_weights

Weights = dict[str, Tensor]


@pytest.fixture(scope="module")
def shipped() -> Weights:
    path = networks.where("lite0")
    assert path is not None
    found: Weights = torch.load(path, weights_only=True)
    return found


@pytest.fixture(scope="module")
def net(shipped: Weights) -> EfficientNetLite0:
    made = EfficientNetLite0().eval()
    made.load_state_dict(renamed(shipped), strict=True)
    return made


@pytest.fixture(scope="module")
def cat() -> Tensor:
    return prepare(pictures.find("cat"), networks.NETWORKS["lite0"]).normalised


def _folded(weights: Weights, conv: str, norm: str) -> tuple[Tensor, Tensor]:
    """A convolution with its normalisation in its weights and in a bias."""
    spread = (weights[f"{norm}.running_var"] + 1e-3).sqrt()
    factor = weights[f"{norm}.weight"] / spread
    bias = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * factor
    return weights[f"{conv}.weight"] * factor[:, None, None, None], bias


def _reference(weights: Weights, x: Tensor) -> Tensor:
    """The network once more, from the names and shapes of the shipped weights alone."""

    def conv(x: Tensor, name: str, norm: str, stride: int = 1, groups: int = 1) -> Tensor:
        weight, bias = _folded(weights, name, norm)
        side, kernel = x.shape[-1], weight.shape[-1]
        missing = max((-(-side // stride) - 1) * stride + kernel - side, 0)
        low, high = missing // 2, missing - missing // 2
        return F.conv2d(F.pad(x, (low, high, low, high)), weight, bias, stride, groups=groups)

    x = conv(x, "_conv_stem", "_bn0", 2).clamp(0, 6)
    for i in range(16):
        block, before = f"_blocks.{i}", x
        if f"{block}._expand_conv.weight" in weights:
            x = conv(x, f"{block}._expand_conv", f"{block}._bn0").clamp(0, 6)
        wide, stride = x.shape[1], 2 if i in (1, 3, 5, 11) else 1
        x = conv(x, f"{block}._depthwise_conv", f"{block}._bn1", stride, wide).clamp(0, 6)
        x = conv(x, f"{block}._project_conv", f"{block}._bn2")
        x = x + before if x.shape == before.shape else x
    x = conv(x, "_conv_head", "_bn1").clamp(0, 6).mean((2, 3))
    return F.linear(x, weights["_fc.weight"], weights["_fc.bias"])


@needs_weights
@torch.inference_mode()
def test_it_computes_what_the_shipped_weights_say(
    net: EfficientNetLite0, shipped: Weights, cat: Tensor
) -> None:
    torch.testing.assert_close(net(cat[None]), _reference(shipped, cat[None]), atol=1e-3, rtol=1e-3)


@needs_weights
@torch.inference_mode()
def test_its_steps_are_the_network(net: EfficientNetLite0, cat: Tensor) -> None:
    made = steps(net)
    arrays = run(made, cat)
    whole = net(cat[None])
    torch.testing.assert_close(arrays["logits"], whole[0])
    torch.testing.assert_close(logits(made, torch.stack([cat, -cat]))[:1], whole)
    torch.testing.assert_close(after(made, "head_relu", arrays["head_relu"][None]), whole)
    shapes = costs(made, 224)
    assert {name: tuple(value.shape) for name, value in arrays.items()} == {
        name: cost.shape for name, cost in shapes.items()
    }
    assert sum(cost.parameters for cost in shapes.values()) == 4_652_008
    assert 0.38e9 < sum(cost.multiply_adds for cost in shapes.values()) < 0.41e9


@needs_weights
@pytest.mark.parametrize(
    ("picture", "names"),
    [
        ("cat", {"tabby", "tiger cat", "Egyptian cat"}),
        ("coffee", {"espresso"}),
        ("camera", {"tripod"}),
    ],
)
def test_it_sees_what_there_is(net: EfficientNetLite0, picture: str, names: set[str]) -> None:
    from core.vision.imagenet.labels import labels

    x = prepare(pictures.find(picture), networks.NETWORKS["lite0"]).normalised
    with torch.inference_mode():
        p = net(x[None])[0].softmax(0)
    assert sum(float(p[labels().index(name)]) for name in names) > 0.8


@needs_weights
def test_pictures_are_prepared_as_they_were_in_training(shipped: Weights) -> None:
    """What the first normalisation has met tells the mean and the spread of its pixels.

    The mean of a kernel's output is its sum times the mean of the pixels; least squares over 32
    kernels give that mean. ImageNet's pixels have the means 0.485, 0.456 and 0.406.
    """
    kernels = shipped["_conv_stem.weight"].sum((2, 3))
    met = torch.linalg.lstsq(kernels, shipped["_bn0.running_mean"][:, None]).solution[:, 0]
    known = networks.NETWORKS["lite0"]
    for channel, mean in enumerate((0.485, 0.456, 0.406)):
        ours = (mean - known.mean[channel]) / known.std[channel]
        assert abs(float(met[channel]) - ours) < 0.08


@pytest.mark.parametrize(("kernel", "stride"), [(3, 1), (3, 2), (5, 1), (5, 2)])
def test_padding_is_tensorflows(kernel: int, stride: int) -> None:
    """The output has the side of the input / stride, and what is odd stands at the end."""
    layer: Any = SameConv(1, 1, kernel, stride)
    with torch.no_grad():
        layer.weight.fill_(1.0)
        out = layer(torch.ones(1, 1, 8, 8))
    assert out.shape[-1] == 8 // stride
    low, high = layer.pads
    assert high - low in (0, 1) and low + high == kernel - stride
    assert float(out[0, 0, 0, 0]) == (kernel - low) ** 2
