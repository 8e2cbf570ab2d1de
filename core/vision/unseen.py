"""How the networks read people whom they have not seen, as measured by `shipped.writers_out`."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from core import catalogue, weights

FILE = Path(__file__).with_name("unseen.json")


@lru_cache(1)
def results() -> dict[str, dict[str, Any]]:
    """For "ours", "notes" and "strokes_lstm" what `writers_out.summary` says.

    Raises:
        WeightsError: the file is missing or damaged; the sentence names the command.
    """
    try:
        stored: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
        whole = {"ours", "notes", "strokes_lstm"} <= set(stored)
    except (OSError, ValueError):
        whole = False
    if not whole:
        command = catalogue.command("writers_out")
        raise weights.WeightsError(weights.MISSING, name="writers_out", command=command)
    return stored
