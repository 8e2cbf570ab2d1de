"""The runnable program of a run: the same digits and steps in plain torch and torchvision."""

from __future__ import annotations

import math

from core.training.optimiser import Options, torch_line
from core.vision import mnist
from core.vision.nets import build
from core.vision.training import data, trainer
from core.vision.training.setting import CnnSetting

_MNIST = f"""found = MNIST("data", train=True, download=True)
split = torch.randperm(60_000, generator=torch.Generator().manual_seed({mnist.SPLIT_SEED}))
learn, judge = split[{mnist.VALIDATION}:], split[:{data.SEEN}]
images, labels = found.data[learn], found.targets[learn]
judged, answers = found.data[judge], found.targets[judge]"""

_PEN = f"""# Generated pen digits.
every = learned("pen", torch.arange({{count}}))
images, labels = every.images, every.labels
judge = pen("pen", "validation", {data.SEEN})
judged, answers = judge.images, judge.labels"""

_RATES = {
    "constant": "highest",
    "cosine": "highest * (1 + math.cos(math.pi * step / STEPS)) / 2",
    "onecycle": "highest * one_cycle((step + 1) / (STEPS + 1))",
}
_ONE_CYCLE = '''

def one_cycle(done):
    """The rate rises over the first tenth and falls as half a cosine."""
    return done / 0.1 if done < 0.1 else (1 + math.cos(math.pi * (done - 0.1) / 0.9)) / 2
'''


_SCHEDULERS = {"cosine": "CosineAnnealingLR", "onecycle": "OneCycleLR"}


def _options(setting: CnnSetting) -> Options:
    return Options(momentum=setting.momentum, decay=setting.decay)


_LOOP = {
    "data": "  for inputs, labels in trainloader:",
    "zero": "    optimizer.zero_grad()",
    "forward": "    outputs = model(inputs)",
    "loss": "    loss = criterion(outputs, labels)",
    "backward": "    loss.backward()",
    "update": "    optimizer.step()",
}


def pieces(setting: CnnSetting) -> dict[str, list[str]]:
    """The notes' program for a setting, by its parts: lines to be read, not to be run."""
    changed = "" if setting.augment == "none" else f"{setting.augment}, "
    whole = 'MNIST("./data", train=True, transform=transform)'
    lines = [
        f"transform = Compose([{changed}ToTensor(), Normalize(0.5, 0.5)])",
        f"trainset = {whole if setting.data == 'mnist' else 'pen_digits(transform)'}",
    ]
    if setting.images < CnnSetting().images:
        lines.append(f"trainset = Subset(trainset, range({setting.images}))")
    rate = repr(setting.learning_rate)
    line = torch_line(setting.optimiser, "model.parameters()", rate, _options(setting))
    loss = ["criterion = CrossEntropyLoss()", f"optimizer = {line}"]
    if setting.schedule in _SCHEDULERS:
        loss.append(f"scheduler = {_SCHEDULERS[setting.schedule]}(optimizer, …)")
    return {
        "data": lines,
        "loader": [f"trainloader = DataLoader(trainset, batch_size={setting.batch}, shuffle=True)"],
        "loss": loss,
        "evaluation": ["predicted = model(images).argmax(1)"],
    }


def loop(setting: CnnSetting) -> dict[str, str]:
    """The lines of its loop, by what they do.

    "epochs" is its head; a comment says how many where the last one is cut short.
    """
    whole = math.ceil(setting.epochs)
    cut = "" if setting.epochs == whole else f"  # {setting.epochs:g}"
    return {"epochs": f"for epoch in range({whole}):{cut}"} | _LOOP


def source(setting: CnnSetting, rates: tuple[tuple[int, float], ...]) -> str:
    """A program that repeats the run and prints its losses and how many digits it gets right.

    Args:
        setting: of the run.
        rates: (from this step on, highest learning rate) changes.
    """
    pen, changes = setting.data == "pen", setting.augment != "none"
    imports = ["import math\n"] if setting.schedule != "constant" else []
    imports += ["import torch", "from torch import nn"]
    imports += ["from torch.nn.functional import cross_entropy"]
    imports += [] if pen else ["from torchvision.datasets import MNIST"]
    own = ["from core.vision.training.changes import changed"] if changes else []
    if pen:
        own.append("from core.vision.training.data import judged as pen, learned")
    if own:
        imports += ["", *own]
    layers = ",\n    ".join(f"nn.{layer}" for layer in build(setting.plan).children())
    rate = repr(rates[0][1])
    optimiser = torch_line(setting.optimiser, "net.parameters()", rate, _options(setting))
    prepared = "images[index][:, None].float() / 255"
    if changes:
        generator = (
            f"torch.Generator().manual_seed({data.CHANGES + setting.seed * 1_000_003} + step)"
        )
        prepared = f'changed(images[index], "{setting.augment}", {generator})'
    forward = "net(x)"
    lines = [
        f"    x = ({prepared} - 0.5) / 0.5",
        "    highest = [rate for begin, rate in RATES if begin <= step][-1]",
        f'    optimiser.param_groups[0]["lr"] = {_RATES[setting.schedule]}',
    ]
    if setting.dropout:
        seed = trainer.DROPOUT + setting.seed * 1_000_003
        lines.append(f"    torch.manual_seed({seed} + step)")
    if setting.precision == "bfloat16":
        lines.append('    with torch.autocast("cpu", torch.bfloat16):')
        lines.append(f"        said = {forward}")
        forward = "said.float()"
    taken = "\n".join(lines)
    digits = _PEN.format(count=setting.count) if pen else _MNIST
    here = " Run it in the folder of Forward Pass." if own else ""
    return f'''"""A network learns digits: {setting.architecture}, seed {setting.seed}.{here}"""

{chr(10).join(imports)}

SEED, BATCH, STEPS = {setting.seed}, {setting.batch}, {setting.steps}
COUNT, BATCHES = {setting.count}, {setting.batches}  # digits, and steps in an epoch
RATES = {list(rates)!r}  # (from this step on, highest learning rate)
torch.set_num_threads(1)
{_ONE_CYCLE if setting.schedule == "onecycle" else ""}
{digits}
torch.manual_seed(SEED)
net = nn.Sequential(
    {layers},
)
optimiser = torch.optim.{optimiser}
for step in range(STEPS):
    epoch, at = divmod(step, BATCHES)
    if at == 0:
        generator = torch.Generator().manual_seed(SEED * 1_000_003 + epoch)
        order = torch.randperm(COUNT, generator=generator)
    index = order[at * BATCH : (at + 1) * BATCH]
{taken}
    loss = cross_entropy({forward}, labels[index])
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    if (step + 1) % 100 == 0 or step + 1 == STEPS:
        print(f"step {{step + 1}}: loss {{loss.item():.4f}}")
net.eval()
with torch.no_grad():
    x = (judged[:, None].float() / 255 - 0.5) / 0.5
    right = (net(x).argmax(1) == answers).float().mean().item()
print(f"right on digits never learned from: {{right:.4f}}")
'''
