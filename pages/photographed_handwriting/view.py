"""The picture of "Photographed handwriting": the component of view.js, and all its words."""

from __future__ import annotations

from typing import Any

from core.vision.finetune import setting as taught
from core.vision.photo.light import LUMA
from core.vision.photo.limits import MOST
from core.vision.photo.rules import COLOURS
from core.vision.photo.sheet import Setting
from pages.kit import opened, prepared
from pages.kit.exchange import Exchange
from pages.kit.language import _
from pages.kit.picture import Picture

PICTURE = Picture("photo", "photographed_handwriting/view.js")


def photo_picture(
    shared: Exchange,
    *,
    sheet: str,
    example: dict[str, Any],
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the picture.

    Args:
        shared: what the person can choose in the picture itself: how the sheet is read, what is
            said of it, and what is looked at.
        sheet: the name of the photograph that is held here; "" for the example.
        example: which example.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "strip", "score", "number".
        language: of the words; another one builds the picture anew.
    """
    limits = Setting.schema["threshold"].kind
    PICTURE.show(
        shared,
        sheet=sheet,
        example=example,
        guess=guess,
        hidden=hidden,
        language=language,
        limits={"threshold": vars(limits)["high"], "corrections": MOST, "taught": taught.MOST},
        words=words(),
    )


def paper_names() -> dict[str, str]:
    """What an example can be written on."""
    return {
        "plain": _("plain paper, pen"),
        "lined": _("lined paper, pen"),
        "squared": _("squared paper, pencil"),
        "dotted": _("dotted paper, pen"),
        "board": _("board, chalk"),
    }


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "camera": _("Take a photo"),
        "stripTitle": _("Step by step"),
        "stripNote": _("Choose one to see it large; switch a step off to see what it is for."),
        "stages": {
            "photo": _("photo"),
            "grey": _("grey"),
            "light": _("light taken out"),
            "ink": _("ink"),
            "ruling": _("without printed lines"),
            "digits": _("digits"),
        },
        "stageHelp": {
            "photo": _("As it came, made smaller."),
            "grey": _("{red} of the red, {green} of the green and {blue} of the blue.").format(
                **dict(zip(COLOURS, LUMA, strict=True))
            ),
            "light": _("Each pixel held against the paper around it. A shadow falls on both."),
            "ink": _("What is darker than the threshold."),
            "ruling": _("Long, thin, several side by side: printed. Faint here."),
            "digits": _("Pieces that belong together; what is too small or too large is faint."),
        },
        "switches": {
            "flatten": _("take the light out"),
            "unrule": _("take lines out"),
            "join": _("join parts"),
        },
        "threshold": _("Threshold"),
        "ownThreshold": _("automatic"),
        "turn": _("Turn it"),
        "sheetTitle": _("The sheet"),
        "sheetLabel": _(
            "{stage}. Arrow keys move over the pixels, with Shift by ten; Enter opens one."
        ),
        "pixelAt": _("row {row}, column {column}"),
        "found": {
            "digits": _("{count} found in {lines} lines, {refused} of them refused."),
            "blank": _(
                "Nothing is written here that could be a digit. Try another threshold, or a photo "
                "with more light."
            ),
            "nothing": _(
                "Nothing on this picture looks like a digit to the network. It shows what it cut "
                "out, and refuses it."
            ),
            "many": _(
                "{count} pieces were found; at most {most} are read. Photograph a part of the "
                "sheet, or set the threshold higher."
            ),
        },
        "turned": _("White on black: ink is what is lighter."),
        "boxIs": _("line {line}, digit {place}: {digit}, {share}"),
        "boxRefused": _("line {line}, digit {place}: no digit"),
        "boxCorrected": _("{box}; corrected to {label}"),
        "digitTitle": _("One digit"),
        "digitNote": _("Keys 0 to 9 correct it, x says that it is none, arrows walk on."),
        "cropTitle": _("where it was found"),
        "seenTitle": _("28 × 28, as the network sees it"),
        "inkAt": _("ink at row {row}, column {column}: {value}"),
        "answer": _("This is a {digit}, with probability {share}."),
        "refused": _("Not a digit. The likeliest would be {digit}, with {share}."),
        "nothingHere": _("No digit is selected."),
        "really": _("What is it really?"),
        "noDigit": _("no digit"),
        "scoreTitle": _("How often is it right?"),
        "unsaid": _("Say what is wrong, or confirm a digit: then it is counted."),
        "scoreNote": _(
            "Boxes that you leave count as right. What was written and not cut out is not counted."
        ),
        "score": _("{right} of {of} boxes: {share}, 95% interval {low} to {high}."),
        "corrections": _("{count} corrected"),
        "clear": _("Forget corrections"),
        "teach": _("Teach it this hand"),
        "teachHelp": _(
            "Gives the digits that are read or corrected to “Teach it your handwriting”."
        ),
        "taught": _("{count} digits lie ready there."),
        "taughtFull": _("There is room for {most} digits; {count} were taken."),
        "open": _("Open “Teach it your handwriting”"),
        "unreachable": _("The server cannot be reached. Trying again."),
        "sheetPart": _("sheet"),
        "digitPart": _("digit"),
        "number": _("{part}: {name}"),
        "onward": _("from {name}"),
        "close": _("Close"),
        "opened": opened.words(),
        "arrays": array_names(),
    }


def array_names() -> dict[str, str]:
    """What is computed of a sheet and of a digit."""
    return {
        **prepared.names(),
        "red": _("red"),
        "green": _("green"),
        "blue": _("blue"),
        "grey": _("grey"),
        "background": _("grey of the paper around"),
        "ratio": _("share of the light that is left"),
        "dark": _("how dark the ink is"),
        "threshold": _("threshold"),
        "paler": _("mean of the paler pixels"),
        "darker": _("mean of the darker pixels"),
        "over": _("ink above the threshold"),
        "input": _("input"),
        "relu1": _("ReLU 1"),
        "pool1": _("max-pool 1"),
        "relu2": _("ReLU 2"),
        "pool2": _("max-pool 2"),
        "relu3": _("ReLU 3"),
        "logits": _("logits"),
        "probabilities": _("probabilities"),
        "conv1": "conv1",
        "conv2": "conv2",
        "fc1": "fc1",
    }
