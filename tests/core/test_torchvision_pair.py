import subprocess
import sys


def test_torchvision_imports_beside_this_build_of_torch() -> None:
    code = (
        "from core.torchvision_pair import torchvision\n"
        "from torchvision.transforms import v2\n"
        "import torch\n"
        "image = torch.arange(256, dtype=torch.uint8).view(1, 16, 16)\n"
        "half = v2.functional.resize(image, [8, 8])\n"
        "assert half.shape == (1, 8, 8)\n"
        "assert torchvision.datasets.MNIST and torchvision.models.vgg11\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_operators_are_not_declared_where_torchvision_has_its_own() -> None:
    code = (
        "import sys, types\n"
        "sys.modules['torchvision'] = types.ModuleType('torchvision')\n"
        "import core.torchvision_pair as pair\n"
        "import torch\n"
        "assert pair._declared is None\n"
        "assert not hasattr(torch.ops.torchvision, 'nms')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
