import torch

from core.vision.mnist import Digits
from core.vision.models import normalise
from core.vision.shipped import fitting, recipes
from core.vision.shipped.recipes import Ours, Scaffold


def _stripes(n: int, seed: int = 0) -> Digits:
    """Ten classes that are easy to tell: a bright row, by label."""
    g = torch.Generator().manual_seed(seed)
    labels = torch.randint(0, 10, (n,), generator=g)
    images = torch.randint(0, 60, (n, 28, 28), generator=g, dtype=torch.uint8)
    images[torch.arange(n), 5 + 2 * labels] = 255
    return Digits(images, labels)


def _quiet(_: str) -> None:
    pass


def test_the_notes_recipe_is_the_notes_loop() -> None:
    """Bit for bit what the notes' loop computes, written with nothing of ours but the network."""
    digits = _stripes(200)
    torch.manual_seed(3)
    order = torch.Generator().manual_seed(3)
    model = recipes.SimpleCNN()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    criterion = torch.nn.CrossEntropyLoss()
    x = (digits.images[:, None].float() / 255 - 0.5) / 0.5
    for _ in range(2):
        index = torch.randperm(200, generator=order)
        for start in range(0, 200, 64):
            batch = index[start : start + 64]
            optimiser.zero_grad()
            criterion(model(x[batch]), digits.labels[batch]).backward()
            optimiser.step()
    again = recipes.notes(digits, seed=3, epochs=2, report=_quiet)
    for ours, theirs in zip(again.parameters(), model.parameters(), strict=True):
        assert torch.equal(ours, theirs)


def test_the_notes_recipe_learns() -> None:
    digits = _stripes(1500)
    model = recipes.notes(digits, seed=0, epochs=4, report=_quiet)
    right = model(recipes.as_input(digits.images[:300])).argmax(1) == digits.labels[:300]
    assert right.float().mean() > 0.95


def test_folding_the_normalisation_changes_nothing() -> None:
    torch.manual_seed(0)
    scaffold = Scaffold(0.5)
    for norm in (scaffold.norm1, scaffold.norm2):
        assert norm.running_mean is not None and norm.running_var is not None
        norm.running_mean.normal_()
        norm.running_var.uniform_(0.2, 3)
        torch.nn.init.normal_(norm.bias)
    scaffold.eval()
    x = normalise(torch.rand(4, 1, 28, 28))
    torch.testing.assert_close(scaffold.bare()(x), scaffold(x), rtol=1e-4, atol=1e-4)


def test_our_recipe_runs_and_repeats() -> None:
    digits, strokes = _stripes(128), _stripes(64, 1)
    others = torch.randint(0, 256, (32, 28, 28), dtype=torch.uint8)
    settings = Ours(epochs=2, batch=(32, 16, 8))
    said: list[str] = []
    one = recipes.ours(digits, strokes, others, 5, settings, said.append, check=lambda _: "fine")
    two = recipes.ours(digits, strokes, others, 5, settings, _quiet)
    for a, b in zip(one.parameters(), two.parameters(), strict=True):
        assert torch.equal(a, b)
    assert said[-1].startswith("epoch 2/2: loss")
    assert said[-1].endswith("fine")
    assert not one.training


def test_the_rate_rises_then_falls_to_nothing() -> None:
    shares = [fitting.share(i / 1000) for i in range(1, 1001)]
    top = shares.index(max(shares))
    assert 95 <= top <= 105
    assert shares == sorted(shares[: top + 1]) + sorted(shares[top + 1 :], reverse=True)
    assert max(shares) <= 1
    assert shares[-1] < 1e-6
