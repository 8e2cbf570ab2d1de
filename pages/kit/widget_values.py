"""What a browser says that a widget holds: taken where the widget can hold it, else as never said.

Streamlit reads such a value in the middle of a run. One of a wrong kind ends it, and every run
after it, each with a traceback in the log; only a script that speaks Streamlit's socket sends one.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.runtime_util import WidgetStateSizeError
from streamlit.runtime.state.session_state import (
    Serialized,
    SessionState,
    WStates,
)

_log = logging.getLogger("forward_pass")
PAUSE = 60.0
"""Seconds between two lines about it in the log, whoever sends how many."""
_WRONG = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_told = -math.inf


def only_what_fits() -> None:
    """Have Streamlit take a value that its widget cannot hold as one that was never sent."""
    read: Callable[[WStates, str], Any] = WStates.__getitem__

    def fitting(states: WStates, name: str) -> Any:
        held, widget = states.states.get(name), states.widget_metadata.get(name)
        if isinstance(held, Serialized) and widget is not None:
            try:
                _check(held.value, widget.value_type)
                return read(states, name)
            except _WRONG as error:
                raise KeyError(not_taken(type(error).__name__)) from None
        return read(states, name)

    take: Callable[[SessionState, WidgetStates], None] = SessionState.set_widgets_from_proto

    def small_enough(self: SessionState, widget_states: WidgetStates) -> None:
        try:
            take(self, widget_states)
        except WidgetStateSizeError as error:
            not_taken(type(error).__name__)

    WStates.__getitem__ = fitting  # type: ignore[method-assign]
    SessionState.set_widgets_from_proto = small_enough  # type: ignore[method-assign]


def _check(said: WidgetState, kind: str) -> None:
    """Refuse what is of another kind, a number that is not finite, and text that is no JSON."""
    given = said.WhichOneof("value")
    whole = given == "int_value" and kind == "double_value"  # as a field of whole numbers says it
    if given not in (None, kind) and not whole:
        raise TypeError(given)
    match given:
        case "double_value" | "double_array_value":
            numbers = said.double_array_value.data or [said.double_value]
            if not all(map(math.isfinite, numbers)):
                raise ValueError(given)
        case "json_value":
            told = json.loads(said.json_value)
            if isinstance(told, str):  # as Streamlit itself writes it back
                json.loads(told)


def not_taken(why: str) -> str:
    """Say in the log, once in a while, that a browser sent what no page of ours sends."""
    global _told
    now = time.monotonic()
    if now - _told >= PAUSE:
        _told = now
        _log.warning("A browser sent a value that its widget cannot hold (%s).", why)
    return why


def heard(take: Callable[[Any], None], told: Any) -> None:
    """Give what a picture tells to whoever takes it; what makes no sense changes nothing."""
    try:
        take(told["view"])
    except _WRONG as error:
        not_taken(type(error).__name__)
