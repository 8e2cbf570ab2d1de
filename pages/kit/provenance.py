"""Where the numbers of a picture come from: a badge beside it, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import streamlit as st

from pages.kit import notebook
from pages.kit.cards import KEYS
from pages.kit.language import _

Origin = Literal["trained", "shipped", "random", "hand"]


def provenance(key: str, origin: Origin, card: Mapping[str, Any] | None = None) -> None:
    """Draw the badge.

    Args:
        key: tells several badges of a page apart; free of language.
        origin: how the numbers came about.
        card: for shipped weights, what is known of them; the badge opens it.
    """
    words = {
        "trained": _("trained here, just now"),
        "shipped": _("included weights"),
        "random": _("random, not trained"),
        "hand": _("set by hand"),
    }
    known = "" if card is None else _table(card)
    notebook.note("\n\n".join(filter(None, [words[origin], known])))
    with st.container(key=f"fp-origin-{key}", width="content"):
        if not known:
            st.caption(words[origin])
            return
        with st.popover(words[origin], type="tertiary"):
            st.markdown(known)


def _table(card: Mapping[str, Any]) -> str:
    rows = [f"| {name} | {_cell(value)} |" for name, value in _flat(card)]
    head = "| " + _("what") + " | " + _("value") + " |"
    return "\n".join([head, "| --- | --- |", *rows])


def _flat(card: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in card.items():
        full = within + ", ".join(
            _(KEYS.get(part, part.replace("_", " "))) for part in name.split(".")
        )
        if isinstance(value, Mapping):
            yield from _flat(value, f"{full}, ")
        else:
            yield full, value


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_cell(item)}" for name, item in _flat(value))
    return _(str(value)).replace("|", "\\|").replace("\n", " ")
