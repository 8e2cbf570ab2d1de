"""What is guessed of a convolution: the sign of an output cell, and which inputs it sees."""

from __future__ import annotations

from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.sign import sign
from core.vision.convolution.slide import seen
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.numbers import decimal
from pages.kit.place import Place
from pages.kit.quiz import Question


def guess(question: ConvolutionQuestion) -> Guess:
    """About the cell whose patch and kernel are on show."""
    found, value = sign(question)
    written = decimal(value, 3)
    wrong = {
        "positive": _(
            "It would be, if large inputs met mostly positive weights. Look where the large "
            "inputs lie under the kernel."
        ),
        "negative": _(
            "It would be, if large inputs met mostly negative weights. Look where the large "
            "inputs lie under the kernel."
        ),
        "zero": _("It would be, if the products cancelled. Here one side weighs more."),
    }
    return Guess(
        Question(
            "conv-sign",
            str(question),
            _(
                "Each input in the outlined patch is multiplied by the weight that lies on it, and "
                "the products are added up. Will the sum be positive, zero or negative?"
            ),
            found,
            _("The sum is {value}.").format(value=written),
            wrong,
            choices={"positive": _("positive"), "zero": _("zero"), "negative": _("negative")},
        ),
        step="sum",
        covers=".adding, .equation > [data-block=sum], [data-block=output] .plane",
    )


def place_of(question: ConvolutionQuestion) -> Place:
    """Which cells of the input go into the output cell on show, for a room to tap."""
    at, columns = question.cell, question.input.shape[-1]
    right = [r * columns + c for r, c in seen(question.setting, at.row, at.column)]
    return Place(
        "conv-sees",
        str(question),
        _(
            "The output has a cell in row {row}, column {column}. Tap a cell of the input that it "
            "sees."
        ).format(row=at.row + 1, column=at.column + 1),
        right,
        _("It sees {count} cells of the input: those on which the kernel lies there.").format(
            count=len(right)
        ),
    )
