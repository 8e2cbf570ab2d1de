r"""The same number in the two other languages of the field: as a formula and as PyTorch.

Axes: c input channel, i and j row and column inside the kernel or window, k unit of the layer
before.
"""

from core.vision.drawing import Drawing
from core.vision.preprocess import Stages
from core.vision.trace import SOURCE
from core.vision.working import SHAPES, Working

PADDING = 1


def latex(shown: Working) -> str:
    r"""The formula of one number, with the numbers of this state.

    >>> from core.vision.working import Place
    >>> latex(Working(Place("relu1", 2, 3, 4), 0.0, "relu", before=-0.5))
    '\\text{relu1}_{2,3,4} = \\max(0,\\ \\text{conv1}_{2,3,4}) = \\max(0,\\ -0.500) = 0.000'
    """
    place, result = shown.place, f"{shown.value:.3f}"
    m, r, c = place.map, place.row, place.column
    name = rf"\text{{{place.layer}}}_{{{','.join(map(str, place.index))}}}"
    before = rf"\text{{{SOURCE.get(place.layer, '')}}}"
    match shown.kind:
        case "conv":
            assert shown.sums is not None
            row, column = _shifted(r), _shifted(c)
            return (
                rf"{name} = \sum_{{c=0}}^{{{len(shown.sums) - 1}}} "
                rf"\sum_{{i=0}}^{{2}} \sum_{{j=0}}^{{2}} "
                rf"{before}_{{c,\,{row}+i,\,{column}+j}}\; w_{{{m},c,i,j}} + b_{{{m}}} "
                rf"= {float(shown.sums.sum()):.3f} {shown.bias:+.3f} = {result}"
            )
        case "relu" if shown.silent:
            return rf"{name} = 0 \quad\text{{(filter {m} is switched off)}}"
        case "relu":
            index = ",".join(map(str, place.index))
            zero = r"\max(0,\ "
            return rf"{name} = {zero}{before}_{{{index}}}) = {zero}{shown.before:.3f}) = {result}"
        case "pool":
            assert shown.patch is not None
            values = r",\ ".join(f"{value:.3f}" for value in shown.patch.flatten().tolist())
            window = rf"{before}_{{{m},\,{2 * r}+i,\,{2 * c}+j}}"
            return rf"{name} = \max_{{i,j \in \{{0,1\}}}} {window} = \max({values}) = {result}"
        case "linear":
            units = _units(SOURCE[place.layer])
            products = sum(part[-1] for part in shown.parts) + (shown.rest or 0.0)
            return (
                rf"{name} = \sum_{{k=0}}^{{{units - 1}}} {before}_k\; w_{{{m},k}} + b_{{{m}}} "
                rf"= {products:.3f} {shown.bias:+.3f} = {result}"
            )
        case "softmax":
            return (
                rf"p_{{{m}}} = \frac{{e^{{z_{{{m}}}/T}}}}{{\sum_{{d=0}}^{{9}} e^{{z_d/T}}}}, \quad "
                rf"z_{{{m}}} = {shown.before:.3f},\; T = {shown.temperature:.3f}, "
                rf"\quad p_{{{m}}} = {result}"
            )
        case _:
            return rf"{name} = \frac{{{shown.before:.3f} - 0.5}}{{0.5}} = {result}"


def program(
    shown: Working,
    model: str,
    drawing: Drawing,
    stages: Stages,
    off: dict[str, tuple[int, ...]] | None = None,
) -> str:
    """A program that computes the same number from the same drawing with plain PyTorch.

    It prints the number, and runs in the project's folder, where the weights are.
    """
    place = shown.place
    lines = [
        f'"""{place.layer}, index {list(place.index)}. Run it in the folder of Forward Pass."""',
        "",
        "import torch",
        "from torch.nn import functional as F",
        "",
        "from core.vision.drawing import Drawing",
        "from core.vision.preprocess import Stages, render",
        "from core.weights import load",
        "",
        f'model, card = load("simple_cnn_{model}")',
        f'drawing = Drawing.decode("{drawing.encode()}")',
        f"ink = torch.from_numpy(render(drawing, {stages!r}))",
        "",
        "with torch.no_grad():",
        "    input = ((ink - 0.5) / 0.5)[None, None]  # (1, 1, 28, 28)",
    ]
    layer = "logits" if place.layer == "probabilities" else place.layer
    last = list(SOURCE.values()).index(layer) + 1 if layer in SOURCE.values() else len(SOURCE) + 1
    for name in list(SHAPES)[1:last]:
        lines += [f"    {line}" for line in _step(name, (off or {}))]
    lines += [f"    {line}" for line in _by_hand(shown)]
    return "\n".join(lines) + "\n"


def _step(name: str, off: dict[str, tuple[int, ...]]) -> list[str]:
    source = SOURCE[name]
    shape = f"# (1, {', '.join(map(str, SHAPES[name]))})"
    if name.startswith("conv"):
        weights = f"model.{name}.weight, model.{name}.bias"
        return [f"{name} = F.conv2d({source}, {weights}, padding={PADDING})  {shape}"]
    if name in ("relu1", "relu2"):
        silent = off.get(source, ())
        switch = (
            [f"{name}[:, {list(silent)}] = 0.0  # filters that are switched off"] if silent else []
        )
        return [f"{name} = torch.relu({source})  {shape}", *switch]
    if name.startswith("pool"):
        return [f"{name} = F.max_pool2d({source}, 2)  {shape}"]
    if name == "relu3":
        return [f"{name} = torch.relu({source})  {shape}"]
    layer = {"fc1": "fc1", "logits": "fc2"}[name]
    return [
        f"{name} = F.linear({source}.flatten(1), model.{layer}.weight, model.{layer}.bias)  {shape}"
    ]


def _by_hand(shown: Working) -> list[str]:
    place = shown.place
    m, r, c = place.map, place.row, place.column
    if shown.kind == "softmax":
        return [
            f"probabilities = torch.softmax(logits / {shown.temperature!r}, 1)[0]",
            f"print(probabilities[{m}].item())  # {shown.value:.6f}",
        ]
    index = ", ".join(map(str, (0, *place.index)))
    lines = [f"print({place.layer}[{index}].item())  # {shown.value:.6f}"]
    if shown.kind == "conv":
        source = SOURCE[place.layer]
        lines += [
            "# the same by hand: patch times kernel, added up, plus the bias",
            f"patch = F.pad({source}, (1, 1, 1, 1))[0, :, {r} : {r} + 3, {c} : {c} + 3]",
            f"kernel, bias = model.{place.layer}.weight[{m}], model.{place.layer}.bias[{m}]",
            "print(((patch * kernel).sum() + bias).item())",
        ]
    return lines


def _shifted(index: int) -> str:
    return str(index - PADDING) if index >= PADDING else f"({index - PADDING})"


def _units(layer: str) -> int:
    product = 1
    for size in SHAPES[layer]:
        product *= size
    return product
