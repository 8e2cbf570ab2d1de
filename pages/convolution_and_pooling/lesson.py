"""Below the picture of "Convolution": lesson, formula, questions, what to take away."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.figures.image import data_url
from core.opened import Cell, latex
from core.vision.convolution import (
    depth,
    guess,
    kernels,
    number,
    patterns,
    rules,
    sheet,
)
from core.vision.convolution.counts import SIDES
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import slide
from pages.convolution_and_pooling import TITLE
from pages.convolution_and_pooling.words import words
from pages.kit import quiz
from pages.kit.code import code, equation
from pages.kit.code import formula as number_formula
from pages.kit.downloads import downloads
from pages.kit.language import _
from pages.kit.prose import prose
from pages.kit.provenance import Origin, provenance
from pages.kit.tabs import tabs

PAGE = "convolution_and_pooling"
SHOWN = 16
"""Sizes in a row at most."""


def lesson(question: ConvolutionQuestion, cell: Cell | None) -> None:
    """Draw it, about this input, this kernel, and the number that is open besides the output's."""
    learned = next((name for name in question.filters if "." in name), None)
    provenance("conv", _origin(question), kernels.card(learned) if learned else None)
    tabs(
        PAGE,
        "care",
        layers=(_("Many layers"), lambda: _layers(question)),
        filters=(_("What filters learn"), lambda: _filters(learned)),
        numbers=(_("Formula and PyTorch"), lambda: _formula(question, cell)),
        predict=(_("Predict, then reveal"), lambda: _questions(question)),
        take=(_("Export"), lambda: _take_away(question)),
    )


def _formula(question: ConvolutionQuestion, cell: Cell | None) -> None:
    slid = slide(question)
    for side in SIDES:
        st.latex(latex(number.opened(question, Cell(f"output_{side}", ()))))
    equation(latex(rules.opened(slid)))
    code("convolution_program", rules.program(slid))
    if cell is not None:
        number_formula("number", lambda: number.formula(question, cell))


def _take_away(question: ConvolutionQuestion) -> None:
    slid = slide(question)
    names = {"input": _("Input"), "kernel": _("Kernel"), "output": _("Output")}
    st.markdown(_("Input and output as a picture, all numbers as a table, and a program of it."))
    downloads(
        "convolution",
        title=_(TITLE),
        svg=lambda: sheet.picture(slid, _said(question), names),
        csv=lambda: sheet.table(slid),
        py=lambda: rules.program(slid).encode(),
    )


def _said(question: ConvolutionQuestion) -> str:
    said = (
        _("Transposed convolution: stride {stride}, padding {padding}, dilation {dilation}")
        if question.transposed
        else _("Convolution: stride {stride}, padding {padding}, dilation {dilation}")
    )
    return said.format(stride=question.stride, padding=question.padding, dilation=question.dilation)


def _layers(question: ConvolutionQuestion) -> None:
    """How large the map is after each of many layers, with and without padding."""
    left, right = st.columns(2, gap="large")
    with left:
        prose(PAGE, "layers")
    axis = question.setting.axes[0]
    if axis.transposed:
        right.caption(_("A transposed convolution enlarges its input: there is nothing to lose."))
        return
    half = axis.span // 2
    rows = (
        (_("as it is set above"), None),
        (_("without padding"), 0),
        (_("padding {padding}").format(padding=half), half),
    )
    lines = []
    for name, padding in rows:
        sides = depth.sides(axis, padding)
        layers = _("no limit") if depth.endless(axis, padding) else str(len(sides) - 1)
        lines.append(f"| {name} | {layers} | {_arrows(sides)} |")
    heads = _("padding"), _("layers"), _("rows after each layer")
    with right:
        st.markdown("\n".join([f"| {' | '.join(heads)} |", "| --- | ---: | --- |", *lines]))
        st.caption(
            _(
                "Kernel {kernel}, stride {stride}. Layers are counted until no kernel fits or the "
                "size no longer changes."
            ).format(kernel=axis.kernel, stride=axis.stride)
        )


def _arrows(sides: list[int]) -> str:
    """Sizes in a row, the middle of many left out."""
    shown = [str(side) for side in sides]
    return " → ".join(shown if len(shown) <= SHOWN else [*shown[:5], "…", *shown[-3:]])


def _filters(learned: str | None) -> None:
    """The first layer of a shipped network, sorted by what its kernels respond to."""
    spoken: dict[str, Any] = words()
    networks = [name for name in spoken["networks"] if name in kernels.learned_names()]
    patterns_named = {
        "edge": _("edge"),
        "corner": _("corner"),
        "texture": _("texture"),
        "brightness": _("brightness"),
    }
    left, right = st.columns(2, gap="large")
    with left:
        prose(PAGE, "filters")
    if not networks:
        return
    heads = [_("first layer of"), *patterns_named.values()]
    lines = []
    for name in networks:
        found = patterns.learned(name)
        of = sum(map(len, found.values()))
        counts = [
            f"{len(found[pattern])} ({100 * len(found[pattern]) / of:.0f}%)"
            for pattern in patterns.PATTERNS
        ]
        lines.append([spoken["networks"][name], *counts])
    for side in (3, 5):
        shares = patterns.by_chance(side)
        chance = [f"{100 * shares[pattern]:.0f}%" for pattern in patterns.PATTERNS]
        lines.append([_("random, {side} × {side}").format(side=side), *chance])
    with right:
        table = [heads, ["---", "---:", "---:", "---:", "---:"], *lines]
        st.markdown("\n".join(f"| {' | '.join(row)} |" for row in table))
    network = learned.partition(".")[0] if learned else networks[0]
    st.markdown(f"**{spoken['networks'][network]}**")
    shown = patterns.learned(network)
    for column, pattern in zip(st.columns(4), patterns.PATTERNS, strict=True):
        with column:
            st.markdown(patterns_named[pattern])
            if shown[pattern]:
                st.image(patterns.sheet(shown[pattern]))


