"""The listings that a page shows."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest


def listings(test: AppTest) -> list[str]:
    """Their texts, in the order of the page."""
    shown = [block.proto for block in test.get("bidi_component")]
    return [
        json.loads(each.json)["source"] for each in shown if each.component_name == "fp_listing"
    ]
