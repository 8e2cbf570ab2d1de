"""Numbers in sentences, as the pictures write them (kit/scale.js)."""

from __future__ import annotations

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def percent(share: float) -> str:
    """A share of 1 as a percentage.

    >>> percent(0.9927)
    '99.3%'
    """
    return f"{100 * share:.1f}%"


def strong(text: str) -> str:
    r"""A text in bold, in Markdown, whatever follows it.

    Without the word joiner, stars behind a "%" or a ")" would be stars where a Korean particle
    follows at once.

    >>> strong("99.3%")
    '**99.3%\\u2060**'
    """
    return f"**{text}\u2060**"


def decimal(value: float, places: int) -> str:
    """A number with so many decimals, and a minus that is one.

    >>> decimal(-0.256, 2)
    '−0.26'
    """
    return f"{value:.{places}f}".replace("-", "−")


def scientific(value: float, places: int = 1) -> str:
    """A number of any size as a product with a power of ten.

    >>> scientific(3.08e-5)
    '3.1·10⁻⁵'
    >>> scientific(-2e12, 0)
    '−2·10¹²'
    """
    digits, power = f"{value:.{places}e}".replace("-", "−").split("e")
    raised = str(int(power.replace("−", "-"))).translate(_RAISED)
    return f"{digits}·10{raised}"


def short(value: float) -> str:
    """Three digits that mean something, whatever the size.

    >>> short(0.05123), short(0.0000308), short(-0.245), short(0.0)
    ('0.0512', '3.08·10⁻⁵', '−0.245', '0')
    """
    if value and not 1e-3 <= abs(value) < 1e5:
        return scientific(value, 2)
    return f"{value:.3g}".replace("-", "−")
