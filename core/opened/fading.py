"""What a visitor who works a number out must hit: what rounding to the shown digits allows.

A panel of arithmetic shows rounded numbers, and whoever multiplies and adds those is off by what
the rounding took away. pages/kit/fading.js checks what is typed by these limits.
"""

from __future__ import annotations

from typing import Any

GRID = 2
"""Places of a number in the small tables of patch, kernel and products."""
LINE = 3
"""Places of every other number."""
RELATIVE = 0.02
"""Share by which a value may be off that comes out of a function of rounded numbers."""
MOST = 12
"""Blanks of one panel, at most: the largest products of a long sum."""


def limits() -> dict[str, Any]:
    """As a panel is sent them."""
    return {"grid": GRID, "line": LINE, "relative": RELATIVE, "most": MOST}
