"""The words of the controls of a training run (panel.js), the same on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.training.optimiser import RULES
from pages.kit.language import _


def optimisers() -> dict[str, str]:
    """What every optimiser is called."""
    return {name: _(rule.label) for name, rule in RULES.items()}


def words(
    *,
    named: list[str],
    fields: dict[str, str],
    values: dict[str, dict[str, str]],
    example: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Every word in the panel and in the list of runs, in the language of the session.

    Args:
        named: fields of the config that always name a run; others do where runs differ in them.
        fields: a field of the config -> how it is written, with "{value}" in it; empty: the value.
        values: a field of the config -> what each of its values is called.
        example: fields that are said of the saved example, since the settings above it are not its
            own; without them those that name a run.
    """
    return {
        "title": _("Training"),
        "play": _("Play"),
        "pause": _("Pause"),
        "again": _("Train again"),
        "oneStep": _("One step"),
        "steps": _("steps"),
        "count": _("How many steps"),
        "stop": _("Stop"),
        "reset": _("Reset"),
        "rate": _("Learning rate"),
        "time": _("Saved states of this run"),
        "place": _("step {step} of {steps}"),
        "goOn": _("Go on from here"),
        "lookingBack": _("Viewing step {step} of a run that has reached step {last}."),
        "statuses": {
            "waiting": _("about to begin"),
            "running": _("training now"),
            "paused": _("paused"),
            "done": _("done"),
            "stopped": _("stopped"),
            "diverged": _("diverged"),
            "lost": _("interrupted"),
        },
        "example": _(
            "Saved example run: {settings}. Press Play to train a new one with the settings above."
        ),
        "exampleNamed": named if example is None else list(example),
        "queue": _("in the queue, place {count}"),
        "speed": _("{speed} steps a second"),
        "left": _("{seconds} s left"),
        "took": _("{seconds} s of computing"),
        "unreachable": _("The server cannot be reached; trying again. Nothing is lost."),
        "silent": _(
            "Nothing has come from the computer that trains for ten seconds. If it hangs, another "
            "takes over within a minute, from the last state; nothing is lost."
        ),
        "gone": _("The server has been started anew and has no such run. Play begins a new one."),
        "trouble": {
            "diverged": _(
                "The loss is no longer a number: the steps were too large. Lower the learning "
                "rate or clip the gradient, then train again. What you see is the last good state."
            ),
            "cluster": _(
                "The computers that trained cannot be reached. What was computed is kept."
            ),
            "time": _("Paused: this run has used all the computing time that a run may have."),
            "limit": _("Paused: this run has reached a limit of this server."),
            "error": _("A part of the computation failed three times. What was computed is kept."),
            "memory": _(
                "There was not enough memory for a part of the computation. What was computed is "
                "kept. A smaller batch or a smaller network needs less."
            ),
            "full": _(
                "This server holds as many networks as it can. Press Play again in a few minutes."
            ),
            "code": _(
                "The computers that train have another version of this program, which may compute "
                "other numbers. Bring them to the same version and press Play."
            ),
            "some code": _(
                "One of the computers that train has another version of this program. Another one "
                "goes on."
            ),
            "some data": _(
                "The data that this run learns from are not on one of the computers that train. "
                "Another one goes on."
            ),
            "data": _(
                "The data that this run learns from are not on the computer that trains. Choose "
                "other data, or put them there and press Play."
            ),
        },
        "ownMachine": _("Go on with this server's own machine"),
        "runsTitle": _("Runs of this session"),
        "run": _("run"),
        "curve": _("curve"),
        "show": _("show"),
        "hide": _("hide"),
        "here": _("shown"),
        "forget": _("Remove this run"),
        "exampleName": _("the saved example"),
        "takeAway": _("Export this run:"),
        "picture": _("picture (PNG)"),
        "program": _("program (Python)"),
        "notebook": _("notebook (Jupyter)"),
        "named": named,
        "fields": fields,
        "values": values,
        "origins": {
            "trained": _("trained here, just now"),
            "shipped": _("trained beforehand, comes with the application"),
            "random": _("random, not trained"),
        },
    }
