"""Numbers in sentences, as the pictures write them (kit/scale.js)."""

from __future__ import annotations

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


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


def scientific(value: float, digits: int = 2) -> str:
    """A number of any size with so many digits that count; a small one with a power of ten.

    >>> scientific(1.5e-11), scientific(3.08e-5), scientific(3.08e-5, 1), scientific(0.0123)
    ('1.5·10⁻¹¹', '3.1·10⁻⁵', '3·10⁻⁵', '0.012')
    """
    if value == 0 or abs(value) >= 0.001:
        return f"{value:.{digits}g}".replace("-", "−")
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    return f"{mantissa.replace('-', '−')}·10{str(int(power)).translate(_RAISED)}"
