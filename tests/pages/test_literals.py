"""Figures in labels, captions and quizzes: each is a value of the code, published, or supposed."""

from __future__ import annotations

import ast
import math
import re
from statistics import NormalDist

import pytest
from babel.messages.pofile import read_po

from core.attention.encoder.answer import MAX_PIECES
from core.attention.trained.training.job import JUDGED
from core.intervals import Z
from core.language.bert.masking import MASKED, RANDOM
from core.language.bert.question import GameQuestion
from core.language.corpora.texts import SENTENCES
from core.language.transformer.tasks import LONGEST
from core.recurrent.adding.task import GRID
from core.recurrent.sine.series import SHIFT
from core.recurrent.through_time.gradient import GradientSetting
from core.training.optimiser import BETA_1
from core.vision import mnist, preprocess
from core.vision.architectures.answer import REPEATS
from core.vision.finetune import data as finetuning
from core.vision.finetune.example import COUNT
from core.vision.finetune.setting import FinetuneSetting
from core.vision.hand import people
from core.vision.imagenet import lite as imagenet
from core.vision.imagenet.prepare import SHORT
from core.vision.models import SimpleCNN
from core.vision.nets import SIDE
from core.vision.shipped import hands
from core.vision.strokes import training
from core.vision.training.data import SEEN
from pages.attention_in_a_trained_model.train.lesson import SHOWS
from pages.kit.language import ROOT

_ASIDE = re.compile(
    r"\{[^}]*\}|`[^`]*`|\$[^$]*\$|\b(?:19|20)\d\d\b|\b[A-Z][\w-]*-\d+\b|\bT\d+\b", re.ASCII
)
_FIGURE = re.compile(r"(?<![\w.,^_-])\d[\d,]*(?:\.\d+)?%?(?!\w)", re.ASCII)
SMALL = 12
"""Whole numbers up to here count what the reader sees: 3 × 3 weights, two layers."""

_CNN = {name: list(value.shape) for name, value in SimpleCNN().named_parameters()}
SIMPLE = sum(value.numel() for value in SimpleCNN().parameters())
VALUES = {
    "28": SIDE,
    "784": SIDE**2,
    "20": preprocess.BOX,
    "32": _CNN["conv1.weight"][0],
    "64": _CNN["conv2.weight"][0],
    "3,136": _CNN["fc1.weight"][1],
    "512": _CNN["fc1.weight"][0],
    "1,000": imagenet.CLASSES,
    "224": imagenet.SIDE,
    "256": SHORT,
    "10,000": mnist.FILES["test"][1],
    "60,000": mnist.FILES["train"][1],
    "5,000": mnist.VALIDATION,
    "55,000": mnist.FILES["train"][1] - mnist.VALIDATION,
    "20,020": hands.OTHERS,
    "30,020": hands.OTHERS + hands.MORE,
    "7,494": people.COUNT,
    "95%": round(2 * NormalDist().cdf(Z) - 1, 6),
    "0.9": BETA_1,
    "15%": GameQuestion.schema["share"].default,
    "80%": MASKED,
    "10%": RANDOM,
    "40": REPEATS,
    "50": GradientSetting().length,
    "49": GradientSetting().length - 1,
    "99": 2 * (GradientSetting().length - 1) + 1,
}
"""Figures that are values of the code, wherever they stand."""

