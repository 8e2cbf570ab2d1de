"""Below the picture of "Train a CNN": lesson, questions, the program."""

from __future__ import annotations

from functools import cache
from math import ceil
from typing import Any

import streamlit as st

from core.recurrent.sine import valley
from core.recurrent.sine.valley import Descent
from core.schema import mark
from core.vision.training.explained import FEW, printed, written
from core.vision.training.setting import CnnSetting
from pages.kit import quiz
from pages.kit.code import code, equation, run_program
from pages.kit.language import _, sentence
from pages.kit.listing import listing
from pages.kit.numbers import decimal, percent
from pages.kit.prose import prose
from pages.kit.run.inspection import history, inspect
from pages.kit.state import PageState
from pages.kit.tabs import tabs

PAGE = "train_a_cnn"
RACE = {
    "race_rate": mark("Learning rate"),
    "race_momentum": mark("Momentum"),
    "race_steps": mark("Steps"),
}
"""The settings of the race of three optimisers, each with its label."""
EXAMPLE = "shipped-cnn"
LINES = 10
"""Printed lines on show, the last ones."""


def lesson(
    config: dict[str, Any], run: str, step: int | None, number: dict[str, str], state: PageState
) -> None:
    """Draw it.

    Args:
        config: of the run that the page would begin, as plain values.
        run: the id of the run in the picture; empty before the picture has told of one.
        step: of the saved state that is asked; None for the latest.
        number: which number of the network is open, of which picture, after which edits.
        state: of the page, for the settings of the race.
    """
    for name, label in RACE.items():
        state.offer(name, _(label))  # a link can hide it before its tab was ever open

    def numbers() -> None:
        _number(run, step, number)
        run_program("cnn", "cnn", config)

    tabs(
        PAGE,
        "test-set",
        state=state,
        code=(_("The notes' code"), lambda: _notes(config, run, step)),
        momentum=(_("Momentum"), lambda: _momentum(state)),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(config, run, step))),
        numbers=(_("Formula and PyTorch"), numbers),
    )


def _notes(config: dict[str, Any], run: str, step: int | None) -> None:
    """What the notes' program is made of; its numbers are those of the run in the picture."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        prose(PAGE, "imports")
        prose(PAGE, "network")
        try:
            listing("notes", written(CnnSetting.read(config)), "python")
        except ValueError as error:
            st.error(sentence(error))
        try:
            made, losses = history(run or EXAMPLE, "loss")
        except (LookupError, ValueError):
            pass
        else:
            prose(PAGE, "printed")
            listing("printed", "\n".join(printed(made, losses)[-LINES:]))
    with right:
        try:
            batch = _asked(run, step, "batch")
        except (LookupError, ValueError):
            batch = None
        prose(PAGE, "tensors")
        if batch:
            listing("batch", _printed(batch))
        prose(PAGE, "axes")
        prose(PAGE, "normalise")
        if batch:
            st.markdown(_pixels(batch["pixels"]))
        prose(PAGE, "gradient")
        if batch:
            st.markdown(_gradient(batch["gradient"]))


def _momentum(state: PageState) -> None:
    """Three optimisers on their way down a loss surface that can be seen whole."""
    left, right = st.columns([3, 2], gap="large")
    with right:
        for name, label in RACE.items():
            state.control(name, _(label))
        descent = Descent(state["race_rate"], state["race_momentum"], state["race_steps"])
        st.image(valley.picture(descent))
        across, along = valley.steepness()
        rows = [
            f"| {valley.RACERS[name][0]} | {value:.2g} |"
            for name, value in valley.final(descent).items()
        ]
        heads = _("after {count} steps").format(count=descent.steps), _("loss")
        st.markdown("\n".join([f"| {' | '.join(heads)} |", "| --- | ---: |", *rows]))
        st.caption(
            _(
                "Blue: SGD, orange: with momentum, green: Adam; the ring is the lowest point. "
                "Across the valley the loss curves {ratio} times as much as along it."
            ).format(ratio=f"{across / along:.0f}")
        )
    with left:
        prose(PAGE, "momentum")


def _printed(batch: dict[str, Any]) -> str:
    """What the notes' loop prints of a batch."""
    names = {"X_train": batch["images"], "Y_train": batch["labels"]}
    lines = [f"{n}: torch.Size({t['size']})\n  type: {t['type']}" for n, t in names.items()]
    return "\n".join([*lines, f"Y_train[:5]: {batch['first']}"])


