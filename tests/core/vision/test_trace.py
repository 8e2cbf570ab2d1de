"""The trace is the model: every tensor equals torch's own."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.vision.models import SimpleCNN, normalise
from core.vision.place import SHAPES
from core.vision.trace import LAYERS, MAPS, SPATIAL, receptive_field, silenced, trace


@pytest.fixture(scope="module")
def model() -> SimpleCNN:
    torch.manual_seed(3)
    return SimpleCNN().eval()


@pytest.fixture(scope="module")
def ink() -> torch.Tensor:
    return torch.rand(2, 28, 28, generator=torch.Generator().manual_seed(4))


def test_the_logits_are_the_models_own_bit_for_bit(model: SimpleCNN, ink: torch.Tensor) -> None:
    with torch.inference_mode():
        assert torch.equal(trace(model, ink)["logits"], model(normalise(ink)[:, None]))


def test_every_layer_equals_what_a_hook_sees(model: SimpleCNN, ink: torch.Tensor) -> None:
    seen: dict[str, torch.Tensor] = {}
    hooks = [
        module.register_forward_hook(lambda _m, _i, out, name=name: seen.setdefault(name, out))
        for name, module in model.named_children()
        if name != "pool"
    ]
    pools: list[torch.Tensor] = []
    hooks.append(model.pool.register_forward_hook(lambda _m, _i, out: pools.append(out)))
    with torch.inference_mode():
        model(normalise(ink)[:, None])
    for hook in hooks:
        hook.remove()
    run = trace(model, ink)
    for ours, theirs in {"conv1": "conv1", "conv2": "conv2", "fc1": "fc1", "logits": "fc2"}.items():
        assert torch.equal(run[ours], seen[theirs])
    assert torch.equal(run["pool1"], pools[0])
    assert torch.equal(run["pool2"], pools[1])
    assert torch.equal(run["relu1"], run["conv1"].clamp(min=0))


def test_every_layer_has_its_declared_shape(model: SimpleCNN, ink: torch.Tensor) -> None:
    run = trace(model, ink)
    assert {name: tuple(run[name].shape[1:]) for name in LAYERS} == {
        name: SHAPES[name] for name in LAYERS
    }
    assert run.picture(1)["conv1"].shape == (1, 32, 28, 28)


@pytest.mark.parametrize("layer", MAPS)
def test_a_filter_that_is_switched_off_is_silent_and_alone_in_it(
    model: SimpleCNN, ink: torch.Tensor, layer: str
) -> None:
    relu = layer.replace("conv", "relu")
    plain, silent = trace(model, ink)[relu], trace(model, ink, {layer: [5]})[relu]
    assert (silent[:, 5] == 0).all()
    assert plain[:, 5].abs().sum() > 0
    others = [i for i in range(MAPS[layer]) if i != 5]
    assert torch.equal(silent[:, others], plain[:, others])


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(SPATIAL), st.data())
def test_the_receptive_field_is_exactly_what_the_gradient_reaches(
    layer: str, data: st.DataObject
) -> None:
    """With all weights positive nothing cancels and no ReLU closes."""
    model = SimpleCNN().eval()
    for parameter in model.parameters():
        parameter.data.fill_(0.01)
    channels, height, width = SHAPES[layer]
    row, column = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    ink = torch.rand(
        1, 1, 28, 28, generator=torch.Generator().manual_seed(row * 28 + column), requires_grad=True
    )
    x = ink
    for name in SPATIAL[1 : SPATIAL.index(layer) + 1]:
        if name.startswith("conv"):
            x = getattr(model, name)(x)
        elif name.startswith("relu"):
            x = torch.relu(x)
        else:  # the average has the field of the maximum, and a gradient to all of it
            x = torch.nn.functional.avg_pool2d(x, 2)
    x[0, channels - 1, row, column].backward()
    rows, columns = torch.where(ink.grad[0, 0] != 0)
    field = receptive_field(layer, row, column)
    assert (field.top, field.bottom) == (int(rows.min()), int(rows.max()) + 1)
    assert (field.left, field.right) == (int(columns.min()), int(columns.max()) + 1)


def test_a_fully_connected_unit_sees_everything() -> None:
    field = receptive_field("fc1")
    assert (field.top, field.left, field.bottom, field.right) == (0, 0, 28, 28)


@pytest.mark.parametrize("off", [{}, {"conv1": [0, 7]}, {"conv1": [3], "conv2": [5, 60]}])
def test_a_silenced_copy_computes_what_switching_off_does(
    model: SimpleCNN, ink: torch.Tensor, off: dict[str, list[int]]
) -> None:
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    with torch.inference_mode():
        assert torch.allclose(
            silenced(model, off)(normalise(ink)[:, None]),
            trace(model, ink, off)["logits"],
            atol=1e-6,
        )
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())
