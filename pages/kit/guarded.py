"""What fails on a page is told to the room in a sentence, and to the log in full."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from core.weights import WeightsError
from pages.kit.language import _, sentence

_log = logging.getLogger("forward_pass")


def guarded(run: Callable[[], object], told: str) -> None:
    """Run what draws a page or a part of it.

    Args:
        run: draws it.
        told: what the room is told if that fails, not yet translated, with a place for {error}.
    """
    try:
        run()
    except WeightsError as error:
        _log.error("Weights: %s", error)
        st.error(sentence(error))
    except Exception as error:
        _log.exception("A page failed")
        st.error(_(told).format(error=type(error).__name__))
