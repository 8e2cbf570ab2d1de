"""A training of the small BERT, here and now: the component of run.js below the games."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.language.bert.setting import BertSetting
from pages.bert import words as bert_words
from pages.kit.exchange import exchange
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.kit.run import words as training_words
from pages.kit.state import PageState

PICTURE = Picture("bert_run", "bert/run.js")


def show(
    state: PageState, config: dict[str, Any], fields: Mapping[str, str], question: dict[str, Any]
) -> None:
    """Show the run.

    Args:
        state: of the page.
        config: a run that begins here.
        fields: fields of the page, each with its name in a config.
        question: what the run is asked: the text of the game beside it.
    """
    objective = config["objective"]
    key = f"bert_run_{objective}_{config['language']}"

    PICTURE.show(
        exchange(key, dict, lambda view: _take(state, view["config"], fields)),
        key=key,
        config=config,
        question=question,
        hidden=[] if state.offer("rate", _("Learning rate")) else ["rate"],
        words=words(objective),
    )


def _take(state: PageState, config: dict[str, Any], fields: Mapping[str, str]) -> None:
    """Take over the learning rate that was set in the panel, or the config of another run.

    What suits the objective is 0 in the page's state.
    """
    of_page = {"objective": state["task"], "start": state["begin"]}
    defaults = BertSetting.read(of_page | {n: config[n] for n in of_page if n in config}).write()
    for field, name in fields.items():
        if name in config:
            suits = config[name] == defaults[name] and state.table[field].default == 0
            state.set(field, 0 if suits else state.table[field].read(config[name]))


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
            "direction": {"both": _("both sides"), "left": _("left only")},
            "negatives": {"random": _("a random sentence"), "swapped": _("the two swapped")},
        },
    )
    panel["origins"] |= {"begun": _("included weights, the classifier random")}
    return panel | bert_words.shared() | bert_words.run()