def _origin(question: ConvolutionQuestion) -> Origin:
    if question.edits:
        return "hand"
    if any("." in name for name in question.filters) or question.source == "maps":
        return "shipped"
    return "random" if "random" in question.filters else "hand"


def kernel_names() -> dict[str, str]:
    """What each kernel that no network has learned is called."""
    spoken: dict[str, Any] = words()
    return {name: label for _, names in spoken["kernelGroups"] for name, label in names}


def kernel_marks() -> dict[str, str]:
    """By what one would know the picture that a kernel makes."""
    return {
        "identity": _("This kernel changes nothing: its picture would be the input."),
        "sobel_x": _(
            "This kernel responds where left and right differ: at vertical edges. Along "
            "horizontal ones it gives zero."
        ),
        "sobel_y": _(
            "This kernel responds where above and below differ: at horizontal edges. "
            "Along vertical ones it gives zero."
        ),
        "laplacian": _(
            "This kernel responds on both sides of every edge, whichever way it runs, "
            "with opposite signs."
        ),
        "box": _("This kernel averages nine cells: its picture would be the input, blurred."),
        "emboss": _(
            "This kernel makes a relief: what looks towards one corner becomes larger, what looks "
            "away from it smaller."
        ),
        "sharpen": _("This kernel keeps the input and adds what differs from its neighbours."),
    }


def _questions(question: ConvolutionQuestion) -> None:
    about = guess.about(question)
    other = guess.other_size(question)
    if other is not None:
        quiz.ask(
            quiz.Question(
                "conv-size",
                about,
                _(
                    "{rows} rows, a kernel of {kernel}, stride {stride}, padding {padding}: how "
                    "many rows has the output?"
                ).format(
                    rows=other.rows,
                    kernel=other.kernel,
                    stride=other.stride,
                    padding=other.padding,
                ),
                other.output,
                _(
                    "Subtract the span of the kernel once, divide what is left by the stride, round"
                    " down, and add one. A remainder is no error: those rows are left out."
                ),
                {
                    other.output - 1: _(
                        "That is how often it moves on. The place where it starts counts, too."
                    ),
                    other.output + 1: _(
                        "One too many: a kernel that would reach over the edge is not counted."
                    ),
                },
                hint=_(
                    "Add the padding on both sides. How often can the kernel move on by the "
                    "stride until it meets the edge? The place where it starts counts, too."
                ),
            )
        )
    turned = guess.turned(question)
    quiz.ask(
        quiz.Question(
            "conv-turned",
            about,
            _("If the kernel were turned by 180°, the number of the marked cell would be …"),
            turned.answer,
            _("Computed: {now:.3f} now, {then:.3f} then.").format(now=turned.now, then=turned.then),
            {
                "more": _(
                    "Only if large weights come to lie on large cells. The lower right weight now "
                    "meets the upper left cell: multiply, and add."
                ),
                "less": _(
                    "Only if the cells lose their large weights by it. The lower right weight now "
                    "meets the upper left cell: multiply, and add."
                ),
                "same": _(
                    "Only if the kernel, or what lies below it, looks the same when turned, or if "
                    "the differences happen to cancel."
                ),
            },
            choices={"more": _("larger"), "less": _("smaller"), "same": _("the same")},
        )
    )
    cell, count = guess.reached(question)
    quiz.ask(
        quiz.Question(
            "conv-reached",
            about,
            _("How many output cells of one filter depend on input cell {row}, {column}?").format(
                row=cell.row + 1, column=cell.column + 1
            ),
            count,
            _("Point at that cell of the input: all that it goes into is outlined in the output."),
            {1: _("A cell is read each time that the kernel covers it, not once.")},
            hint=_(
                "At how many places does the kernel cover this cell? With a stride of 1 in the "
                "middle, as many as the kernel has cells; with a larger one, fewer."
            ),
        )
    )
    filtered = guess.filtered(question)
    names = kernel_names()
    st.image(data_url(filtered.picture), width=224)
    quiz.ask(
        quiz.Question(
            "conv-made",
            about,
            _("Which kernel has made this picture from the same input?"),
            filtered.by,
            _("Blue is above zero, orange below. Choose the kernel above and compare."),
            kernel_marks(),
            choices={name: names[name] for name in filtered.suspects},
        )
    )
