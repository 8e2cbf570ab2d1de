"""What the famous networks brought, each a small experiment between otherwise equal variants."""

from dataclasses import dataclass, field, replace
from typing import Any

from core.vision.nets import Activation, Plan, lenet5, simple

Config = dict[str, Any]
_ACTIVATIONS: tuple[Activation, ...] = ("tanh", "relu", "sigmoid")


@dataclass(frozen=True)
class Variant:
    """One side of an experiment.

    Attributes:
        name: tells it from the others; free of language.
        plan: the network.
        changed: whether each digit is changed a little, anew each time it is seen.
        config: what the job "cnn" trains when it is to do the same; None where it has no such
            network.
        against: the variant that it is compared with; "" for the idea's first.
    """

    name: str
    plan: Plan
    changed: bool = False
    config: Config | None = None
    against: str = ""


@dataclass(frozen=True)
class Idea:
    """One experiment: by the notes' recipe (SGD, rate 0.01, momentum 0.9, batches of 64).

    Attributes:
        name: free of language.
        images: digits to learn from.
        steps: batches.
        variants: what is compared.
    """

    name: str
    images: int
    steps: int
    variants: tuple[Variant, ...] = field(default_factory=tuple)


def _config(images: int, steps: int, **rest: Any) -> Config:
    """The notes' recipe for the job "cnn", which takes no more than 20 epochs."""
    return {
        "images": images,
        "epochs": min(20.0, steps / (images // 64)),
        "norm": False,
        "dropout": 0.0,
        "activation": "relu",
        "optimiser": "sgd",
        "learning_rate": 0.01,
        "momentum": 0.9,
        "decay": 0.0,
        "schedule": "constant",
        "batch": 64,
        "augment": "none",
        "precision": "float32",
        "seed": 1,
        **rest,
    }


def _recipes(name: str, images: int, steps: int, *variants: Variant) -> Idea:
    """An idea whose variants the job "cnn" can train too, each by the notes' recipe and its own."""
    whole = [replace(v, config=_config(images, steps, **v.config or {})) for v in variants]
    return Idea(name, images, steps, tuple(whole))


def _activations() -> Idea:
    return _recipes(
        "activation",
        10_000,
        468,
        *(
            Variant(
                name,
                replace(lenet5(), activation=name),
                config={"architecture": "lenet5", "activation": name},
            )
            for name in _ACTIVATIONS
        ),
    )


def _dropout() -> Idea:
    return _recipes(
        "dropout",
        500,
        280,
        *(
            Variant(
                name,
                replace(simple(), dropout=share),
                config={"architecture": "simple", "dropout": share},
            )
            for name, share in (("without", 0.0), ("dropout", 0.5))
        ),
    )


def _augmentation() -> Idea:
    return _recipes(
        "augmentation",
        500,
        280,
        *(
            Variant(
                name,
                simple(),
                changed=augment != "none",
                config={"architecture": "simple", "augment": augment},
            )
            for name, augment in (("as_they_are", "none"), ("changed", "pen"))
        ),
    )


def _kernels() -> Idea:
    ends = ("max 2 2", "fc 64")
    single = ("conv 12 7 3", "max 2 2", "conv 24 7 3")
    stacked = ("conv 12 3 1",) * 3 + ("max 2 2",) + ("conv 24 3 1",) * 3
    return Idea(
        "kernels",
        10_000,
        468,
        (
            Variant("one_7", Plan((*single, *ends))),
            Variant("three_3", Plan((*stacked, *ends))),
            Variant("one_7_norm", Plan((*single, *ends), norm=True)),
            Variant("three_3_norm", Plan((*stacked, *ends), norm=True), against="one_7_norm"),
        ),
    )


def _overlap() -> Idea:
    layers = simple().layers
    return Idea(
        "overlap",
        10_000,
        468,
        (
            Variant("apart", _narrow(layers)),
            Variant(
                "overlapping",
                _narrow(tuple("max 3 2" if layer == "max 2 2" else layer for layer in layers)),
            ),
        ),
    )


def _narrow(layers: tuple[str, ...]) -> Plan:
    smaller = {"conv 32 3 1": "conv 16 3 1", "conv 64 3 1": "conv 32 3 1", "fc 512": "fc 128"}
    return Plan(tuple(smaller.get(layer, layer) for layer in layers))


def _depth() -> Idea:
    def deep(each: int, norm: bool = False) -> Plan:
        stages = (f"conv {channels} 3 1" for channels in (8, 16, 32))
        layers = [word for stage in stages for word in (*[stage] * each, "max 2 2")]
        return Plan((*layers, "fc 64"), norm=norm)

    return Idea(
        "depth",
        10_000,
        468,
        (
            Variant("3", deep(1)),
            Variant("6", deep(2)),
            Variant("12", deep(4)),
            Variant("12_norm", deep(4, norm=True), against="12"),
        ),
    )


IDEAS = (_activations(), _dropout(), _augmentation(), _kernels(), _overlap(), _depth())
