import torch

from core.vision.models import SimpleCNN, normalise


def test_the_network_is_the_notes_network() -> None:
    shapes = {name: tuple(tensor.shape) for name, tensor in SimpleCNN().state_dict().items()}
    assert shapes == {
        "conv1.weight": (32, 1, 3, 3),
        "conv1.bias": (32,),
        "conv2.weight": (64, 32, 3, 3),
        "conv2.bias": (64,),
        "fc1.weight": (512, 3136),
        "fc1.bias": (512,),
        "fc2.weight": (10, 512),
        "fc2.bias": (10,),
    }
    assert sum(p.numel() for p in SimpleCNN().parameters()) == 1_630_090


def test_forward_is_the_notes_formula() -> None:
    torch.manual_seed(0)
    model = SimpleCNN()
    x = torch.randn(3, 1, 28, 28)
    f = torch.nn.functional
    y = f.max_pool2d(f.conv2d(x, model.conv1.weight, model.conv1.bias, padding=1).relu(), 2)
    y = f.max_pool2d(f.conv2d(y, model.conv2.weight, model.conv2.bias, padding=1).relu(), 2)
    y = (y.reshape(3, 3136) @ model.fc1.weight.T + model.fc1.bias).relu()
    y = y @ model.fc2.weight.T + model.fc2.bias
    torch.testing.assert_close(model(x), y, rtol=1e-4, atol=1e-5)


def test_normalise() -> None:
    assert normalise(torch.tensor([0.0, 0.25, 1.0])).tolist() == [-1.0, -0.5, 1.0]
