"""Shipped weights: NAME.safetensors with a card NAME.json that says how they came to be.

The card is JSON: architecture, data and licence, recipe, seed, scores, the command that made it,
and the SHA-256 of the tensor file, so that a damaged file is noticed before it computes nonsense.
Nothing is ever unpickled. Tensors may be stored as float16; they come back as float32. Names that
begin with "doubt." are not the model's: `tensors` gives them too. A card may name a shape: what
the architecture is made with.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load as decode
from safetensors.torch import save as encode
from torch import Tensor, nn

from core import catalogue
from core.address import find
from core.schema import Explained, Message, mark, short

FOLDER = Path(__file__).parents[1] / "models"
ARCHITECTURES = {
    "SimpleCNN": "core.vision.models:SimpleCNN",
    "DigitNet": "core.vision.nets:DigitNet",
    "StrokeReader": "core.vision.strokes.reader:StrokeReader",
    "ItModel": "core.attention.trained.model:ItModel",
    "Transformer": "core.language.transformer.model:Transformer",
    "Bert": "core.language.bert.model:Bert",
}
"""Where the class of each is found: this module knows no subject, and all subjects use it."""
EXTRA = "doubt."

UNKNOWN = mark("There are no weights called {name}; there are {names}.")
MISSING = mark("The weights {name} are missing. Make them with: {command}")
DAMAGED = mark("The weights {name} are damaged. Make them with: {command}")
BAD_CARD = mark("The weights {name} have a damaged card. Make them with: {command}")
CHANGED = mark(
    "The weights {name} are damaged (the file is not the one that its card describes). "
    "Make them with: {command}"
)
OTHER = mark(
    "The weights {name} are of an architecture that is not known here. Make them with: {command}"
)
UNFIT = mark("The weights {name} do not fit the network. Make them with: {command}")

Card = dict[str, Any]


class WeightsError(Explained, RuntimeError):
    """The weights cannot be used; the sentence names the command that makes them."""


def load(name: str, folder: Path = FOLDER) -> tuple[nn.Module, Card]:
    """The model in evaluation mode, float32, without gradients, and its card.

    Raises:
        WeightsError: unknown, missing, damaged, or of another shape than the architecture named in
            the card.
    """
    stored, card = tensors(name, folder)
    architecture = ARCHITECTURES.get(str(card.get("architecture")))
    if architecture is None:
        raise _error(name, OTHER)
    try:
        model: nn.Module = find(architecture)(**card.get("shape", {}))
        model.load_state_dict({key: t for key, t in stored.items() if not key.startswith(EXTRA)})
    except (RuntimeError, TypeError, ValueError):
        raise _error(name, UNFIT) from None
    return model.eval().requires_grad_(False), card


def tensors(name: str, folder: Path = FOLDER) -> tuple[dict[str, Tensor], Card]:
    """Every tensor in the file as float32, and the card.

    Raises:
        WeightsError: unknown, missing or damaged.
    """
    known = catalogue.names("weights")
    if name not in known:
        raise WeightsError(UNKNOWN, name=short(name), names=tuple(known))
    try:
        code = (folder / f"{name}.safetensors").read_bytes()
        card: Card = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    except OSError:
        raise _error(name, MISSING) from None
    except ValueError:
        raise _error(name, BAD_CARD) from None
    if not isinstance(card, dict) or card.get("sha256") != hashlib.sha256(code).hexdigest():
        raise _error(name, CHANGED)
    try:
        return {key: tensor.float() for key, tensor in decode(code).items()}, card
    except SafetensorError:
        raise _error(name, DAMAGED) from None


def save(name: str, state: Mapping[str, Tensor], card: Card, folder: Path = FOLDER) -> None:
    """Write the pair. The card gains `sha256` and `bytes`; tensors keep their type."""
    code = encode({key: tensor.detach().contiguous() for key, tensor in state.items()})
    card = card | {"sha256": hashlib.sha256(code).hexdigest(), "bytes": len(code)}
    (folder / f"{name}.safetensors").write_bytes(code)
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    (folder / f"{name}.json").write_text(text, encoding="utf-8")


def _error(name: str, rule: Message) -> WeightsError:
    return WeightsError(rule, name=name, command=catalogue.command(name))
