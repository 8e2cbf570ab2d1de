"""The tab "Train it" of "Transformer": a network learns a task here and now.

The picture is the component of run.js; it talks to the engine itself.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.language.transformer import lesson as facts
from core.language.transformer.setting import TransformerSetting
from core.language.transformer.switches import results
from core.language.transformer.tasks import TASKS, task
from core.opened.linked import NUMBER_FIELD
from core.schema import fields_of, mark, text, whole
from pages.kit import quiz, trace_number
from pages.kit.code import formula, run_program
from pages.kit.controls import more, presets
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.kit.prose import folded, prose
from pages.kit.run import words as training_words
from pages.kit.run.inspection import Inspected
from pages.kit.state import PageState
from pages.transformer.view import task_names
from pages.transformer.words import scored_words

PICTURE = Picture("transformer_run", "transformer/run.js")

RUN = {
    "run_task": "task",
    "run_network": "network",
    "run_layers": "layers",
    "run_heads": "heads",
    "run_width": "width",
    "run_positions": "positions",
    "run_mask": "mask",
    "run_scaling": "scaling",
    "run_smoothing": "smoothing",
    "run_warm_up": "warm_up",
    "run_rate": "learning_rate",
    "run_batch": "batch",
    "run_steps": "steps",
    "run_seed": "seed",
}
"""Fields of the page, each with the name that a run has for it."""

EXAMPLE = "shipped-translate"
SHOWN = ("run", "at", "number")
"""What the picture tells beside the setting: its run, the saved state, the number that is open."""

FIELDS = fields_of(TransformerSetting, RUN) | {
    "run_run": text("", 60, linked=False),
    "run_at": whole(-1, -1, 1_000_000, linked=False),
    "run_number": NUMBER_FIELD,
}
"""What the page's state has of this tab."""

PRESETS: dict[str, dict[str, Any]] = {
    "translate": {},
    "blind_copy": {"task": "copy", "positions": False},
    "blind_sort": {"task": "sort", "positions": False},
    "copy": {"task": "copy"},
    "cheat": {"mask": False, "steps": 200},
}
"""Settings worth starting from; what is not named is as `TransformerSetting` begins."""

STEPS = [
    (
        "panel",
        mark("Play trains it here and now: seconds for lists, half a minute to translate."),
    ),
    ("right", mark("Two curves: right tokens with teacher forcing, and right whole answers.")),
    ("who run-mask", mark("An encoder reads both ways; a decoder never what comes later.")),
    (
        "maps run-cross run-edges",
        mark("What each token of the right answer reads of the source, taking shape."),
    ),
    ("run-said", mark("And what it generates for this example, at this moment.")),
]


def show(state: PageState) -> None:
    """Draw the tab: what can be set, the picture, and what belongs to it."""
    with st.container(key="picture"):
        _controls(state)
        PICTURE.show(
            lambda view: state.take(view, RUN, SHOWN, prefix="run_"),
            config=config(state),
            hidden=[] if state.offer("run_rate", _("Learning rate")) else ["rate"],
            tasks={name: _example(name) for name in TASKS},
            number=state.table["run_number"].write(state["run_number"]),
            words=words(),
        )
    left, right = st.columns(2, gap="large")
    with left:
        prose("transformer", "train")
        folded("transformer", "train-more")
        st.latex(facts.RATE)
    with right:
        st.markdown(_switches())
        quiz.ask(_exact())
    if state["run_number"]:
        step = state["run_at"] if state["run_at"] >= 0 else None
        run = Inspected(state["run_run"], step, EXAMPLE)
        number = {"number": state.table["run_number"].format(state["run_number"])}
        title = _("The PyTorch of this number")
        formula("number_of_a_transformer", lambda: run.inspect("number", number), title)
    run_program("train_a_transformer", "translate", config(state))


def config(state: PageState) -> dict[str, Any]:
    """A run that begins here, as plain values."""
    return state.plain(RUN)


def _example(name: str) -> dict[str, list[str]]:
    source, truth = facts.example_tokens(name)
    return {"source": source, "truth": truth, "all": list(task(name).words)}


def networks() -> dict[str, str]:
    """What each network is called."""
    return {"both": _("encoder and decoder"), "decoder": _("decoder alone")}


def _controls(state: PageState) -> None:
    with st.container(key="controls-run-presets"):
        presets(
            state,
            "fp.transformer_run.preset",
            {
                "translate": _("translate"),
                "copy": _("copy"),
                "blind_copy": _("copy without positions"),
                "blind_sort": _("sort without positions"),
                "cheat": _("no mask: the loss misleads"),
            },
            {name: TransformerSetting(**fields).write() for name, fields in PRESETS.items()},
            config(state),
            choose=lambda chosen: state.take({"config": chosen}, RUN),
            pills=True,
        )
    with st.container(horizontal=True, key="controls-run", vertical_alignment="bottom"):
        state.control("run_task", _("Task"), names=task_names())
        state.control("run_network", _("Network"), names=networks(), listed=True, width=190)
        state.control("run_heads", _("Heads in a layer"))
        state.control("run_positions", _("positions"))
        state.control("run_mask", _("mask"))
        state.control("run_scaling", _("divide by √d"))
        more(
            state,
            "fp-more-run",
            {
                "run_layers": (_("Layers"), {}),
                "run_width": (_("Width"), {}),
                "run_smoothing": (_("Label smoothing"), {"number": True}),
                "run_warm_up": (_("Warm-up steps"), {"number": True}),
                "run_batch": (_("Batch"), {"number": True}),
                "run_steps": (_("Training steps"), {"number": True}),
                "run_seed": (_("Seed"), {"number": True}),
            },
        )


