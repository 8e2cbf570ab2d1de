"""Questions that a room answers by a tap: in the picture of the page, or on a word.

A page offers what it would ask; that is computed only where somebody leads a room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.schema import Refusal
from core.weights import WeightsError

_PICTURE = "fp.place.picture"
_OFFERED = "fp.place.offered"


@dataclass(frozen=True)
class Place:
    """A question whose answer is a place.

    Attributes:
        name: tells it from other questions; where a question with choices has it too, the room is
            asked this one.
        about: the state that it asks about, as a text.
        prompt: the question, translated.
        right: the numbers of the places that are right: of words, or of pixels row by row.
        explanation: why, translated; told with the answer.
        words: what can be tapped; without any it is the picture of the page.
        tolerance: how many pixels a tap may be off.
    """

    name: str
    about: str
    prompt: str
    right: Collection[int]
    explanation: str
    words: Sequence[str] = ()
    tolerance: int = 0


def begin() -> None:
    """Nothing has been shown yet on the page that is drawn now."""
    st.session_state[_PICTURE] = None
    st.session_state[_OFFERED] = None


def show_picture(plane: Any) -> None:
    """Note the picture, an array (H, W) from 0 to 1, in which a room may be asked for a place."""
    st.session_state[_PICTURE] = plane


def picture() -> Any:
    """The picture (H, W) that the page is about, if it is about one."""
    return st.session_state.get(_PICTURE)


def offer(make: Callable[[], Place | None]) -> None:
    """Note what the page would ask; it makes nothing where its answer cannot be computed."""
    st.session_state[_OFFERED] = make


def offered() -> Place | None:
    """What the page asks now, computed."""
    make = st.session_state.get(_OFFERED)
    try:
        return make() if make else None
    except (LookupError, Refusal, WeightsError):
        return None
