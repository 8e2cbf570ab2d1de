"""Below the picture of "Draw a digit": lesson, formula, questions, doubt, what to take away."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.figures.reliability import Bin, reliability_figure
from core.opened import Opened, latex
from core.vision import forward, networks, number, sheet, unseen
from core.vision.doubt import reliability
from core.vision.place import SHAPES
from core.vision.question import DrawingQuestion
from core.vision.trace import Trace
from core.weights import WeightsError
from pages.draw_a_digit import TITLE
from pages.draw_a_digit.view import layer_names
from pages.kit import quiz
from pages.kit.code import code, equation, formula
from pages.kit.downloads import downloads
from pages.kit.language import _, sentence
from pages.kit.numbers import percent, strong
from pages.kit.prose import prose
from pages.kit.provenance import Origin, provenance
from pages.kit.tabs import tabs

PAGE = "draw_a_digit"


def lesson(question: DrawingQuestion, beside: number.Number | None) -> None:
    """Draw it, about this drawing, this network, and the number that is open beside the layers."""
    shipped = question.model in networks.MODELS
    origin: Origin = "shipped" if shipped else "trained"
    provenance("network", origin, networks.network(question.model).card)

    def numbers() -> None:
        run = forward.run(question)
        source = forward.program(question, run) if shipped else None
        _formula(forward.opened(question, run), source)
        if beside is not None:
            formula("beside_the_layers", lambda: number.formula(question, beside))

    def take() -> None:
        run = forward.run(question)
        _take_away(question, run, forward.program(question, run) if shipped else None)

    tabs(
        PAGE,
        "why",
        numbers=(_("Formula and PyTorch"), numbers),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(question))),
        doubt=(_("How sure?"), lambda: _doubt(question)),
        take=(_("Export"), take),
    )


def _formula(shown: Opened, source: str | None) -> None:
    text = latex(shown)
    equation(text)
    if source is None:
        st.caption(
            _(
                "The weights of a network of your own can be downloaded on the page "
                "where you trained it."
            )
        )
    else:
        code("forward_pass_number", source)


def _questions(question: DrawingQuestion) -> list[quiz.Question]:
    digits = {str(digit): str(digit) for digit in range(10)} | {"none": _("no digit")}
    uncentred = forward.what_if(question, centre=False)
    weights = networks.parameters(question.model)
    conv2 = SHAPES["pool1"][0] * 9
    return [
        quiz.Question(
            "size",
            "",
            _(
                "conv1 slides a 3 × 3 kernel over 28 × 28 pixels, with a border of one zero around "
                "them. How many rows has a map?"
            ),
            SHAPES["conv1"][1],
            _(
                "(28 + 2·1 − 3) / 1 + 1 = 28: the border makes up for what the kernel would "
                "cut off."
            ),
            {
                SHAPES["conv1"][1] - 2: _(
                    "That is without the border, which adds a row above and below."
                ),
                SHAPES["conv1"][1] + 2: _(
                    "That is the input with its border. The kernel needs three rows to begin with."
                ),
            },
            hint=_(
                "Add the border above and below. How often can the kernel move down by one? The "
                "place where it starts counts, too."
            ),
        ),
        quiz.Question(
            "products",
            "",
            _("How many products add up to one number of conv2?"),
            conv2,
            _("3 × 3 places in each of the {channels} maps of max-pool 1: {products}.").format(
                channels=SHAPES["pool1"][0], products=conv2
            ),
            {
                9: _("That is one map. A kernel has a slice of weights for every map it reads."),
                SHAPES["pool1"][0]: _("That is one place in each map. The kernel covers nine."),
            },
            hint=_("Nine places, in each of the maps of max-pool 1."),
        ),
        quiz.Question(
            "weights",
            question.model,
            _("Where are most of the weights?"),
            max(weights, key=lambda layer: weights[layer]),
            ", ".join(f"{layer}: {count:,}" for layer, count in weights.items()),
            {layer: _few(layer, count) for layer, count in weights.items()},
            choices={layer: layer for layer in weights},
        ),
        quiz.Question(
            "uncentred",
            f"{question.drawing.encode()} {question.model} {question.stages} {question.off}",
            _("If your drawing were not centred by mass, what would the network say?"),
            "none" if uncentred is None else str(uncentred),
            _("Switch the stage *centred* off in the strip and see."),
            _elsewhere(forward.what_if(question)),
            choices=digits,
        ),
    ]


def _few(layer: str, count: int) -> str:
    """Why a layer is not the one with most of the weights."""
    if layer.startswith("conv"):
        why = _(
            "{layer} has {count}: its kernels are small, and used again at every place. That it "
            "computes most does not mean that it remembers most."
        )
    else:
        why = _("{layer} has {count}, inputs times units. Another layer has more of both.")
    return why.format(layer=layer, count=f"{count:,}")


def _elsewhere(now: int | None) -> dict[str, str]:
    """Why a drawing that is not centred is not taken for this or that, after what it is now."""
    other = _(
        "Moved, your strokes meet weights that belong to another place. Where do they lie then, "
        "and which digit has strokes there?"
    )
    told = dict.fromkeys([*map(str, range(10)), "none"], other)
    if now is not None:
        told["none"] = _("It does not doubt: strokes at another place are strokes all the same.")
        told[str(now)] = _(
            "That is what it says now. A convolution would not mind the place, but the layers "
            "after it have weights for each place."
        )
    return told


def _doubt(question: DrawingQuestion) -> None:
    left, right = st.columns([3, 2], gap="large")
    net = networks.network(question.model)
    with left:
        prose(PAGE, "doubt")
        if question.model not in networks.MODELS:
            st.markdown(
                _(
                    "None of this has been measured for the network that you trained: "
                    "its probabilities are not calibrated, and it refuses nothing but a "
                    "blank canvas or a dot."
                )
            )
            return
        try:
            found = unseen.results()
        except WeightsError as error:
            st.error(sentence(error))
            return
        _measured(net, question.model, found)
    with right:
        if st.toggle(_("Reliability on drawings by unseen writers"), key="fp.draw.unseen"):
            _diagram(reliability(found[question.model]), "unseen")
        if st.toggle(_("Reliability on the MNIST test set"), key="fp.draw.reliability"):
            _diagram(reliability(net.card["calibration"]), "reliability")


def _measured(net: networks.Network, model: str, found: dict[str, dict[str, Any]]) -> None:
    """How the network, made in the same way without six writers, reads those six."""
    rates = net.card["refusal"]
    st.markdown(
        _(
            "Measured on digits and non-digits that no choice was made on: {refused} of the "
            "digits are refused, {accepted} of the non-digits accepted."
        ).format(
            refused=f"**{percent(rates['digits_refused'])}**",
            accepted=f"**{percent(rates['nondigits_accepted'])}**",
        )
    )
    picture, way = found[model], found["strokes_lstm"]
    values = {
        "count": f"{picture['answers']['of']:,}",
        "writers": len(picture["by_writer"]),
        "right": strong(percent(picture["answers"]["share"])),
        "interval": " – ".join(map(percent, picture["answers"]["interval"])),
        "worst": strong(percent(picture["worst"])),
        "refused": percent(picture["refused"]["share"]),
    }
    st.markdown(
        _(
            "Measured on {count} digits that {writers} people drew with a pen, each time by a "
            "network that had seen nothing of that writer: {right} are answered rightly "
            "({interval}), {worst} for the worst writer; a refusal ({refused}) counts as wrong."
        ).format(**values)
    )
    st.markdown(
        _(
            "The LSTM that follows the pen, tested in the same way: {right}, and {worst} for the "
            "worst writer."
        ).format(
            right=strong(percent(way["answers"]["share"])), worst=strong(percent(way["worst"]))
        )
    )


def _diagram(bins: list[Bin], key: str) -> None:
    st.plotly_chart(
        reliability_figure(bins, _("confidence"), _("share right"), _("perfectly calibrated")),
        key=f"fp.draw.{key}.figure",
        config={"displayModeBar": False},
    )


def _take_away(question: DrawingQuestion, run: Trace, source: str | None) -> None:
    st.markdown(
        _(
            "The whole pass as a sheet, every number of it as a table, and a program that "
            "computes the selected number."
        )
    )
    names = layer_names()  # not while it is made: no script of the session runs by then

    def picture() -> bytes:
        return sheet.picture(run, forward.verdict(question, run).probabilities.tolist(), names)

    downloads(
        "forward_pass",
        title=_(TITLE),
        svg=picture,
        csv=lambda: sheet.table(run),
        py=source.encode if source else None,
    )
    st.caption(_("{layer} is the selected layer.").format(layer=names[question.place.layer]))
