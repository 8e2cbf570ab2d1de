"""The tab "Train it" of "Attention in a trained model": a small transformer learns here and now.

The picture is the component of view.js; it talks to the engine itself.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.attention.trained.sentences.english import ENGLISH
from core.attention.trained.training.job import example
from core.attention.trained.training.setting import ReferentSetting
from core.opened.linked import NUMBER_FIELD
from core.schema import choice, fields_of, mark, text, whole
from pages.attention_in_a_trained_model import view as look
from pages.attention_in_a_trained_model.train.lesson import lesson
from pages.kit import scored
from pages.kit.controls import more, presets
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.kit.run import words as training_words
from pages.kit.run.inspection import Inspected
from pages.kit.state import PageState

PICTURE = Picture("trained_run", "attention_in_a_trained_model/train/view.js")

RUN = {
    "run_layers": "layers",
    "run_heads": "heads",
    "run_inner": "inner",
    "run_width": "width",
    "run_objective": "objective",
    "run_steps": "steps",
    "run_rate": "learning_rate",
    "run_decay": "decay",
    "run_seed": "seed",
    "run_language": "language",
}
"""Fields of the page, each with the name that a run has for it."""

SHIPPED = "shipped-it"
SHOWN = ("run", "at", "number")
"""What the picture tells beside the setting: its run, the saved state, the number that is open."""

FIELDS = fields_of(ReferentSetting, RUN) | {
    "run_layers": choice((1, 2, 3), ReferentSetting.layers),
    "run_heads": choice((1, 2, 4, 8), ReferentSetting.heads),
    "run_language": choice(("en",)),
    "run_run": text("", 60, linked=False),
    "run_at": whole(-1, -1, 1_000_000, linked=False),
    "run_number": NUMBER_FIELD,
}
"""What the page's state has of this tab."""

PRESETS: dict[str, dict[str, Any]] = {
    "shows": {},
    "wide": {"inner": 128},
    "single": {"layers": 1, "heads": 1},
    "masked": {"objective": "masked", "steps": 3000},
}
"""Settings worth starting from; what is not named is as in a run's defaults."""

STEPS = [
    ("panel", mark("Play trains it here and now: a few seconds until every answer is right.")),
    (
        "ahead",
        mark("Does a head find the referent? At the dotted line it does no better than a coin."),
    ),
    ("maps", mark("Every head on one sentence, at this moment of the training.")),
    ("run-answer", mark("The answer to the same sentence. Who of the two was sure first?")),
]


def show(state: PageState) -> None:
    """Draw the tab: what can be set, the picture, and what belongs to it."""
    shown = example("en")
    with st.container(key="picture"):
        _controls(state)
        PICTURE.show(
            lambda view: state.take(view, RUN, SHOWN, prefix="run_"),
            config=state.plain(RUN),
            hidden=[] if state.offer("run_rate", _("Learning rate")) else ["rate"],
            sentence=shown.words,
            nouns=shown.nouns,
            lexicon=ENGLISH.words,
            number=state.table["run_number"].write(state["run_number"]),
            words=words(),
        )
    step = state["run_at"] if state["run_at"] >= 0 else None
    lesson(
        state.plain(RUN),
        Inspected(state["run_run"], step, SHIPPED),
        state.table["run_number"].format(state["run_number"]),
    )


def _controls(state: PageState) -> None:
    with st.container(key="controls-run-presets"):
        presets(
            state,
            "fp.trained_run.preset",
            {
                "shows": _("one head shows it"),
                "wide": _("right, and no head shows it"),
                "single": _("one layer, one head"),
                "masked": _("hidden words only"),
            },
            {name: vars(ReferentSetting(**fields)) for name, fields in PRESETS.items()},
            state.plain(RUN),
            choose=lambda chosen: state.take({"config": chosen}, RUN),
            pills=True,
        )
    with st.container(horizontal=True, key="controls-run", vertical_alignment="bottom"):
        state.control("run_heads", _("Heads in a layer"))
        state.control("run_layers", _("Layers"))
        state.control("run_inner", _("Inner width"), help=_inner())
        more(
            state,
            "fp-more-run",
            {
                "run_objective": (_("What is learned"), {"names": objectives()}),
                "run_width": (_("Width"), {}),
                "run_steps": (_("Training steps"), {"number": True}),
                "run_seed": (_("Seed"), {"number": True}),
                "run_decay": (_("Weight decay"), {"number": True}),
            },
        )


def _inner() -> str:
    return _(
        "Of the feed-forward networks. With a wide one the answer needs no head that looks at the "
        "referent."
    )


def objectives() -> dict[str, str]:
    """What each objective is called."""
    return {"referent": _("what “it” is"), "masked": _("hidden words")}


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    panel = training_words.words(
        named=["layers", "heads"],
        fields={
            "layers": "",
            "heads": "",
            "inner": _("inner width {value}"),
            "width": _("width {value}"),
            "objective": "",
            "steps": _("{value} steps"),
            "learning_rate": _("rate {value}"),
            "decay": _("decay {value}"),
            "seed": _("seed {value}"),
            "language": "",
        },
        values={
            "objective": objectives(),
            "layers": {"1": _("1 layer")} | _counted(_("{value} layers"), 3),
            "heads": {"1": _("1 head")} | _counted(_("{value} heads"), 8),
        },
    )
    return panel | {
        "number": look.number_words(),
        "heads": {"name": _("layer {layer}, head {head}"), "layer": _("layer {layer}")},
        "headsTitle": _("Every head, on one sentence"),
        "headsNote": _("rows read, columns are read"),
        "edgesTitle": _("What “it” reads, {head}"),
        "edge": _("“{reader}” reads “{read}”: {weight}"),
        "answerTitle": _("And the answer"),
        "answerNote": _("probability that “it” is the"),
        "masked": _("It predicts hidden words. It was never told what “it” stands for."),
        "aheadTitle": _("How often each head ranks the referent first"),
        "aheadNote": _("of the two nouns, on 128 sentences with pairs never trained on"),
        "aheadLabel": _("How often each head ranks the referent first, against training step"),
        "share": _("share"),
        "chance": _("chance"),
        "best": _("best head"),
        "rightTitle": _("Answers right"),
        "rightNote": _("the same sentences"),
        "rightLabel": _("Share of right answers against training step"),
        "right": _("right"),
        "lossTitle": _("Loss"),
        "lossLabel": _("Loss against training step"),
        "crossEntropy": _("cross-entropy"),
        "step": _("step"),
        "rateMark": _("rate {rate}"),
        "scored": scored.words(
            {
                "pairs": _("“it” in held-out sentences, pairs never trained on"),
                "adjectives": _("“it” in held-out sentences, adjectives never trained on"),
            }
        ),
        "colRight": _("right"),
        "colBest": _("best head"),
    }


def _counted(sentence: str, most: int) -> dict[str, str]:
    return {str(count): sentence.format(value=count) for count in range(2, most + 1)}
