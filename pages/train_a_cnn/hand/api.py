"""The live route of a drawing: POST /forward-pass/prepared {drawing}, nothing is kept.

The answer is the picture that a network gets, {"image"}.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.vision.drawing import MAX_BYTES, MAX_LISTS
from core.vision.finetune.prepared import ink
from core.vision.ink import as_text
from pages.kit.routes import Live


def _prepared(asked: Mapping[str, Any]) -> dict[str, str]:
    return {"image": as_text(ink(asked.get("drawing")))}


LIVE = (Live("/prepared", _prepared, most=MAX_BYTES, lists=MAX_LISTS),)
