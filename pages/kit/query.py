"""What the address of a page asks for, whatever the link went through on its way."""

from __future__ import annotations

from collections.abc import Container

import streamlit as st

from core.schema.travelled import arrived, repairs


def asked() -> dict[str, str]:
    """Return the names and texts in the address."""
    return arrived(st.query_params.to_dict())


def word(name: str, known: Container[str]) -> str:
    """Return the known word that the address gives under a name, or ""."""
    return next((text for text in repairs(asked().get(name, "")) if text in known), "")
