"""The arithmetic behind one number: which values met which weights, and what they added up to.

Every field is read off the running model's own tensors; the total is added up here once more, in
the open, and the tests hold it equal to the tensor within 1e-5.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from core.vision.models import SimpleCNN
from core.vision.trace import FLAT, SOURCE, Field, Trace, receptive_field

TOP = 8
"""How many contributions to a fully connected unit are listed; the rest is one number."""


@dataclass(frozen=True)
class Place:
    """Where a number stands; in flat layers the unit is `map`, and row and column are 0."""

    layer: str
    map: int
    row: int = 0
    column: int = 0

    def __post_init__(self) -> None:
        """Refuse what the network does not have.

        Raises:
            ValueError: unknown layer, or an index outside it.
        """
        if self.layer not in SHAPES:
            raise ValueError(f"The network has no layer of that name; it has {', '.join(SHAPES)}.")
        for index, size, axis in zip(
            self.index, SHAPES[self.layer], ("map", "row", "column"), strict=False
        ):
            if type(index) is not int or not 0 <= index < size:
                raise ValueError(f"{self.layer} has {size} along {axis}: 0 to {size - 1}.")
        if self.layer in (*FLAT, "probabilities") and (self.row, self.column) != (0, 0):
            raise ValueError(f"{self.layer} has no rows and columns.")

    @property
    def index(self) -> tuple[int, ...]:
        """The index into the tensor of one picture."""
        return (self.map,) if len(SHAPES[self.layer]) == 1 else (self.map, self.row, self.column)

    @property
    def field(self) -> Field:
        """The receptive field in the input picture."""
        return receptive_field(
            "logits" if self.layer == "probabilities" else self.layer, self.row, self.column
        )


SHAPES: dict[str, tuple[int, ...]] = {
    "input": (1, 28, 28),
    "conv1": (32, 28, 28),
    "relu1": (32, 28, 28),
    "pool1": (32, 14, 14),
    "conv2": (64, 14, 14),
    "relu2": (64, 14, 14),
    "pool2": (64, 7, 7),
    "fc1": (512,),
    "relu3": (512,),
    "logits": (10,),
    "probabilities": (10,),
}


@dataclass(frozen=True)
class Working:
    """The arithmetic of one number. Only what its kind of layer has is filled in.

    Attributes:
        place: where it stands.
        value: the number itself, read off the tensor.
        kind: "input", "conv", "relu", "pool", "linear" or "softmax".
        patch: conv: (Cin, 3, 3) of the layer before, padding as zeros; pool: (1, 2, 2).
        kernel: (Cin, 3, 3), the filter that made the map; of conv, and of the ReLU and the pooling
            after it.
        sums: conv: (Cin,), the sum of patch x kernel for each input channel.
        bias: conv and linear.
        winner: pool: (row, column) in the window.
        before: relu: the value before it; input: the ink; softmax: the logit.
        parts: linear: the TOP largest contributions by size, (source map, row, column, input,
            weight, product).
        rest: linear: the sum of all other products.
        terms: softmax: (10,), exp(logit / temperature) of every digit, shifted by the largest.
        silent: relu: the filter has been switched off.
    """

    place: Place
    value: float
    kind: str
    patch: Tensor | None = None
    kernel: Tensor | None = None
    sums: Tensor | None = None
    bias: float | None = None
    winner: tuple[int, int] | None = None
    before: float | None = None
    parts: tuple[tuple[int, int, int, float, float, float], ...] = ()
    rest: float | None = None
    terms: Tensor | None = None
    temperature: float | None = None
    silent: bool = False

    @property
    def total(self) -> float:
        """The number, added up again from the parts on show."""
        match self.kind:
            case "conv":
                assert self.sums is not None and self.bias is not None
                return float(self.sums.double().sum()) + self.bias
            case "linear":
                assert self.rest is not None and self.bias is not None
                return sum(part[-1] for part in self.parts) + self.rest + self.bias
            case "pool":
                assert self.patch is not None and self.winner is not None
                return float(self.patch[0][self.winner])
            case "relu":
                assert self.before is not None
                return 0.0 if self.silent else max(self.before, 0.0)
            case "softmax":
                assert self.terms is not None
                return float(self.terms[self.place.map] / self.terms.sum())
            case _:
                assert self.before is not None
                return (self.before - 0.5) / 0.5

    def as_json(self) -> dict[str, Any]:
        """The same in plain lists and numbers, for the page."""
        plain = {
            name: value.tolist() if isinstance(value, Tensor) else value
            for name, value in vars(self).items()
            if name != "place" and value is not None and value != ()
        }
        return (
            plain
            | vars(self.place)
            | {
                "total": self.total,
                "field": vars(self.place.field),
                "source": SOURCE.get(self.place.layer),
            }
        )


@torch.inference_mode()
def working(model: SimpleCNN, run: Trace, place: Place, temperature: float = 1.0) -> Working:
    """The arithmetic of one number of a forward pass of one picture.

    Args:
        model: the network that made the trace.
        run: its trace, of one picture (B = 1).
        place: which number.
        temperature: divides the logits before the softmax (Guo et al. 2017); only for
            "probabilities".
    """
    if place.layer == "probabilities":
        logits = run["logits"][0].double() / temperature
        terms = (logits - logits.max()).exp()
        return Working(
            place,
            float(terms[place.map] / terms.sum()),
            "softmax",
            before=float(run["logits"][0, place.map]),
            terms=terms,
            temperature=temperature,
        )
    value = float(run[place.layer][0][place.index])
    if place.layer == "input":
        return Working(place, value, "input", before=value / 2 + 0.5)
    source = run[SOURCE[place.layer]][0]
    if place.layer.startswith("conv"):
        layer = getattr(model, place.layer)
        padded = F.pad(source, (1, 1, 1, 1))
        patch = padded[:, place.row : place.row + 3, place.column : place.column + 3]
        kernel = layer.weight[place.map]
        sums = (patch * kernel).sum((1, 2))
        return Working(place, value, "conv", patch, kernel, sums, float(layer.bias[place.map]))
    if place.layer.startswith("pool"):
        window = source[
            place.map, 2 * place.row : 2 * place.row + 2, 2 * place.column : 2 * place.column + 2
        ]
        winner = divmod(int(window.argmax()), 2)
        return Working(place, value, "pool", window[None], _filter(model, place), winner=winner)
    if place.layer.startswith("relu"):
        before = float(source[place.index])
        kernel = None if place.layer in FLAT else _filter(model, place)
        return Working(
            place, value, "relu", kernel=kernel, before=before, silent=value == 0.0 < before
        )
    return _linear(model, source, place, value)


def _filter(model: SimpleCNN, place: Place) -> Tensor:
    """The kernels of the convolution that made this map, (Cin, 3, 3)."""
    weight: Tensor = getattr(model, f"conv{place.layer[-1]}").weight
    return weight[place.map]


def _linear(model: SimpleCNN, source: Tensor, place: Place, value: float) -> Working:
    layer = model.fc1 if place.layer == "fc1" else model.fc2
    inputs, weights = source.flatten().double(), layer.weight[place.map].double()
    products = inputs * weights
    largest = products.abs().topk(TOP).indices
    parts = tuple(
        (
            *_unflatten(place.layer, unit),
            float(inputs[unit]),
            float(weights[unit]),
            float(products[unit]),
        )
        for unit in largest.tolist()
    )
    rest = float(products.sum() - products[largest].sum())
    return Working(
        place, value, "linear", bias=float(layer.bias[place.map]), parts=parts, rest=rest
    )


def _unflatten(layer: str, unit: int) -> tuple[int, int, int]:
    shape = SHAPES[SOURCE[layer]]
    if len(shape) == 1:
        return unit, 0, 0
    rest, column = divmod(unit, shape[2])
    channel, row = divmod(rest, shape[1])
    return channel, row, column
