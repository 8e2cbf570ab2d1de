"""Numbers in sentences, as the pictures write them (kit/scale.js)."""

from __future__ import annotations


def percent(share: float) -> str:
    """A share of 1 as a percentage.

    >>> percent(0.9927)
    '99.3%'
    """
    return f"{100 * share:.1f}%"


def decimal(value: float, places: int) -> str:
    """A number with so many decimals, and a minus that is one.

    >>> decimal(-0.256, 2)
    '−0.26'
    """
    return f"{value:.{places}f}".replace("-", "−")
