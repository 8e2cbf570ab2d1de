"""Every word in the picture of "Teach it your handwriting", in the language of the session."""

from __future__ import annotations

from typing import Any

from core.vision.finetune.data import JUDGED
from pages.kit import opened, scored
from pages.kit.language import _
from pages.kit.run import words as training_words


def network_names() -> dict[str, str]:
    """What each network is called that a run can begin with."""
    return {"lenet5": "LeNet-5", "notes": _("the notes' CNN"), "tiny": _("the tiny network")}


def frozen_names() -> dict[str, str]:
    """Which layers learn."""
    return {"none": _("all layers"), "body": _("the last layer only")}


def words() -> dict[str, Any]:
    """For view.js."""
    panel = training_words.words(
        named=["network", "rehearsal"],
        fields={
            "network": "",
            "rehearsal": _("rehearsal {value}"),
            "frozen": _("learning: {value}"),
            "learning_rate": _("rate {value}"),
            "steps": _("{value} steps"),
            "seed": _("seed {value}"),
        },
        values={
            "network": network_names(),
            "frozen": frozen_names(),
            "rehearsal": {f"{share / 10:g}": f"{10 * share}%" for share in range(10)},
        },
    )
    return panel | _pad() | _digits() | _results() | {"scored": _scored()}


def _scored() -> dict[str, Any]:
    found = scored.words(
        {
            "hand": _("the new digits that are counted"),
            "mnist": _("the old digits"),
            "drawings": _("all new digits"),
            "counted": _("the old digits, row by row"),
        }
    )
    found["scores"] |= {
        "shares": _("share of the digit that is called so"),
        "counts": _("how often a digit was called so"),
    }
    return found


def _pad() -> dict[str, Any]:
    return {
        "canvas": _("Canvas: draw a digit with mouse, finger or pen"),
        "padHelp": _("Draw a digit, then press its key from 0 to 9: it is labelled and put away."),
        "tools": _("Drawing tools"),
        "undo": _("Undo"),
        "clear": _("Clear"),
        "full": _("The canvas is full. Erase something, or clear it."),
        "whatIsIt": _("Which digit is it? Press its key."),
        "itIs": _("It is a {digit}"),
        "before": _("before it learned, it says"),
        "now": _("at this step it says"),
        "nets": {"before": _("before it learned"), "now": _("at this step")},
        **opened.of_networks(),
    }


def _digits() -> dict[str, Any]:
    return {
        "trayTitle": _("New digits"),
        "newDigits": _("new digits"),
        "rightOf": _("{right} of {count} right"),
        "heldBack": _("held back: never learned from"),
        "fromRoom": _("from the room"),
        "takeOut": _("Take this {digit} out"),
        "clearDigits": _("Take all out"),
        "exampleNote": _(
            "An example: sixty generated digits in a hand that LeNet-5 misreads. Draw your own, "
            "and they take its place. A dashed frame: held back, never learned from."
        ),
        "tooFew": _("{count} more, and Play learns from them."),
        "digitsNote": _(
            "{count} drawings. From 10 on a quarter is held back (dashed frame) and only judged."
        ),
        "someOnly": _(
            "{count} of {all} are learned from: your own, and the newest ones of the room."
        ),
        "ownFull": _("You have drawn {most} digits, as many as a run learns from. Take some out."),
        "collect": _("Let the room draw"),
        "openWall": _("Open its wall"),
        "roomDigits": _("Room {code}: {count} digits on its wall"),
        "digitsKept": _(
            "Your own digits stay in this tab. A room's are on its wall, without names, until "
            "the room ends; there you can also take out everything from one sender."
        ),
    }


def _results() -> dict[str, Any]:
    return {
        "chartLabel": _("Accuracy on new and old digits against training step"),
        "accuracy": _("accuracy"),
        "adopt": _("Use this network in “Draw a digit”"),
        "step": _("step"),
        "curvesTitle": _("What it learns, and what it forgets"),
        "oldDigits": "MNIST",
        "oldPen": _("generated digits"),
        "overlay": _("with rehearsal {share}"),
        "keptTitle": _("What is left of the old digits"),
        "keptNote": _("{count} MNIST digits it never learns from; mark: before").format(
            count=f"{JUDGED:,}"
        ),
        "keptNotePen": _("generated pen digits, MNIST is not there; mark: before"),
        "takenFor": _("{share} taken for {digit}"),
        "exampleNames": {
            "shipped-hand": _("example: new digits only"),
            "shipped-hand_rehearsal": _("example: half of each batch from MNIST"),
        },
    }
