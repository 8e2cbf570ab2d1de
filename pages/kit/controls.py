"""Controls that several pages have: settings worth starting from, and the rest behind "More"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from pages.kit.language import _
from pages.kit.state import PageState

Control = tuple[str, dict[str, Any]]
"""The label of a field, and further options of `PageState.control`."""


def more(
    state: PageState,
    key: str,
    *columns: Mapping[str, Control],
    after: Mapping[str, Callable[[], None]] | None = None,
) -> None:
    """Draw further controls in a popover; while it is closed, only the link knows of them.

    Streamlit mounts the contents of a popover when it opens, and forgets the value of a control
    that has never been shown.

    Args:
        state: whose fields they are.
        key: of the popover.
        columns: side by side; field -> its control.
        after: what else is drawn below a field.
    """
    popover = st.popover(_("More"), key=key, on_change="rerun")
    if not popover.open:
        for column in columns:
            for name, (label, _options) in column.items():
                state.offer(name, label)
        return
    with popover:
        places: Sequence[Any] = [popover]
        if len(columns) > 1:
            places = st.columns(len(columns), gap="medium")
    for column, place in zip(columns, places, strict=True):
        with place:
            for name, (label, options) in column.items():
                state.control(name, label, **options)
                if after and name in after:
                    after[name]()


def presets(
    state: PageState,
    key: str,
    names: Mapping[str, str],
    settings: Mapping[str, Mapping[str, Any]],
    now: Mapping[str, Any],
    *,
    choose: Callable[[Mapping[str, Any]], None] | None = None,
    pills: bool = False,
) -> None:
    """Draw the settings worth starting from; none is selected when the state matches none of them.

    Args:
        state: whose fields are set.
        key: of the widget.
        names: preset -> what it is called.
        settings: preset -> all fields of its setting.
        now: the setting as it is.
        choose: told the setting that is picked, instead of setting the fields of its names.
        pills: side by side, rather than in a list.
    """
    st.session_state[key] = next((name for name in settings if settings[name] == now), None)

    def chosen() -> None:
        picked = st.session_state[key]
        if picked not in settings:  # none, or a word of the language that was spoken before
            return
        if choose is not None:
            choose(settings[picked])
            return
        for name, value in settings[picked].items():
            state.set(name, value)

    label, called = _("Preset"), names.__getitem__
    if pills:
        st.pills(label, list(settings), format_func=called, key=key, on_change=chosen)
        return
    st.selectbox(
        label,
        list(settings),
        format_func=called,
        index=None,
        placeholder=_("a setting of your own"),
        key=key,
        on_change=chosen,
        width=210,
    )