_VGG = "Simonyan and Zisserman 2015, tables 3 and 4"
_ALEXNET = "Krizhevsky, Sutskever and Hinton 2012, section 3"
_SUPPOSED = "supposed, not claimed"
_NAME = "part of a name, an example of how something is written"
SOURCES: dict[str, dict[str, float | str]] = {
    "1,000 × or more": {"1,000": "the end of a colour scale"},
    "A depthwise 3 × 3 convolution of 96": {"96": _SUPPOSED},
    "A picture of 512 × 256": {"512": _SUPPOSED},
    "224 · 224 of 512 · 256": {"512": _SUPPOSED, "38%": round(224**2 / (512 * 256), 2)},
    "Whoever runs this server can add them with one": {"17": "the size of the package on PyPI"},
    "mean squared error on 256 sequences": {"256": GRID**2},
    "Recurrent weights × 2.5": {"2.5": "a setting that the button makes"},
    "16 bits for each pixel": {"16": 16},
    "All answers were right at step": {"90%": SHOWS},
    "of the two nouns, on 128 sentences": {"128": JUDGED},
    "{showing}; the others do so in": {"50%": "a coin"},
    "Below each head": {"50%": "a coin"},
    "If the kernel were turned by 180°": {"180": "an angle"},
    "products, kernel turned by 180°": {"180": "an angle"},
    "leaky ReLU": {"0.1": 0.1},
    "max(0, x) has slope one": {"25%": _ALEXNET},
    "Windows of 3 moved by 2": {"0.4": _ALEXNET},
    "Neighbouring maps damp": {"1.4": _ALEXNET, "29.6%": _VGG, "29.7%": _VGG},
    "Three 3 × 3 convolutions": {"27": 3 * 3**2, "49": 7**2},
    "10.4% of errors": {"10.4%": _VGG, "8.8%": _VGG, "9.0%": _VGG, "16": _VGG, "19": _VGG},
    "The notes' SimpleCNN with 1.6 million": {"1.6": round(SIMPLE / 1e6, 1)},
    "dropout 0.5": {"0.5": "a setting that the link makes"},
    "80% to 100%, with": {"80%": "the ends of an axis", "100%": "the ends of an axis"},
    "drag a weight": {"1,000": SEEN},
    "LeNet-5 reads {before}": {"100": FinetuneSetting.schema["steps"].default},
    "A grey picture of 1000 × 1000": {"1000": _SUPPOSED},
    "1000 · 1000 weights": {"1000": _SUPPOSED},
    "64 kernels of 3 × 3 have": {"1000": _SUPPOSED},
    "Sentence, up to 64 words": {"64": MAX_PIECES},
    "share wrong of 1,000 digits": {"1,000": finetuning.JUDGED},
    "Text, up to 23 tokens": {"23": LONGEST - 1},
    "{exact:.0%}. A sentence is right only": {"0.95": _SUPPOSED, "0.6": round(0.95**10, 1)},
    "The 80/10/10 rule": {"80": 100 * MASKED},
    "What training does to this sentence": {"80": 100 * MASKED},
    "A sample has a number from 0 to 999999": {"999999": 999_999},
    "A seed is a whole number": {"999999999": 999_999_999},
    "Weights are set as": {"0.0": _NAME},
    "1,000 digits of MNIST's training set": {"1,000": finetuning.JUDGED},
    "60 generated drawings": {"60": COUNT, "1,000": finetuning.JUDGED},
    "AdamW without decay, betas": {"0.98": "Vaswani and others 2017, section 5.3"},
    "MNIST (LeCun, Cortes, Burges)": {"3.0": _NAME, "4.0": _NAME, "30": people.WRITERS},
    "Pen-Based Recognition of Handwritten Digits": {"4.0": _NAME, "30": people.WRITERS},
    "55,000 digits, affine and elastic changes": {"30": people.WRITERS, "12": hands.MOODS},
    "7,494 digits by 30 people": {"30": people.WRITERS, "40,000": training.GENERATED},
    "Type a number, such as": {"12": "an example", "0.5": "an example"},
    "SGD, rate 0.01": {"0.01": "the notes' recipe"},
    "a sine in steps of 0.1": {"0.1": SHIFT},
    "A pair is two numbers": {"2.1": _NAME},
    "This is no number. Write it": {"0.25": "an example", "0,25": "an example"},
    "An owner has 16 to 64": {"16": "a limit, tested with the routes"},
    "2,000 sentences of the grammars": {"2,000": SENTENCES},
}
"""Figures that stand in one message, found by how it begins: the value, or where it is from."""


def _asked_at_the_end() -> set[str]:
    """What the questions at the end of each page say: they suppose, and their tests compute."""
    files = (ROOT / "pages").glob("*/recall.py")
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    constants = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return {text for text in constants if isinstance(text, str)}


def claiming() -> list[str]:
    asked = _asked_at_the_end()
    with (ROOT / "locale" / "ko" / "LC_MESSAGES" / "forward_pass.po").open("rb") as file:
        messages = [str(message.id) for message in read_po(file, locale="ko") if message.id]
    return [message for message in messages if message not in asked]


def figures_of(message: str) -> list[str]:
    """Every figure of a message that claims something."""

    def small(figure: str) -> bool:
        return figure.isdigit() and int(figure) <= SMALL

    found = [match[0].rstrip(",") for match in _FIGURE.finditer(_ASIDE.sub(" ", message))]
    return [figure for figure in found if not small(figure)]


def holds(message: str, figure: str) -> bool:
    """Whether a figure of a message has a source and, where that is a value, is equal to it."""
    about = next((SOURCES[start] for start in SOURCES if message.startswith(start)), {})
    source = about.get(figure, VALUES.get(figure))
    if source is None or isinstance(source, str):
        return source is not None
    number = float(figure.rstrip("%").replace(",", ""))
    wanted: float = 100 * source if figure.endswith("%") else source
    return math.isclose(number, wanted, rel_tol=1e-6, abs_tol=1e-12)


@pytest.mark.parametrize("message", [one for one in claiming() if figures_of(one)])
def test_a_figure_is_a_value_of_the_code_or_has_a_source(message: str) -> None:
    for figure in figures_of(message):
        assert holds(message, figure), f"{figure}: where is it from?"


def test_every_source_is_of_a_message_of_today() -> None:
    messages = [message for message in claiming() if figures_of(message)]
    unused = [start for start in SOURCES if not any(m.startswith(start) for m in messages)]
    assert not unused


@pytest.mark.parametrize(
    ("message", "figures"),
    [
        ("95% of {of:,} digits", ["95%"]),
        ("three 3 × 3 kernels, VGG-16, 2014, `x[99]`", []),
        ("61,706, then 0.5", ["61,706", "0.5"]),
    ],
)
def test_a_figure_is_seen(message: str, figures: list[str]) -> None:
    assert figures_of(message) == figures
