"""The figures that the lessons' prose names, each with where it comes from.

A text refers to a figure as ``[[name]]`` and never repeats it, so the two cannot part. The source
is one of three: computed by this program when the text is drawn, measured beforehand by a command
that repeats it, or published.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Any

import numpy as np

from core import catalogue
from core.attention.trained.shipped import network
from core.intervals import interval
from core.language.bert.masking import MASKED, RANDOM, UNCHANGED
from core.language.transformer import switches
from core.language.transformer.setting import TransformerSetting
from core.recurrent.series.judge import of_baseline, outside
from core.recurrent.series.parts import known
from core.recurrent.series.presets import PRESETS as SERIES
from core.recurrent.series.setting import SeriesSetting
from core.recurrent.sine import scores
from core.recurrent.sine.job import JOB as SINE
from core.recurrent.sine.series import HORIZON, SHIFT, data
from core.recurrent.sine.setting import SineSetting
from core.recurrent.through_time.gradient import GradientSetting
from core.schema import Explained, mark
from core.training import shipped
from core.vision import preprocess
from core.vision.architectures.answer import network as network_of
from core.vision.architectures.table import table
from core.vision.fair.scaled import cost
from core.vision.imagenet import lite as imagenet
from core.vision.mnist import FILES
from core.vision.models import SimpleCNN
from core.vision.nets import SIDE

COMPUTED = mark("Computed by this program when the text was drawn")
MEASURED = mark("Measured beforehand: {command}")
TESTED = mark("Measured beforehand on the {count} digits of the MNIST test set: {command}")
PUBLISHED = mark("Published: {where}")

REFERENCE = re.compile(r"\[\[(\w+)\]\]")
"""How a text names a figure."""


def measured(name: str) -> Explained:
    """Where what was measured beforehand comes from, by its name in `core.catalogue`."""
    return Explained(MEASURED, command=catalogue.command(name))


def tested(name: str) -> Explained:
    """The same of what was measured on MNIST's test set."""
    return Explained(TESTED, count=f"{_TEST:,}", command=catalogue.command(name))


@dataclass(frozen=True)
class Claim:
    """A figure and its source.

    Attributes:
        value: gives the figure.
        spec: how it is written, as in Python's `format`.
        command: of what was measured beforehand, the name in `core.catalogue`.
        where: of what was published, the citation.
    """

    value: Callable[[], float]
    spec: str = ","
    command: str = ""
    where: str = ""

    @property
    def text(self) -> str:
        """The figure as it is written."""
        return format(self.value(), self.spec)

    @property
    def source(self) -> Explained:
        """Where the figure comes from, for a person."""
        if self.where:
            return Explained(PUBLISHED, where=self.where)
        if self.command:
            return measured(self.command)
        return Explained(COMPUTED)


def fill(text: str, write: Callable[[Claim], str] = lambda claim: claim.text) -> str:
    """Put every figure that a text refers to in its place.

    >>> fill("A forget bias of 1 opens the gate to [[forget_bias_1]].")
    'A forget bias of 1 opens the gate to 0.73.'

    Args:
        text: with references.
        write: gives what stands in a reference's place.

    Raises:
        KeyError: no figure has that name.
    """
    return REFERENCE.sub(lambda reference: write(CLAIMS[reference[1]]), text)


@cache
def _layer(name: str) -> tuple[int, ...]:
    """The shape of the weights of one layer of the notes' SimpleCNN."""
    return tuple(SimpleCNN().get_parameter(f"{name}.weight").shape)


def _weather(name: str) -> float:
    """The error of a baseline on Seattle's weather, in °C."""
    return of_baseline(SeriesSetting.read(SERIES["weather"]), name).error


def _it_ko() -> Mapping[str, Any]:
    """The card of the Korean network that says what *it* stands for."""
    return network("2x4", "ko").card


def _cut_ko(scope: str) -> float:
    """The share of its answers that change where the connection to the noun is cut so far."""
    share: float = _it_ko()["scores"]["scopes"][scope]["changed"]
    return share


