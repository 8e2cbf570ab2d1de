import pytest
import torch
from torch import Tensor, nn

from core import weights
from core.vision import nets
from core.vision.models import SimpleCNN
from core.vision.nets import PLANS, DigitNet, Plan, build
from tests.core.vision.test_mnist import needs_mnist

PARAMETERS = {"simple": 1_630_090, "lenet5": 61_706, "alexnet": 346_218, "vgg": 584_618}
X = torch.randn(3, 1, 28, 28, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_becomes_a_network_for_digits(name: str) -> None:
    torch.manual_seed(0)
    net = build(PLANS[name]()).eval()
    found = net.maps(X)
    assert list(found)[-1] == "logits"
    assert found["logits"].shape == (3, 10)
    assert torch.equal(found["logits"], net(X))
    count = sum(p.numel() for p in net.parameters())
    assert count == PARAMETERS.get(name, count)
    assert name != "tiny" or count < 10_000


def test_lenet5_is_the_paper_s_with_today_s_habits() -> None:
    torch.manual_seed(1)
    hand = nn.Sequential(
        nn.Conv2d(1, 6, 5),
        nn.Tanh(),
        nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.Tanh(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.Tanh(),
        nn.Linear(120, 84),
        nn.Tanh(),
        nn.Linear(84, 10),
    )
    net = build(nets.lenet5())
    net.load_state_dict(
        dict(zip(net.state_dict(), hand.state_dict().values(), strict=True)), strict=True
    )
    padded = nn.functional.pad(X, (2, 2, 2, 2))
    assert torch.allclose(net(X), hand(padded), atol=1e-6)


@pytest.mark.parametrize("name", ["vgg", "alexnet", "tiny"])
def test_normalisation_can_be_folded_away(name: str) -> None:
    torch.manual_seed(2)
    net = build(PLANS[name]())
    for layer in net.modules():
        if isinstance(layer, nn.BatchNorm2d):
            nn.init.uniform_(layer.weight, 0.5, 2)
            nn.init.normal_(layer.bias)
    net.train()
    net(torch.randn(64, 1, 28, 28))
    net.eval()
    bare = net.bare()
    assert not any(isinstance(layer, nn.BatchNorm2d | nn.Dropout) for layer in bare.modules())
    assert torch.allclose(bare(X), net(X), atol=1e-4)
    assert not torch.allclose(bare(X), build(PLANS[name]()).eval()(X), atol=1e-2)


def test_simple_is_the_notes_network() -> None:
    torch.manual_seed(3)
    model = SimpleCNN()
    net = nets.from_simple(model)
    assert torch.allclose(net(X), model(X), atol=1e-6)
    assert [p.shape for p in build(nets.simple()).parameters()] == [
        p.shape for p in model.parameters()
    ]


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        (("conv 8 9 0", "max 2 2", "max 2 2", "conv 4 7 0"), "does not fit: 7x7 on maps of 5x5"),
        (("conv 8 3",), "cannot be read"),
        (("conv 8 x 1",), "cannot be read"),
        (("deconv 8 3 1",), "cannot be read"),
        (("conv 0 3 1",), "begin at 1"),
        (("fc 0",), "begin at 1"),
        (("fc 20", "conv 8 3 1"), "no maps are left"),
    ],
)
def test_a_plan_that_cannot_be_built_says_why(layers: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        build(Plan(layers))


def test_an_unknown_activation() -> None:
    with pytest.raises(ValueError, match="no activation 'softplus'"):
        DigitNet(("fc 5",), "softplus")  # type: ignore[arg-type]


FLOORS = {"lenet5": 0.99, "alexnet": 0.99, "vgg": 0.993, "vgg_wide": 0.997, "tiny": 0.99}


@needs_mnist
@pytest.mark.parametrize("name", FLOORS)
def test_a_shipped_network_is_as_good_as_its_card(name: str) -> None:
    from core.vision import mnist
    from core.vision.shipped.nets import logits

    net, card = weights.load(name)
    test = mnist.load("test")[torch.arange(1_000)]
    right = (logits(net, test.images).argmax(1) == test.labels).float().mean()
    stated = card["scores"]["mnist_test"]["accuracy"]
    assert stated > FLOORS[name]
    assert abs(float(right) - stated) < 0.01


def test_training_moves_towards_the_labels() -> None:
    """Ten bright rows are learnt within a few steps, twice with the same bits."""
    from core.vision.mnist import Digits
    from core.vision.shipped.nets import Recipe, fit, logits

    g = torch.Generator().manual_seed(0)
    labels = torch.randint(0, 10, (512,), generator=g)
    images = torch.zeros(512, 28, 28, dtype=torch.uint8)
    images[torch.arange(512), 5 + 2 * labels] = 255
    recipe = Recipe(epochs=6, rate=0.1, batch=64, average=0.9)
    plan = Plan(("conv 4 3 1", "max 2 2", "fc 32"), norm=True)
    torch.manual_seed(4)
    net = fit(build(plan), Digits(images, labels), recipe, 1)
    torch.manual_seed(4)
    again = fit(build(plan), Digits(images, labels), recipe, 1)
    said: Tensor = logits(net, images)
    assert torch.equal(said, logits(again, images))
    assert (said.argmax(1) == labels).float().mean() > 0.9
