"""Below the pictures of "LeNet, AlexNet, VGG": lesson, formula, questions, what to take away."""

from __future__ import annotations

import streamlit as st

from core.opened import latex
from core.vision.architectures import formula, sheet
from core.vision.architectures import heads as architectures_heads
from core.vision.architectures.number import Number, likeliest, opened, program
from core.vision.architectures.table import table
from core.vision.drawing import Drawing
from core.vision.fair import results as fair_results
from core.weights import WeightsError
from pages.kit import quiz
from pages.kit.code import code, equation
from pages.kit.downloads import downloads
from pages.kit.language import _, sentence
from pages.kit.prose import prose
from pages.kit.provenance import provenance
from pages.kit.tabs import tabs
from pages.lenet_alexnet_vgg import TITLE
from pages.lenet_alexnet_vgg.five import nets
from pages.lenet_alexnet_vgg.view import names

PAGE = "lenet_alexnet_vgg"


def lesson(
    left: str, right: str, shown: str, layer: int, drawing: Drawing, number: Number | None
) -> None:
    """Draw it.

    Args:
        left: the first network in the picture.
        right: the second one.
        shown: the one of them with a selected layer.
        layer: which one.
        drawing: that goes through five of them.
        number: of one of these that is opened; None: how sure the VGG-like one is.
    """
    try:
        provenance("arch", "shipped", fair_results.results()["card"])
    except FileNotFoundError as error:
        st.warning(sentence(error))

    def numbers() -> None:
        rows = table(shown).rows
        row = rows[min(layer, len(rows) - 1)]
        st.latex(formula.WHOLE)
        st.latex(formula.FIELD)
        st.markdown(f"**{names()[shown]}, {row.name}**")
        equation(formula.latex(row))
        code("network", formula.program(shown))
        _number(drawing, number)

    def take() -> None:
        st.markdown(
            _(
                "Both networks as a picture, the table of {name}, and a program that builds it."
            ).format(name=names()[shown])
        )
        downloads(
            "networks",
            title=_(TITLE),
            svg=lambda: sheet.picture({name: _said(name) for name in (left, right)}),
            csv=lambda: sheet.as_csv(shown),
            py=lambda: formula.program(shown).encode(),
        )

    tabs(
        PAGE,
        "fair",
        head=(_("Why a head"), _heads),
        numbers=(_("Formula and PyTorch"), numbers),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions())),
        take=(_("Export"), take),
    )


def _said(name: str) -> str:
    """What stands above a network in the picture to take away."""
    network = table(name)
    counts = _("{parameters} parameters, {products} multiply-adds").format(
        parameters=f"{network.parameters:,}", products=f"{network.multiply_adds:,}"
    )
    return f"{names()[name]}: {counts}"


def _heads() -> None:
    """Fully connected layers behind the convolutions, against a mean of each map."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        prose(PAGE, "head")
    spoken = nets()
    heads = (
        _("network"),
        _("its head"),
        _("in the convolutions"),
        _("in the head"),
        _("MNIST test set"),
    )
    try:
        found = architectures_heads.heads()
    except (OSError, ValueError):
        return
    lines = []
    for each in found:
        kind = _("mean of each map") if each.pooled else _("fully connected")
        lines.append(
            f"| {spoken[each.name]} | {kind}, {each.inputs:,} → 10 | {each.features:,} "
            f"| {each.head:,} | {100 * each.accuracy:.2f}% |"
        )
    with right:
        st.markdown(
            "\n".join([f"| {' | '.join(heads)} |", "| --- | --- | ---: | ---: | ---: |", *lines])
        )
        st.caption(
            _(
                "Parameters, counted; accuracy from the cards of the networks that come with the "
                "application. They were not trained alike, so this shows where parameters are, not "
                "which is better."
            )
        )


def _number(drawing: Drawing, number: Number | None) -> None:
    """The opened number of the five networks as a formula and as PyTorch."""
    try:
        number = number or likeliest(drawing)
        text, source = latex(opened(drawing, number)), program(drawing, number)
    except (WeightsError, ValueError) as error:
        st.caption(sentence(error))
        return
    layer = f"{number.cell.array} {', '.join(map(str, number.cell.index))}"
    st.markdown(f"**{nets()[number.net]}, {layer}**")
    equation(text, key="fp.arch.number")
    code("number_of_a_network", source)


def _questions() -> list[quiz.Question]:
    """Questions about networks whose tables are at hand without torchvision."""
    alexnet = sheet.shares("alexnet_2012")
    lenet = sheet.shares("lenet5_1998")
    stacked = sheet.stacked()
    shares = {"25": "25%", "60": "60%", "95": "95%"}
    return [
        quiz.Question(
            "weights",
            "",
            _("How many of AlexNet's parameters are in its three fully connected layers?"),
            _nearest(alexnet.parameters_in_fc, shares),
            _("{share:.1f}%: {count:,} of {all:,}.").format(
                share=100 * alexnet.parameters_in_fc,
                count=alexnet.fc_parameters,
                all=alexnet.parameters,
            ),
            {
                "25": _(
                    "Kernels are small, and shared by all places. A fully connected layer has a "
                    "weight for every pair of input and unit."
                ),
                "60": _(
                    "More. The first of the three alone connects thousands of numbers with "
                    "thousands of units."
                ),
            },
            choices=shares,
        ),
        quiz.Question(
            "work",
            "",
            _("And how much of its work, in multiply-adds, is in the convolutions?"),
            _nearest(1 - alexnet.products_in_fc, shares),
            _("{share:.1f}%. Few weights, but each is used at every place of the picture.").format(
                share=100 * (1 - alexnet.products_in_fc)
            ),
            {
                "25": _(
                    "You have counted weights. Work counts how often each is used, and a kernel "
                    "is used at every place."
                ),
                "60": _(
                    "More. A weight of the first convolution is used thousands of times, one of a "
                    "fully connected layer once."
                ),
            },
            choices=shares,
        ),
        quiz.Question(
            "field",
            "",
            _(
                "Three 3 × 3 convolutions with stride 1, one after the other. How many "
                "pixels wide is the receptive field of one number?"
            ),
            stacked.size,
            _("1 + 2 + 2 + 2 = {size} pixels, as far as one 7 × 7.").format(size=stacked.size),
            {
                3: _("That is the first of them. The next sees three cells of what that has seen."),
                9: _("Three times three would be kernels side by side. They overlap."),
            },
            hint=_("The first sees three pixels. By how many does each further one widen it?"),
        ),
        quiz.Question(
            "times",
            "",
            _("AlexNet has how many times as many parameters as LeNet-5 of 1998?"),
            alexnet.parameters / lenet.parameters,
            _("{alexnet:,} against {lenet:,}: {times:.0f} times.").format(
                alexnet=alexnet.parameters,
                lenet=lenet.parameters,
                times=alexnet.parameters / lenet.parameters,
            ),
            {},
            hint=_("LeNet-5 has {lenet:,} parameters.").format(lenet=lenet.parameters)
            + " "
            + _("AlexNet reads larger pictures, has more maps, and three wide layers at the end."),
            tolerance=200,
        ),
    ]


def _nearest(share: float, shares: dict[str, str]) -> str:
    return min(shares, key=lambda key: abs(int(key) - 100 * share))
