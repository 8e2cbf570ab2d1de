"""Below the picture of "Inside the cell": lesson, formula, questions, costs, what to take away."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import streamlit as st

from core.recurrent import cost
from core.recurrent.cells import GATES, KINDS, Kind
from core.recurrent.words.speaker import EMBEDDING
from core.weights import FOLDER
from pages.kit import quiz
from pages.kit.cell_words import CELLS
from pages.kit.code import formula
from pages.kit.language import _, language
from pages.kit.prose import prose
from pages.kit.provenance import provenance
from pages.kit.run.inspection import Inspected
from pages.kit.state import PageState
from pages.kit.tabs import tabs

PAGE = "inside_the_cell"
FAR = 20
"""A distance that no default run has been trained at."""
SHIPPED = {"en": "words", "ko": "words_ko", "sine": "sine"}
CARDS = {"en": "words_race", "ko": "words_race_ko", "sine": "sine_race"}
"""The shipped example for each language, and on a series: its run and its card."""


@cache
def card(of: str) -> dict[str, Any]:
    """What is known of a shipped example: of a language, or of "sine"."""
    card: dict[str, Any] = json.loads((FOLDER / f"{CARDS[of]}.json").read_text(encoding="utf-8"))
    return card


def lesson(state: PageState) -> None:
    """Draw it, about the run and the number that the picture shows."""
    if state["run"]:
        provenance("run", "trained")
    else:
        provenance("run", "shipped", card("sine" if state["source"] == "sine" else language()))
    tabs(
        PAGE,
        "gates",
        alone=(_("Without memory"), lambda: _alone(state)),
        numbers=(_("Formula and PyTorch"), lambda: _formula(state)),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(state))),
        costs=(_("What a step costs"), lambda: _costs(state)),
    )


def about(state: PageState) -> dict[str, str]:
    """The sentence on show, as a question to a look."""
    if state["source"] == "sine":
        return {}
    query = {"distance": str(state["distance"]), "talk": str(state["seed"])}
    return query | ({"name": state["name"]} if state["name"] else {})


def inspected(state: PageState) -> Inspected:
    """The run on show; before the picture has told of one, the shipped example."""
    example = SHIPPED["sine" if state["source"] == "sine" else language()]
    step = state["step"] if state["step"] >= 0 else None
    return Inspected(state["run"], step, f"shipped-{example}")


def _alone(state: PageState) -> None:
    """What the cell says after each word, with all words before it and with none."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        prose(PAGE, "alone")
    if state["source"] == "sine":
        right.caption(_("Choose *a sentence* above: a word can be read by itself."))
        return
    try:
        found = inspected(state).inspect("alone", about(state))
        said = found["cells"][state["cell"]]
    except (LookupError, ValueError):
        return
    heads = _("word"), _("next, with all words before it"), _("next, by this word alone")
    lines = [
        f"| {word} | {_guess(*read)} | {_guess(*single)} |"
        for word, read, single in zip(found["words"], said["read"], said["alone"], strict=True)
    ]
    with right:
        st.markdown("\n".join([f"| {' | '.join(heads)} |", "| --- | --- | --- |", *lines]))
        st.caption(
            _("{cell}; what follows is “{answer}”.").format(
                cell=CELLS[state["cell"]], answer=found["answer"]
            )
        )


def _guess(word: str, share: float) -> str:
    return f"{word} {100 * share:.0f}%"


def _formula(state: PageState) -> None:
    place = {name: str(value) for name, value in vars(state["place"]).items()}
    if state["place"].gate not in GATES[state["cell"]]:
        place["gate"] = "h"  # as in the picture: every cell has one
    query = about(state) | place | {"cell": state["cell"]}
    if not formula("forward_pass_gate", lambda: inspected(state).inspect("number", query)):
        st.caption(_("Select a number in the picture: its formula and its program come here."))
    if state["number"] and state["source"] == "sentence":
        number = {"number": state.table["number"].format(state["number"])}
        query = about(state) | {"cell": state["cell"]} | number
        title = _("The PyTorch of what the network says")
        formula("what_it_says", lambda: inspected(state).inspect("spoken", query), title)


