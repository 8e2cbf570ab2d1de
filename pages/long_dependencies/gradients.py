"""The first picture of "Long dependencies": the component of gradients.js, its words."""

from __future__ import annotations

from typing import Any

from core.recurrent.through_time.gradient import GradientSetting
from pages.kit import opened
from pages.kit.cell_words import CELLS
from pages.kit.exchange import Exchange
from pages.kit.language import _
from pages.kit.picture import Picture

PICTURE = Picture("gradients", "long_dependencies/gradients.js")


def gradient_picture(
    shared: Exchange,
    *,
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the gradient on its way back through the three cells.

    Args:
        shared: length, forget_bias, scale, hidden, seed, the step that is selected, and the number
            that is open.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "settings", "curves".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        guess=guess,
        hidden=hidden,
        language=language,
        limits={name: vars(f.kind) for name, f in GradientSetting.schema.items()},
        presets=presets(),
        words=words(),
    )


def presets() -> list[dict[str, Any]]:
    """Settings for one click, from what PyTorch does to what goes wrong."""
    named = [
        ("default", _("PyTorch's default"), {"forget_bias": 0, "scale": 1}),
        ("bias1", _("Forget bias 1"), {"forget_bias": 1, "scale": 1}),
        ("bias3", _("Forget bias 3"), {"forget_bias": 3, "scale": 1}),
        ("edge", _("Recurrent weights × 2.5"), {"forget_bias": 0, "scale": 2.5}),
        ("explode", _("Recurrent weights × 4"), {"forget_bias": 0, "scale": 4}),
    ]
    return [{"name": name, "label": label, "settings": given} for name, label, given in named]


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "cells": CELLS,
        "presets": _("Settings to compare"),
        "play": _("Follow the gradient back"),
        "knobs": {
            "length": {
                "label": _("Length"),
                "help": _("Steps between the first input and the loss."),
            },
            "forget_bias": {
                "label": _("Forget-gate bias"),
                "help": _(
                    "Added to the LSTM's forget gate before its sigmoid, besides PyTorch's two "
                    "random biases around 0."
                ),
            },
            "scale": {
                "label": _("Recurrent weights"),
                "help": _("All weights from h to h, times this. PyTorch's default is × 1."),
            },
            "hidden": {"label": _("Hidden size"), "help": _("Numbers in one hidden state.")},
            "seed": {"label": _("Seed"), "help": _("Other random weights and inputs.")},
        },
        "steps": _("{count} steps"),
        "picture": _("Time step. Arrow keys choose another one."),
        "at": _("Step {step}, {back} before the loss."),
        "reach": _("{share} arrives"),
        "loss": _("loss"),
        "norm": _("Norm of the gradient, ‖∂L/∂sₜ‖"),
        "back": _("steps before the loss"),
        "tiny": _("below, float32 loses its digits"),
        "zero": _("{cell}: 0 in float32"),
        "legend": _(
            "Thin arrows: the forward pass. Coloured: the gradient going back, as thick as its "
            "norm is large, on a logarithmic scale; dotted below 10⁻¹²."
        ),
        "stride": _("One step in {stride} is drawn."),
        "origin": _("random, not trained"),
        "openNorms": _("The arithmetic of the norm at step {step}:"),
        "numbers": {
            "norm": _(
                "{cell}: the norm at step {step} is a product, one factor for each step back"
            ),
            "mean": _("{cell}: what a step back multiplies by, the geometric mean"),
            "gate": _("LSTM: the mean of its forget gate over all steps and units"),
            "factor": _("{cell}: the factor of the step back to {step} is the length of a vector"),
            "unit": _(
                "{cell}: {unit} of that vector, at step {step}: the Jacobian times the direction "
                "of the gradient"
            ),
            "row": _(
                "{cell}: an entry of the Jacobian: how {row} at step {next} depends on {unit} at "
                "step {step}"
            ),
        },
        "ways": {
            "rnn": ["W"],
            "gru": [_("reset gate"), _("update gate"), _("candidate"), _("what is kept")],
            "lstm": [
                _("input gate"),
                _("forget gate"),
                _("candidate"),
                _("output gate"),
                _("what is kept"),
            ],
        },
        "opened": opened.words(),
        "unreachable": _("The server cannot be reached. Your settings are safe; trying again."),
        "verdicts": {
            "initial": _(
                "All three vanish. As PyTorch initialises them, a step back multiplies the "
                "gradient by about {rnnStep} (RNN), {gruStep} (GRU), {lstmStep} (LSTM): "
                "after {back} steps {rnn}, {gru} and {lstm} of it is left. "
                "Gates alone do not help: the forget gate begins half open, at about {gate}."
            ),
            "vanishes": _(
                "All three vanish: a step back multiplies the gradient by about {rnnStep} (RNN), "
                "{gruStep} (GRU), {lstmStep} (LSTM), and after {back} steps {rnn}, {gru} and "
                "{lstm} of it is left."
            ),
            "edge": _(
                "Recurrent weights × {scale}: the RNN is on the edge; {rnn} of the gradient "
                "arrives, with another seed much more or much less. GRU {gru}, LSTM {lstm}: "
                "their gates still block it. A little larger, and it explodes."
            ),
            "better": _(
                "A forget bias of {bias} opens the LSTM's forget gate to about {gate}: a step back "
                "keeps {lstmStep} of the gradient, and {lstm} arrives over {back} steps. "
                "Better, and still far too little. "
                "RNN and GRU have no such bias: {rnn} and {gru}."
            ),
            "kept": _(
                "The LSTM keeps {lstm} of the gradient over {back} steps: with a forget bias of "
                "{bias} its forget gate stands at about {gate}, and a step back costs little. "
                "RNN and GRU have no such bias: {rnn} and {gru} arrive."
            ),
            "short": _(
                "Over {back} steps nothing much is lost yet: RNN {rnn}, GRU {gru}, LSTM {lstm}. "
                "Make the sequence longer."
            ),
            "explodes": _(
                "Recurrent weights × {scale}: the gradient grows on its way back in {grown}. "
                "RNN {rnn}, GRU {gru}, LSTM {lstm} times what it was. "
                "One update with it would throw the weights away: clip it, or begin smaller."
            ),
        },
    }