@cache
def _forecast() -> Mapping[str, float]:
    """How far off the GRU of the shipped race is, on a window that it has not seen."""
    recording = shipped.load("sine_race")
    setting, state = SINE.read(recording.config), recording.saved[-1].state
    cells = SINE.inspections["forecast"](setting, state, {})["cells"]
    gru: Mapping[str, float] = cells["gru"]
    return gru


@cache
def _persistence() -> float:
    """The error of the last value on the notes' own windows."""
    setting = SineSetting()
    return scores.error(setting, *data(setting).validation)


def _largest(count: int) -> float:
    """The expected largest of `count` independent standard normal numbers."""
    normal = NormalDist()
    at = np.linspace(-8, 8, 2_001)
    density = [count * normal.cdf(x) ** (count - 1) * normal.pdf(x) for x in at]
    return float(np.trapezoid(at * density, at))


def _switched(task: str, change: str, mark: str) -> Callable[[], float]:
    """A median of `core.language.transformer.switches`."""
    return lambda: next(
        row[mark] for row in switches.results() if (row["task"], row["change"]) == (task, change)
    )


def _sigmoid(bias: float) -> Callable[[], float]:
    return lambda: 1 / (1 + math.exp(-bias))


def _work() -> float:
    """How many times the multiply-adds of LeNet-5 the VGG-like network of the page takes."""
    vgg, lenet = (cost(network_of(name).net.plan) for name in ("vgg", "lenet5"))
    return vgg.multiply_adds / lenet.multiply_adds


@cache
def _learned() -> tuple[int, float]:
    """The step at which the shipped fine-tuning has every new digit right, and MNIST then."""
    series = shipped.load("hand_run").series
    at = int(np.flatnonzero(series["hand"] == 1)[0])
    return at + 1, float(series["mnist"][at])


def _mark(name: str, mark: str) -> Callable[[], float]:
    """A mark on the card of something that ships."""
    return lambda: shipped.card(name)["marks"][mark]


_LECUN = "LeCun, Bottou, Bengio and Haffner 1998, section II.B"
_DEVLIN = "Devlin, Chang, Lee and Toutanova 2019, section 3"
_TEST = FILES["test"][1]
_RIGHT = 9_900