def _pixels(pixels: list[dict[str, Any]]) -> str:
    heads = _("byte in the file"), _("after ToTensor"), _("after Normalize")
    lines = [
        f"| {p['byte']} | {p['byte']} / 255 = {p['ink']:.3f} "
        f"| ({p['ink']:.3f} − 0.5) / 0.5 = {decimal(p['normalised'], 3)} |"
        for p in pixels
    ]
    return "\n".join([f"| {' | '.join(heads)} |", "| ---: | --- | --- |", *lines])


def _gradient(found: dict[str, Any]) -> str:
    rows = [
        (f"`{found['name']}`", decimal(found["value"], 4)),
        (_("gradient by autograd"), decimal(found["gradient"], 5)),
        (_("measured by moving it"), decimal(found["slope"], 5)),
        (_("loss of these {count} digits").format(count=FEW), f"{found['loss']:.4f}"),
    ]
    lines = [f"| {name} | {value} |" for name, value in rows]
    heads = [_("what"), _("value")]
    return "\n".join([f"| {' | '.join(heads)} |", "| --- | ---: |", *lines])


def _number(run: str, step: int | None, query: dict[str, str]) -> None:
    """The number that is open in the picture, or the likeliest digit's probability."""
    try:
        found = inspect(run or EXAMPLE, step, "formula", query)
    except (LookupError, ValueError) as error:
        if isinstance(error, ValueError):
            st.caption(sentence(error))
        return
    layer, *place = found["number"].split(".")
    st.markdown(f"**{layer} {', '.join(place)}**")
    equation(found["latex"], "fp.cnn.number")
    code("number_of_a_network", found["program"])


def _asked(run: str, step: int | None, name: str) -> Any:
    """What the run in the picture answers; without one, or if it cannot, the shipped example."""
    try:
        return inspect(run, step, name, {}) if run else _of_example(name)
    except (LookupError, ValueError):
        return _of_example(name)


@cache
def _of_example(name: str) -> Any:
    """The example never changes: what it answers is computed for the first visitor only."""
    return inspect(EXAMPLE, None, name, {})


def _questions(config: dict[str, Any], run: str, step: int | None) -> list[quiz.Question]:
    images, batch = config["images"], config["batch"]
    asked = [
        quiz.Question(
            "batches",
            f"{images} {batch}",
            _("{images} images in batches of {batch}: how many batches are one epoch?").format(
                images=f"{images:,}", batch=batch
            ),
            ceil(images / batch),
            _("{images} / {batch}, rounded up: the last batch may be smaller.").format(
                images=f"{images:,}", batch=batch
            ),
            {images // batch: _("The images that are left over make a batch as well.")},
            hint=_(
                "Divide the number of images by the size of a batch. What is left over "
                "makes a batch, too."
            ),
        )
    ]
    try:
        asked.append(_where_weights_are(_asked(run, step, "shape"), run))
        asked.append(_hardest(_asked(run, step, "confusion"), f"{run} {step}"))
    except (LookupError, ValueError):
        pass  # the engine has not begun: what is asked of a run is asked later
    return asked


def _where_weights_are(shape: dict[str, Any], run: str) -> quiz.Question:
    of = {kind: 0 for kind in ("conv", "linear")}
    for layer in shape["layers"]:
        if layer["kind"] in of:
            of[layer["kind"]] += layer["parameters"]
    return quiz.Question(
        "weights",
        run,
        _("Where are most of this network's {count} parameters?").format(
            count=f"{shape['parameters']:,}"
        ),
        max(of, key=lambda kind: of[kind]),
        _("In its convolutions {conv}, in its fully connected layers {linear}.").format(
            conv=f"{of['conv']:,}", linear=f"{of['linear']:,}"
        ),
        {
            "conv": _(
                "Kernels are used again at every place, so few are needed. A fully connected "
                "layer has a weight for every pair of input and unit."
            ),
            "linear": _("Here the fully connected part is small: its kernels have more weights."),
        },
        choices={"conv": _("in the convolutions"), "linear": _("in the fully connected layers")},
    )


def _hardest(found: dict[str, Any], about: str) -> quiz.Question:
    shares = [each["right"] / max(1, each["of"]) for each in found["classes"]]
    digit = min(range(10), key=lambda each: shares[each])
    missed = [(said, n) for said, n in enumerate(found["matrix"][digit]) if said != digit]
    most = max(missed, key=lambda pair: pair[1])[0]
    return quiz.Question(
        "hardest",
        about,
        _("Which digit does the network in the picture miss most often, in shares?"),
        str(digit),
        _("{share} of the {digit}s are right; most of the others are called {said}.").format(
            share=percent(shares[digit]), digit=digit, said=most
        ),
        {
            str(each): _(
                "{share} of the {digit}s are right. Another digit has a lower share."
            ).format(share=percent(shares[each]), digit=each)
            for each in range(10)
        },
        choices={str(each): str(each) for each in range(10)},
    )
