"""How each number of a sheet comes about, from the camera's bytes to the network's probabilities.

Axes: R rows, C columns
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from core.opened import Cell, Combination, Given, Monomial, Opened, Ramp, Rules
from core.schema import Refusal, mark
from core.vision import number as drawn
from core.vision.number import Number
from core.vision.photo.light import LUMA, lightness
from core.vision.photo.question import DIGIT
from core.vision.photo.sheet import NETWORK, Setting, Sheet, read, turned
from core.vision.question import DrawingQuestion

COLOURS = ("red", "green", "blue")
NO_DIGIT = mark("There is no digit of that number on the sheet.")
SYMBOLS = {
    "red": "R",
    "green": "G",
    "blue": "B",
    "grey": "g",
    "background": "b",
    "ratio": "q",
    "dark": "d",
    "threshold": "t",
    "paler": "p",
    "darker": "D",
    "over": "o",
}


def sheet_rules(turned_over: bool, chosen: bool) -> Rules:
    """The rules of a sheet.

    Args:
        turned_over: the writing is lighter than what it stands on.
        chosen: a person has set the threshold.
    """
    ratio = ("background", "grey") if turned_over else ("grey", "background")
    halves = Combination("threshold", ("paler", "darker"), (0.5, 0.5))
    return Rules(
        *(Given(colour, "camera") for colour in COLOURS),
        Combination("grey", COLOURS, LUMA),
        Given("background", "surroundings"),
        Monomial("ratio", ratio, (1.0, -1.0)),
        Ramp("dark", "ratio", 1.0),
        Given("paler", "paler_mean"),
        Given("darker", "darker_mean"),
        Given("threshold", "slider") if chosen else halves,
        Combination("over", ("dark", "threshold"), (1.0, -1.0)),
        symbols=SYMBOLS,
    )


def sheet_arrays(sheet: Sheet, setting: Setting) -> dict[str, Tensor]:
    """Every array that these rules speak of, (R, C): what is one number of all is one of each."""
    found = read(sheet, setting)
    light, limit = found.light, found.threshold
    planes = lightness(turned(sheet, setting.turn))
    dark, lit = (light.background, light.grey) if light.turned else (light.grey, light.background)
    arrays = {name: planes[..., i] for i, name in enumerate(COLOURS)}
    arrays |= {"grey": light.grey, "background": light.background, "ratio": dark / lit}
    arrays |= {"dark": light.ink, "over": light.ink - np.float32(limit.value)}
    single = {"threshold": limit.value, "paler": limit.paler, "darker": limit.darker}
    return {name: torch.from_numpy(np.ascontiguousarray(each)) for name, each in arrays.items()} | {
        name: torch.tensor(value).expand(light.grey.shape) for name, value in single.items()
    }


def opened(sheet: Sheet, setting: Setting, part: str, cell: Cell, digit: int) -> Opened:
    """The arithmetic of a number of the sheet, or of one of its digits.

    Raises:
        Refusal: there is no such number, or no such digit.
    """
    found = read(sheet, setting)
    if part != DIGIT:
        known = sheet_rules(found.light.turned, bool(setting.threshold))
        return known.open(sheet_arrays(sheet, setting), cell)
    if digit >= len(found.drawings):
        raise Refusal(NO_DIGIT)
    question = DrawingQuestion(found.drawings[digit], NETWORK, strip=False)
    return drawn.opened(question, Number("pen", cell))