def _questions(state: PageState) -> list[quiz.Question]:
    questions = [
        quiz.Question(
            "forget",
            "",
            _("A forget gate is at 1 for a unit. What happens to what the unit remembers?"),
            "keeps",
            _("It is multiplied by 1: c = 1 · c + i · g. The gate says how much is kept."),
            {
                "goes": _(
                    "Its name misleads: the gate is a factor. At 1 it lets everything pass, at 0 "
                    "it forgets."
                )
            },
            choices={"keeps": _("it is kept"), "goes": _("it is forgotten")},
        ),
        quiz.Question(
            "weights",
            "",
            _("How many times the weights of an RNN has an LSTM of the same size?"),
            4,
            _("Three gates and a candidate, each with its own pair of matrices and biases."),
            {
                1: _("The gates are not free: each is computed by weights of its own."),
                3: _("These are the gates. What is written through them needs weights as well."),
            },
            hint=_(
                "How many vectors does an LSTM compute from input and hidden state at each step? "
                "Each of them needs what an RNN needs."
            ),
        ),
    ]
    if state["source"] == "sine":
        return questions
    try:
        far = inspected(state).inspect("reading", about(state) | {"distance": str(FAR)})
    except (LookupError, ValueError):
        return questions
    members = far["cells"]
    right = [kind for kind in members if members[kind]["right"]]
    key = "+".join(right) or "none"
    names = {"none": _("none of them")} | {
        "+".join(kinds): ", ".join(CELLS[kind] for kind in kinds) for kinds in _subsets(members)
    }
    questions.append(
        quiz.Question(
            "far",
            f"{state['run']} {state['step']} {about(state)}",
            _("With {count} steps between name and answer: which of them still know?").format(
                count=FAR
            ),
            key,
            "; ".join(f"{CELLS[kind]}: {members[kind]['answers'][0][0]}" for kind in members),
            {
                "+".join(chosen) or "none": _mistaken(chosen, right)
                for chosen in [(), *_subsets(members)]
                if list(chosen) != right
            },
            choices=names,
        )
    )
    return questions


def _mistaken(chosen: tuple[str, ...], right: list[str]) -> str:
    """What is wrong with a choice of cells: the first that was thought too well or too ill of."""
    for kind in chosen:
        if kind not in right:
            return _(
                "{cell} does not: the many words in between have overwritten the name."
            ).format(cell=CELLS[kind])
    missed = next(kind for kind in right if kind not in chosen)
    return _("There is more: {cell} still says the right name.").format(cell=CELLS[missed])


def _subsets(members: dict[str, Any]) -> list[tuple[str, ...]]:
    """Every choice of at least one, in the order of the members."""
    kinds = tuple(members)
    return [
        tuple(kind for k, kind in enumerate(kinds) if chosen >> k & 1)
        for chosen in range(1, 2 ** len(kinds))
    ]


def _costs(state: PageState) -> None:
    left, right = st.columns([3, 2], gap="large")
    hidden = state["hidden"]
    with left:
        prose(PAGE, "cost")
        st.button(_("Measure here"), key="fp.cell.measure", on_click=_measure, args=(hidden,))
    with right:
        st.markdown(
            _("One layer with {hidden} units that reads {inputs} numbers at each step:").format(
                hidden=hidden, inputs=EMBEDDING
            )
        )
        st.markdown(_table(hidden, st.session_state.get("fp.cell.timed", {}).get(hidden)))
        st.caption(
            _(
                "Time: microseconds for one step of {batch} sentences at once on this server, "
                "forward, and forward and backward. The best of {repeats} rounds."
            ).format(batch=cost.BATCH, repeats=cost.REPEATS)
        )


def _measure(hidden: int) -> None:
    st.session_state.setdefault("fp.cell.timed", {})[hidden] = cost.measure(EMBEDDING, hidden)


def _table(hidden: int, timed: dict[Kind, cost.Timing] | None) -> str:
    counted = [cost.cost(kind, EMBEDDING, hidden) for kind in KINDS]
    rows = [
        (_("pairs of matrices"), [str(each.blocks) for each in counted]),
        (_("parameters"), [f"{each.parameters:,}" for each in counted]),
        (_("multiply-adds for a step"), [f"{each.products:,}" for each in counted]),
        (_("time, forward"), [f"{timed[k].forward:.0f} µs" if timed else "–" for k in KINDS]),
        (_("time, both ways"), [f"{timed[k].both:.0f} µs" if timed else "–" for k in KINDS]),
    ]
    head = ["", *(CELLS[kind] for kind in KINDS)]
    lines = [head, ["---"] + ["---:"] * len(KINDS), *([name, *values] for name, values in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