def _switches() -> str:
    """What each switch did when it was measured, as a table."""
    rows = results()
    tasks = list(dict.fromkeys(row["task"] for row in rows))
    changes = {
        "as it is": _("as it is"),
        "positions": _("no positions"),
        "mask": _("without a mask"),
        "scaling": _("not scaled"),
        "one head": _("1 head"),
        "smoothing": _("smoothing {value}").format(value=0.1),
        "warm-up": _("no warm-up"),
    }
    found = {(row["task"], row["change"]): row for row in rows}
    lines = ["| " + " | ".join([_("network"), *(task_names()[task] for task in tasks)]) + " |"]
    lines.append("| --- |" + " ---: |" * len(tasks))
    for change, name in changes.items():
        cells = [
            f"{row['token_accuracy']:.0%} / {row['exact']:.0%}"
            for row in (found[task, change] for task in tasks)
        ]
        lines.append("| " + " | ".join([name, *cells]) + " |")
    note = _(
        "Right tokens with teacher forcing / right whole answers when generated, on "
        "held-out texts, after {steps} steps; medians of three seeds, measured "
        "beforehand."
    ).format(steps=", ".join(str(found[task, "as it is"]["steps"]) for task in tasks))
    return "\n".join(lines) + f"\n\n{note}"


def _exact() -> quiz.Question:
    """How far the two figures of the recorded training were apart."""
    step, tokens, exact = facts.fooled()
    return quiz.Question(
        "transformer-exact",
        "",
        _(
            "The saved run at step {step}: with teacher forcing {tokens:.0%} of the tokens "
            "are right. How many percent of the whole sentences does it generate right?"
        ).format(step=step, tokens=tokens),
        round(100 * exact),
        _(
            "{exact:.0%}. A sentence is right only if every one of its tokens is: ten "
            "tokens, each right with 0.95, are all right with 0.6."
        ).format(exact=exact),
        {round(100 * tokens): _("That is the share of tokens. A sentence needs all of its own.")},
        hint=_("A sentence is right only if all of its tokens are: fewer are right than tokens."),
        tolerance=8,
    )


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    panel = training_words.words(
        named=["task", "network", "heads"],
        fields={
            "task": "",
            "network": "",
            "heads": "",
            "layers": "",
            "positions": "",
            "mask": "",
            "scaling": "",
            "width": _("width {value}"),
            "smoothing": _("smoothing {value}"),
            "warm_up": _("warm-up {value}"),
            "batch": _("batch {value}"),
            "steps": _("{value} steps"),
            "learning_rate": _("rate {value}"),
            "seed": _("seed {value}"),
        },
        values={
            "task": task_names(),
            "network": networks(),
            "layers": {"1": _("1 layer"), "2": _("{value} layers").format(value=2)},
            "heads": {"1": _("1 head")}
            | {str(n): _("{value} heads").format(value=n) for n in (2, 4)},
            "positions": {"true": _("positions"), "false": _("no positions")},
            "mask": {"true": _("mask"), "false": _("without a mask")},
            "scaling": {"true": _("scaled"), "false": _("not scaled")},
        },
    )
    return panel | {
        "heads": {"name": _("layer {layer}, head {head}"), "layer": _("layer {layer}")},
        "mapsTitle": _("What the answer reads of the source"),
        "mapsNote": _("every head, teacher-forced"),
        "edge": _("“{reader}” reads “{read}”: {weight}"),
        "edgeHint": _("Click a line: its weight opens."),
        "number": _number_words(),
        "maskTitle": _("Who may read whom"),
        "maskNote": _("rows read columns: what goes in, then the answer; dark: they may"),
        "maskReads": _("“{reader}” may read “{read}”"),
        "maskCross": _("“{reader}” may read “{read}”, in the encoder-decoder attention"),
        "maskNot": _("“{reader}” may not read “{read}”"),
        "saidTitle": _("What it generates"),
        "source": _("goes in"),
        "truth": _("the truth"),
        "said": _("generated (greedy)"),
        "rightTitle": _("Right on held-out texts"),
        "rightNote": _("teacher-forced, and generated"),
        "rightLabel": _("Share that is right against training step"),
        "share": _("share"),
        "tokens": _("tokens, teacher-forced (batch)"),
        "exact": _("whole answers, generated (held out)"),
        "lossTitle": _("Loss"),
        "lossLabel": _("Loss against training step"),
        "crossEntropy": _("cross-entropy"),
        "step": _("step"),
        "rateMark": _("rate {rate}"),
        "scored": scored_words(),
        "colTokens": _("tokens"),
        "colExact": _("whole"),
    }


def _number_words() -> dict[str, Any]:
    words = trace_number.words()
    return words | {
        "names": words["names"] | {"masked": _("masked")},
        "stacks": {"encoder": _("Encoder"), "decoder": _("Decoder")},
        "parts": {
            "attention": _("self-attention"),
            "cross": _("encoder-decoder attention"),
            "feed": _("feed-forward"),
        },
    }
