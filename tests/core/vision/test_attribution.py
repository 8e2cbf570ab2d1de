import pytest
import torch
from torch import Tensor

from core.vision.attribution import filter_effects, grad_cam, occlusion
from core.vision.models import SimpleCNN, normalise
from core.vision.trace import trace


@pytest.fixture(scope="module")
def model() -> SimpleCNN:
    torch.manual_seed(5)
    return SimpleCNN().eval()


@pytest.fixture
def ink() -> Tensor:
    """A ring of random ink on blank paper."""
    rows, columns = torch.meshgrid(torch.arange(28.0), torch.arange(28.0), indexing="ij")
    ring = ((rows - 13).hypot(columns - 14) - 7).abs() < 1.5
    return ring * torch.rand(28, 28, generator=torch.Generator().manual_seed(3))


@pytest.fixture
def image(ink: Tensor) -> Tensor:
    return normalise(ink)


def test_occlusion_is_the_mean_fall_of_the_logit_over_the_windows_on_a_pixel(
    model: SimpleCNN, image: Tensor
) -> None:
    total, count = torch.zeros(28, 28), torch.zeros(28, 28)
    with torch.no_grad():
        whole = model(image[None, None])[0, 3]
        for top in range(0, 25, 4):
            for left in range(0, 25, 4):
                hidden = image.clone()
                hidden[top : top + 4, left : left + 4] = -1.0
                total[top : top + 4, left : left + 4] += whole - model(hidden[None, None])[0, 3]
                count[top : top + 4, left : left + 4] += 1
    assert torch.allclose(occlusion(model, image, 3, window=4, stride=4), total / count, atol=1e-5)


def test_every_pixel_is_covered_even_where_the_stride_does_not_divide(
    model: SimpleCNN, image: Tensor
) -> None:
    full = torch.ones(28, 28) - 2 * torch.eye(28)  # ink everywhere but on the diagonal
    fallen = occlusion(model, full, 0, window=5, stride=3)
    assert fallen.shape == (28, 28) and fallen.isfinite().all()
    assert (fallen != 0).all()


def test_paper_far_from_ink_counts_nothing(model: SimpleCNN, image: Tensor) -> None:
    fallen = occlusion(model, image, 3)
    assert (fallen[:2] == 0).all() and (fallen[6:20] != 0).any()
    assert (occlusion(model, torch.full((28, 28), -1.0), 3) == 0).all()


@pytest.mark.parametrize("layer", ["conv1", "conv2"])
@pytest.mark.parametrize("method", ["hires", "classic"])
def test_class_activation_map_is_what_autograd_through_the_model_itself_gives(
    model: SimpleCNN, image: Tensor, layer: str, method: str
) -> None:
    active: list[Tensor] = []  # what goes into the two poolings: the maps after their ReLU

    def keep(_: object, inputs: tuple[Tensor]) -> None:
        inputs[0].retain_grad()
        active.append(inputs[0])

    hook = model.pool.register_forward_pre_hook(keep)
    model(image[None, None])[0, 7].backward()
    hook.remove()
    model.zero_grad(set_to_none=True)
    kept = active[0 if layer == "conv1" else 1]
    maps, gradient = kept.detach()[0], kept.grad[0]
    if method == "hires":
        expected = torch.einsum("chw,chw->hw", gradient, maps)
    else:
        expected = torch.einsum("c,chw->hw", gradient.flatten(1).mean(1), maps).clamp(min=0)
    got = grad_cam(model, image, 7, layer, method)
    assert got.shape == ((28, 28) if layer == "conv1" else (14, 14))
    assert torch.allclose(got, expected, atol=1e-6) and expected.abs().max() > 1e-5


def test_hires_map_and_the_biases_add_up_to_the_logit(model: SimpleCNN, image: Tensor) -> None:
    """Behind conv2 the network is linear as long as the same units are on."""
    run = trace(model, ((image + 1) / 2)[None])
    on = (run["fc1"][0] > 0).float()
    with torch.no_grad():
        rest = model.fc2.weight[4] @ (on * model.fc1.bias) + model.fc2.bias[4]
        logit = run["logits"][0, 4]
    assert torch.allclose(grad_cam(model, image, 4).sum() + rest, logit, atol=1e-5)


