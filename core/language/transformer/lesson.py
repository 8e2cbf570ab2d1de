"""What the lesson says of the shipped transformers and of the recorded training.

Formulas, facts to predict, pictures and tables to take away.
"""

from __future__ import annotations

import csv
import functools
import io
from typing import Any

import numpy as np
import orjson

from core.figures.word_map import small, word_map
from core.language.transformer import answer, numbers
from core.language.transformer.decode import decode
from core.language.transformer.networks import network
from core.language.transformer.numbers import Number
from core.language.transformer.question import DecodingQuestion
from core.language.transformer.tasks import task as task_of
from core.training import shipped

WHOLE = (
    r"p(y_1, \dots, y_T \mid x) = \prod_{t=1}^{T} p(y_t \mid y_{<t}, x), \qquad "
    r"p(y_t \mid y_{<t}, x) = \operatorname{softmax}(E \, h_t)"
)
"""Tokens one after the other; E is the embedding, used once more (section 3.4 of the paper)."""
POSITIONS = (
    r"P_{t,2i} = \sin\!\left(t / 10000^{2i/D}\right), \qquad "
    r"P_{t,2i+1} = \cos\!\left(t / 10000^{2i/D}\right)"
)
"""Section 3.5."""
ATTENTION = (
    r"\operatorname{attention}(Q, K, V) = "
    r"\operatorname{softmax}\!\left(\frac{Q K^{\top}}{\sqrt{d}} + M\right) V"
)
"""Section 3.2.1; M is minus infinity where it may not be read."""
RATE = (
    r"\text{rate}_n = \text{peak} \cdot \min\!\left(\frac{n}{\text{warm-up}},\ "
    r"\sqrt{\frac{\text{warm-up}}{n}}\right)"
)
"""Section 5.3, with its peak named."""


@functools.lru_cache(maxsize=64)
def greedy(task: str, text: str, prefix: tuple[str, ...] = ()) -> dict[str, Any]:
    """The greedy answer of a shipped model, as in `answer.reply`; text "" is the first example.

    Raises:
        Refusal: the text cannot be read.
    """
    question = {"task": task, "text": text or task_of(task).examples[0], "prefix": list(prefix)}
    decoded: dict[str, Any] = orjson.loads(answer.answer(question))
    return decoded


def number(question: DecodingQuestion) -> Number:
    """The number of a shipped model that a question opens, see `numbers.number`.

    Raises:
        Refusal: the network has no such block, head or number.
    """
    model = network(question.task).model
    layers, heads = int(model.shape["layers"]), int(model.shape["heads"])
    return numbers.number(decode(model, question.fitting(layers, heads)), layers)


def example_tokens(task: str) -> tuple[list[str], list[str]]:
    """Source and right answer of the example whose cross-attention a training shows."""
    decoded = greedy(task, "")
    return decoded["source"], decoded["truth"]["tokens"]


def fooled() -> tuple[int, float, float]:
    """Step of the recorded training, its share of right tokens, its share of right sentences.

    The state where the first is furthest ahead of the second, on held-out sentences.
    """
    saved = max(
        shipped.load("transformer_run").saved,
        key=lambda s: s.marks["token_accuracy"] - s.marks["exact"],
    )
    return saved.step, saved.marks["token_accuracy"], saved.marks["exact"]


def crossed(decoded: dict[str, Any], head: int) -> np.ndarray:
    """Cross-attention of one head of the last layer: (T, S)."""
    return np.asarray(decoded["cross"][-1][head], dtype=np.float32)


def picture(decoded: dict[str, Any], head: int) -> bytes:
    """The cross-attention of a head as SVG, with the largest weight marked."""
    weights = crossed(decoded, head)
    row, column = divmod(int(weights.argmax()), weights.shape[1])
    return word_map(weights, decoded["target"][1:], decoded["source"], row, column)


def table(decoded: dict[str, Any]) -> bytes:
    """Every weight of every head as CSV in UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["layer", "head", "says", "reads", "weight"])
    for layer, heads in enumerate(decoded["cross"]):
        for head, rows in enumerate(heads):
            for token, row in zip(decoded["target"][1:], rows, strict=True):
                for read, weight in zip(decoded["source"], row, strict=True):
                    writer.writerow([layer + 1, head + 1, token, read, f"{weight:.9g}"])
    return file.getvalue().encode()


def thumbnail(task: str) -> str:
    """The cross-attention of the head that is surest of its words, as the data URL of an SVG."""
    decoded = greedy(task, "")
    weights = crossed(decoded, int(np.asarray(decoded["cross"][-1]).max(-1).mean(-1).argmax()))
    said, read = decoded["target"][1:-1], decoded["source"][:-1]  # the end tokens say nothing
    weights = weights[: len(said), : len(read)]
    row, column = divmod(int(weights.argmax()), len(read))
    return small(weights, said, read, row, column)
