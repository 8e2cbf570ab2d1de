"""The limits of what is worked out: as many places as the panels show."""

from __future__ import annotations

import re
from pathlib import Path

from core.opened import fading

SCRIPT = Path(__file__).parents[3] / "pages" / "kit" / "opened.js"


def test_the_places_are_those_that_are_shown() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    grid = re.findall(r'"·" : number\(value, (\d)\)', script)
    assert grid == [str(fading.GRID)]
    dom = SCRIPT.with_name("dom.js").read_text(encoding="utf-8")
    assert f"number(value, places = {fading.LINE})" in dom
