"""The forward pass that a question asks for: its tensors, its verdict, and one of its numbers.

>>> from core.vision.hand import sample
>>> question = DrawingQuestion(sample(3))
>>> traced = run(question)
>>> traced["conv1"].shape, int(verdict(question, traced).probabilities.argmax())
(torch.Size([1, 32, 28, 28]), 3)
>>> shown = opened(question, traced)  # of the number at question.place
>>> shown.value == float(traced["conv1"][0, 0, 14, 14])
True
"""

from __future__ import annotations

from dataclasses import replace

import torch

from core.opened import Opened
from core.vision import rules
from core.vision.doubt import Verdict
from core.vision.networks import network
from core.vision.preprocess import render
from core.vision.question import DrawingQuestion
from core.vision.trace import Trace, trace


def run(question: DrawingQuestion) -> Trace:
    """The forward pass that a question asks for, of one picture."""
    picture = render(question.drawing, question.stages)
    return trace(network(question.model).model, torch.from_numpy(picture)[None], vars(question.off))


def opened(question: DrawingQuestion, traced: Trace | None = None) -> Opened:
    """The arithmetic of the number at `question.place`; `traced` is the pass, where it is made."""
    net, traced, off = network(question.model), traced or run(question), vars(question.off)
    return rules.opened(net.model, traced, question.place, off, net.doubt.temperature)


def program(question: DrawingQuestion, traced: Trace | None = None) -> str:
    """A program that prints the number at `question.place`, of a shipped network."""
    net, traced = network(question.model), traced or run(question)
    return rules.program(
        net.model,
        traced,
        question.place,
        file=f"simple_cnn_{question.model}",
        off=vars(question.off),
        temperature=net.doubt.temperature,
    )


def verdict(question: DrawingQuestion, traced: Trace | None = None) -> Verdict:
    """The calibrated probabilities, and whether it is a digit at all."""
    return network(question.model).doubt.verdict(
        traced or run(question), render(question.drawing, question.stages)
    )


def what_if(question: DrawingQuestion, **stages: bool) -> int | None:
    """The answer with these stages switched on or off instead; None: not a digit."""
    other = verdict(replace(question, stages=replace(question.stages, **stages)))
    return int(other.probabilities.argmax()) if other.is_digit else None
