"""Train a CNN: the notes' program, live, and what happens to one's own digit as it learns."""

from __future__ import annotations

from collections.abc import Sequence

from core.schema import Table, choice, mark
from core.vision.training import preview
from pages.kit.language import _
from pages.kit.state import page_state
from pages.train_a_cnn import run as cnn_run
from pages.train_a_cnn.hand import view as hand

TABS = ("train", "hand")
TABLE = Table(
    "cnn",
    {"tab": choice(TABS), **cnn_run.FIELDS, **hand.FIELDS},
)

STEPS = [
    ("all", mark("The notes' program, and a network that learns while you watch.")),
    ("program", mark("Every part of the program, with its share of the time. Take one batch.")),
    ("yours", mark("Your own digit goes through the network as it is at this moment.")),
    ("curves", mark("Solid: digits that it learns from. Dashed: digits that it has never seen.")),
    (
        "kernels",
        mark("The kernels of the first layer begin as noise; many come to respond to edges."),
    ),
    ("gradients", mark("One batch pulls at every layer, and not equally hard.")),
    (
        "confusion",
        mark("Which digits are mistaken for which? Click a number to see the digits behind it."),
    ),
    ("break", mark("Switch a filter off, change a weight or the stride, and count the cost.")),
    ("runs", mark("Every run of this session stays, to be compared and taken away.")),
]


def steps() -> Sequence[tuple[str, str]]:
    """The walk through the tab that is open."""
    return hand.STEPS if page_state(TABLE)["tab"] == "hand" else STEPS


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    names = {"train": _("Train"), "hand": _("Teach it your handwriting")}
    state.control("tab", _("Part"), names=names, label_visibility="collapsed")
    if state["tab"] == "hand":
        hand.show(state)
    else:
        cnn_run.show(state)


def thumbnail() -> str:
    """The shipped run: its loss and its accuracy, as a data URL."""
    return preview.run((_("Loss"), _("Accuracy")))
