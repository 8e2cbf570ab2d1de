"""A training of the small BERT, here and now: the component of run.js below the games."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.language.bert.examples import examples
from core.language.bert.setting import BertSetting
from pages.bert import words as bert_words
from pages.kit import assets
from pages.kit.exchange import View, exchange
from pages.kit.language import _, language
from pages.kit.run import words as training_words
from pages.kit.state import PageState

_component = assets.component("forward_pass_bert_run", "bert/run.js")


def show(state: PageState, config: dict[str, Any], fields: Mapping[str, str]) -> None:
    """Show the run.

    Args:
        state: of the page.
        config: a run that begins here.
        fields: fields of the page, each with its name in a config.
    """
    objective = config["objective"]
    key = f"bert_run_{objective}_{config['language']}"

    def receive(view: View) -> None:
        _told(state, view["config"], fields)

    shared = exchange(key, dict, receive)
    _component(
        key=key,
        data={
            **shared.data(),
            "config": config,
            "question": question(state, objective, config["language"]),
            "hidden": [] if state.offer("rate", _("Learning rate")) else ["rate"],
            "language": language(),
            "base": assets.base(),
            "words": words(objective),
        },
        on_view_change=lambda: shared.on_view(st.session_state[key]["view"]),
    )


def question(state: PageState, objective: str, model: str) -> dict[str, Any]:
    """What the run is asked: the sentence that the game beside it is about."""
    known = examples("ko" if model == "ko" else "en")
    begun: dict[str, Any] = {"language": model}
    if objective == "pretrain":
        game, found = "hidden", _example(state["text"], known["hidden"])
        given = {"text": state["text"], "next": state["next"], "hide": list(state["covered"] or ())}
        if found:
            hide = found["hide"] if state["covered"] is None else given["hide"]
            given = {"text": found["text"], "next": found["next"], "hide": hide}
    elif objective == "sentiment":
        game, found = "sentiment", _example(state["review"], known["sentiment"])
        given = {"text": found["text"] if found else state["review"]}
    else:
        game, found = "answer", _example(state["question"], known["answer"])
        named = ("question", "passage")
        given = {name: found[name] if found else state[name] for name in named}
    return begun | {"game": game} | given


def _example(text: str, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    if not text:
        return rows[0]
    number = text[1:]
    known = text[0] == "#" and number.isascii() and number.isdigit() and int(number) < len(rows)
    return rows[int(number)] if known else None


def _told(state: PageState, told: dict[str, Any], fields: Mapping[str, str]) -> None:
    """Take over the learning rate that was set in the panel, or the config of another run."""
    defaults = BertSetting.read(
        {name: told[name] for name in ("objective", "start") if name in told}
        or {"objective": state["task"], "start": state["begin"]}
    ).write()
    for field, name in fields.items():
        if name in told:
            value = told[name]
            if value == defaults[name] and state.table[field].default == 0:
                value = state.table[field].default
            state.set(field, value)


def words(objective: str) -> dict[str, Any]:
    """Every word of a run of this objective, in the language of the session."""
    panel = training_words.words(
        named=["direction"] if objective == "pretrain" else ["start", "labels"],
        fields={
            "objective": "",
            "language": "",
            "start": "",
            "labels": _("{value} labels"),
            "direction": "",
            "negatives": "",
            "share": _("share {value}"),
            "layers": _("{value} layers"),
            "heads": _("{value} heads"),
            "width": _("width {value}"),
            "batch": _("batch {value}"),
            "steps": _("{value} steps"),
            "learning_rate": _("rate {value}"),
            "seed": _("seed {value}"),
        },
        values={
            "objective": {},
            "language": {"en": _("English text"), "ko": _("Korean text")},
            "start": bert_words.starts(),
            "direction": {"both": _("both sides"), "left": _("to the left only")},
            "negatives": {"random": _("a random sentence"), "swapped": _("the two swapped")},
        },
    )
    panel["origins"] |= {"begun": _("shipped weights, the classifier random")}
    return panel | bert_words.shared() | bert_words.run()
