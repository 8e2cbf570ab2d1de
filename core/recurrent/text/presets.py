"""Settings that learn most in a minute of one core, found on the end of what is learned from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PRESETS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "cell": "gru",
        "hidden": 256,
        "context": 64,
        "glance": 4,
        "dropout": 0.2,
        "learning_rate": 0.006,
        "steps": 1050,
    },
    "ko": {
        "language": "ko",
        "unit": "jamo",
        "cell": "gru",
        "hidden": 192,
        "context": 64,
        "glance": 8,
        "dropout": 0.6,
        "learning_rate": 0.004,
        "steps": 900,
    },
}
"""By language. The part that is held out and judged had no say in them."""