def test_class_activation_maps_are_finite_where_everything_speaks_against(image: Tensor) -> None:
    torch.manual_seed(0)
    gloomy = SimpleCNN().eval()
    with torch.no_grad():
        gloomy.fc1.weight.abs_()
        gloomy.fc2.weight.abs_().neg_()
    assert (grad_cam(gloomy, image, 2, method="classic") == 0).all()
    hires = grad_cam(gloomy, image, 2)
    assert hires.isfinite().all() and (hires <= 0).all() and (hires < 0).any()


@pytest.mark.parametrize(("layer", "filters"), [("conv1", 32), ("conv2", 64)])
def test_filter_effects_are_what_a_hook_that_silences_the_filter_does(
    model: SimpleCNN, image: Tensor, layer: str, filters: int
) -> None:
    effects = filter_effects(model, image, layer, 6)
    assert effects.logit.shape == effects.answers.shape == effects.changed.shape == (filters,)
    with torch.no_grad():
        whole = model(image[None, None])[0]
    for index in (0, 11, filters - 1):

        def silence(_: object, __: object, output: Tensor, index: int = index) -> Tensor:
            output = output.clone()
            output[:, index] = -1e9  # nothing of it passes the ReLU
            return output

        hook = getattr(model, layer).register_forward_hook(silence)
        with torch.no_grad():
            without = model(image[None, None])[0]
        hook.remove()
        assert torch.allclose(effects.after[index], without, atol=1e-5)
        assert torch.allclose(effects.logit[index], without[6] - whole[6], atol=1e-5)
        fall = (without / 1.7).softmax(0)[6] - (whole / 1.7).softmax(0)[6]
        assert torch.allclose(effects.probability(1.7)[index], fall, atol=1e-6)
        assert effects.changed[index] == (without.argmax() != whole.argmax())
    assert torch.allclose(effects.before, whole, atol=1e-5)


@pytest.mark.parametrize("layer", ["conv1", "conv2"])
def test_filter_effects_agree_with_a_trace_with_the_filter_off(
    model: SimpleCNN, ink: Tensor, layer: str
) -> None:
    effects = filter_effects(model, normalise(ink), layer, 1)
    for index in (2, 30):
        without = trace(model, ink[None], {layer: [index]})["logits"][0]
        assert torch.allclose(effects.after[index], without, atol=1e-5)


def test_asking_leaves_no_mark_and_gives_the_same_answer_twice(
    model: SimpleCNN, image: Tensor
) -> None:
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    picture = image.clone()

    def ask() -> list[Tensor]:
        return [
            occlusion(model, image, 3),
            grad_cam(model, image, 3, "conv1"),
            grad_cam(model, image, 3),
            filter_effects(model, image, "conv1", 3).after,
            filter_effects(model, image, "conv2", 3).after,
        ]

    first = ask()
    with torch.inference_mode():  # a caller who does not want gradients gets the same
        second = ask()
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
    assert torch.equal(image, picture)
    assert all(torch.equal(weights[name], value) for name, value in model.state_dict().items())
    for module in model.modules():
        assert not module._forward_hooks and not module._backward_hooks
    assert all(weight.grad is None for weight in model.parameters())
    assert not any(part.requires_grad for part in first)


@pytest.mark.parametrize("target", [-1, 10, 2.0, True, None])
def test_a_class_that_does_not_exist_is_refused(
    model: SimpleCNN, image: Tensor, target: object
) -> None:
    for ask in (
        lambda: occlusion(model, image, target),
        lambda: grad_cam(model, image, target),
        lambda: filter_effects(model, image, "conv1", target),
    ):
        with pytest.raises(ValueError, match="0 to 9"):
            ask()


def test_wrong_shapes_layers_windows_and_methods_are_refused(
    model: SimpleCNN, image: Tensor
) -> None:
    with pytest.raises(ValueError, match="28 x 28"):
        occlusion(model, image[None], 3)
    with pytest.raises(ValueError, match="conv1 and conv2"):
        grad_cam(model, image, 3, "fc1")
    with pytest.raises(ValueError, match="conv1 and conv2"):
        filter_effects(model, image, "pool1", 3)
    with pytest.raises(ValueError, match="classic"):
        grad_cam(model, image, 3, method="plus plus")
    for window, stride in ((0, 1), (29, 1), (4, 0), (4, 5)):
        with pytest.raises(ValueError, match="window"):
            occlusion(model, image, 3, window, stride)
