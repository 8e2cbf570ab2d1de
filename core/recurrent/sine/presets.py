"""Settings worth starting from: name -> the fields that differ from the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_RECIPE: Mapping[str, Any] = {
    "batch": 32,
    "schedule": "decay",
    "clip": 1.0,
}
"""What makes training fast: small batches, a rate that falls, gradients that cannot jump."""

PRESETS: Mapping[str, Mapping[str, Any]] = {
    "notes": {},
    "fast": {"kind": "sine", "cell": "lstm", "warm_up": 10, "epochs": 60, **_RECIPE},
    "race": {"kind": "sine", "cell": "race", "warm_up": 10, "epochs": 20, **_RECIPE},
    "too_large": {"optimiser": "sgd", "learning_rate": 1.0},
    "hidden_1": {"hidden": 1},
}
"""notes: the notes' own run. fast: the best accuracy in seconds, where outputs can take the place
of inputs. race: the same with all three cells. too_large: the notes' run with plain gradient
descent and a learning rate that diverges within ten steps. hidden_1: one hidden unit alone."""

QUICK: Mapping[str, Any] = {**_RECIPE, "batch": 16, "learning_rate": 0.02, "epochs": 3}
"""The notes' network on the notes' data with our recipe: three epochs do what a hundred did."""
