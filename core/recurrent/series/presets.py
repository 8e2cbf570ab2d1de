"""Settings worth starting from: name -> the fields that differ from the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PRESETS: Mapping[str, Mapping[str, Any]] = {
    "stocks": {"source": "stocks", "scaling": "log_returns"},
    "weather": {
        "source": "weather",
        "length": 14,
        "period": 365,
        "hidden": 32,
        "learning_rate": 0.003,
        "epochs": 25,
    },
    "hourly": {"source": "hourly", "length": 48, "period": 24, "epochs": 10},
    "table": {"source": "table"},
    "drawn": {"source": "drawn", "length": 24, "period": 24, "epochs": 60},
}
"""By source. Of stocks the ratio of one month to the one before, which has no level that could
drift; the others begin with z-scores, since a temperature has a level to which it comes back."""