CLAIMS: Mapping[str, Claim] = {
    "mnist_box": Claim(lambda: preprocess.BOX, ".0f"),
    "mnist_side": Claim(lambda: SIDE),
    "mnist_test": Claim(lambda: _TEST),
    "conv1_kernels": Claim(lambda: _layer("conv1")[0]),
    "conv2_kernels": Claim(lambda: _layer("conv2")[0]),
    "fc1_inputs": Claim(lambda: _layer("fc1")[1]),
    "fc1_units": Claim(lambda: _layer("fc1")[0]),
    "imagenet_classes": Claim(lambda: imagenet.CLASSES),
    "imagenet_side": Claim(lambda: imagenet.SIDE),
    "vgg16_parameters": Claim(lambda: table("vgg16").parameters),
    "lenet5_parameters": Claim(lambda: table("lenet5").parameters),
    "lenet5_1998_parameters": Claim(lambda: 60_000, where=_LECUN),
    "right_of_test": Claim(lambda: _RIGHT),
    "right_share": Claim(lambda: _RIGHT / _TEST, ".0%"),
    "right_low": Claim(lambda: interval(_RIGHT, _TEST)[0], ".1%"),
    "right_high": Claim(lambda: interval(_RIGHT, _TEST)[1], ".1%"),
    "best_of_ten": Claim(lambda: _largest(10), ".1f"),
    "vgg_over_lenet5": Claim(_work, ".0f"),
    "hand_before": Claim(_mark("hand_run", "mnist.start"), ".1%", "hand_run"),
    "hand_after": Claim(_mark("hand_run", "mnist"), ".1%", "hand_run"),
    "hand_rehearsed": Claim(_mark("hand_run_rehearsal", "mnist"), ".1%", "hand_run_rehearsal"),
    "hand_steps": Claim(lambda: _learned()[0], command="hand_run"),
    "hand_then": Claim(lambda: _learned()[1], ".1%", "hand_run"),
    "hand_judged": Claim(_mark("hand_run", "judged"), ".0f", "hand_run"),
    "hand_one": Claim(lambda: 1 / _mark("hand_run", "judged")(), ".1%"),
    "gradient_steps": Claim(lambda: GradientSetting().length - 1),
    "forget_bias_0": Claim(_sigmoid(0), ".1f"),
    "forget_bias_1": Claim(_sigmoid(1), ".2f"),
    "forget_bias_3": Claim(_sigmoid(3), ".2f"),
    "sine_window": Claim(lambda: SineSetting().length),
    "sine_gaps": Claim(lambda: SineSetting().length - 1),
    "sine_gap": Claim(lambda: 2 * math.pi / (SineSetting().length - 1), ".3f"),
    "sine_ahead": Claim(lambda: SHIFT, ".1f"),
    "sine_samples": Claim(lambda: SineSetting().samples, "d"),
    "sine_persistence": Claim(_persistence, ".3f"),
    "price_persistence": Claim(
        lambda: of_baseline(SeriesSetting.read(SERIES["stocks"]), "persistence").error, ".0f"
    ),
    "price_outside": Claim(lambda: outside(known(SeriesSetting(source="stocks"))), ".0%"),
    "weather_persistence": Claim(lambda: _weather("persistence"), ".1f"),
    "weather_line": Claim(lambda: _weather("autoregression") / _weather("persistence"), ".2f"),
    "sine_horizon": Claim(lambda: HORIZON),
    "gru_one_step": Claim(lambda: _forecast()["one_step_mse"], ".6f", "sine_race"),
    "gru_free_run": Claim(lambda: _forecast()["free_run_mse"], ".3f", "sine_race"),
    "words_distance": Claim(lambda: shipped.card("words_race")["config"]["distance"]),
    "words_chance": Claim(_mark("words_race", "chance"), ".0%", "words_race"),
    "words_rnn": Claim(_mark("words_race", "rnn.accuracy"), ".0%", "words_race"),
    "words_gated": Claim(
        lambda: min(_mark("words_race", f"{cell}.accuracy")() for cell in ("gru", "lstm")),
        ".0%",
        "words_race",
    ),
    "ten_tokens_at_95": Claim(lambda: 0.95**10, ".0%"),
    "maskless_tokens": Claim(
        lambda: min(_switched(task, "mask", "token_accuracy")() for task in ("sort", "en-ko")),
        ".1%",
        "transformer_switches",
    ),
    "maskless_copies": Claim(_switched("copy", "mask", "exact"), ".0%", "transformer_switches"),
    "transformer_root": Claim(lambda: math.sqrt(TransformerSetting("copy").width), ".0f"),
    "bert_hidden": Claim(lambda: MASKED, ".0%"),
    "bert_random": Claim(lambda: RANDOM, ".0%"),
    "bert_kept": Claim(lambda: UNCHANGED, ".0%"),
    "bert_base_parameters": Claim(lambda: 110_000_000, where=_DEVLIN),
    "bert_base_pieces": Claim(lambda: 30_000, where=_DEVLIN),
    "bert_base_width": Claim(lambda: 768, where=_DEVLIN),
    "it_ko_first": Claim(lambda: _it_ko()["scores"]["best_head"]["first"], ".1%", "it_2x4_ko"),
    "it_ko_in_head": Claim(lambda: _cut_ko("head"), ".1%", "it_2x4_ko"),
    "it_ko_everywhere": Claim(lambda: _cut_ko("everywhere"), ".1%", "it_2x4_ko"),
    "it_ko_showing": Claim(
        lambda: sum(seed["heads"] > 0 for seed in _it_ko()["seeds"]), command="it_2x4_ko"
    ),
    "it_ko_least": Claim(
        lambda: min(seed["accuracy"] for seed in _it_ko()["seeds"]), ".1%", "it_2x4_ko"
    ),
    "vocabulary_en": Claim(_mark("vectors_cbow_en", "words"), ".0f", "vectors_cbow_en"),
    "vocabulary_ko": Claim(_mark("vectors_cbow_ko", "words"), ".0f", "vectors_cbow_ko"),
    "google_dimensions": Claim(lambda: 300, where="Mikolov and others 2013, the vectors published"),
}
