"""What is guessed in the picture: whether a gate will be open."""

from __future__ import annotations

from core.recurrent.cell.gates import SQUEEZED
from core.recurrent.words.gate import gate
from pages.inside_the_cell.lesson import about
from pages.kit.cell_words import gate_names
from pages.kit.guess import Guess
from pages.kit.language import _, language
from pages.kit.quiz import Question
from pages.kit.state import PageState


def guess(state: PageState) -> Guess | None:
    """About the selected gate of the shipped example, in the sentence on show."""
    place = state["place"]
    its_own = state["run"] and not state["run"].startswith("shipped-")
    if its_own or state["source"] != "sentence" or place.gate not in SQUEEZED:
        return None
    query = about(state) | {name: str(value) for name, value in vars(place).items()}
    query["cell"] = state["cell"]
    found = gate("ko" if language() == "ko" else "en", query)
    opens = {
        "forget": _("the unit keeps most of what it remembers"),
        "input": _("most of the new word is written into the unit"),
        "output": _("the unit shows most of what it remembers"),
        "reset": _("the candidate reads most of the past"),
        "update": _("the unit keeps most of its past"),
    }[place.gate]
    shuts = {
        "forget": _("the unit lets go of most of what it remembers"),
        "input": _("little of the new word is written into the unit"),
        "output": _("the unit hides most of what it remembers"),
        "reset": _("the candidate reads little of the past"),
        "update": _("the unit takes most of the candidate"),
    }[place.gate]
    answer = "open" if found.open else "shut"
    verdict = _("It is at {value}: {meaning}.").format(
        value=f"{found.value:.3f}", meaning=opens if answer == "open" else shuts
    )
    wrong = _(
        "A gate is a sigmoid of what the cell reads and remembers. Here it comes out the other way."
    )
    return Guess(
        Question(
            "cell-gate",
            f"{language()} {query}",
            _("The {gate} of unit {unit}, while the cell reads “{word}”: open or shut?").format(
                gate=gate_names()[place.gate], unit=place.unit, word=found.word
            ),
            answer,
            verdict,
            {"open": wrong, "shut": wrong},
            choices={
                "open": _("open: {meaning}").format(meaning=opens),
                "shut": _("shut: {meaning}").format(meaning=shuts),
            },
        ),
        step=place.gate,
        covers=f".maps [data-block={place.gate}] .grid, .equation, .tells",
    )
