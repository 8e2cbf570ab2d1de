"""Numbers as people and offices write them: with currency, per cent, units, groups of thousands."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

Decimal = Literal[".", ","]
Cell = str | float
"""What stands in a cell: text, or the number that a workbook holds."""

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
"""Marks of direction and of no width, which come along when a web page is copied."""
_TEXT = re.compile(r'(?:="(?P<formula>[^"]*)"|\'(?P<text>.*))')
"""What spreadsheets write so that a cell stays as it was typed."""
_POWER = re.compile(r"\s?[x×·*]\s?10(?:\^?(?P<plain>[+-]?\d+)|(?P<raised>⁻?[⁰¹²³⁴-⁹]+))$")
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SAME = str.maketrans(
    "\u2007\u2009\u202f\u3000\u00ad\u2212\u2012\u2013\uff0d\ufe63\uff0b\uff0c\uff0e\uff05\u2019\u00b4\uff08\uff09",
    "\u00a0\u00a0\u00a0 ------+,.%''()",
)
_CODES = (
    "USD|EUR|GBP|JPY|KRW|CNY|RMB|CHF|AUD|CAD|NZD|HKD|SGD|TWD|INR|BRL|MXN|SEK|NOK|DKK|PLN|CZK|HUF|"
    "RUB|TRY|ZAR|THB|IDR|VND|PHP|Fr|Rs|Rp|kr"
)
_CURRENCY = "[A-Z]{0,2}[$\u00a2-\u00a5\u20a0-\u20cf\uffe0\uffe1\uffe5\uffe6]"
_SHAPE = re.compile(
    rf"(?P<sign>[+-]?)\s*(?P<before>(?:{_CURRENCY}|{_CODES})\.?)?\s*(?P<inner>[+-]?)\s*"
    r"(?P<body>\d(?:[\d.,'\u00a0 ]*\d)?\.?|[.,]\d+)(?P<power>[eEdD][+-]?\d{1,3})?"
    r"\s*(?P<after>[^\d\s.,+-][^\d\s]{0,11})?(?P<last>-?)"
)
_UNIT = set("%‰°/²³·^$€£¥₩")
_GROUPS = {
    ".": re.compile(
        r"[1-9]\d{0,2}(?:(?:,\d{3})+|(?:'\d{3})+|(?:[\u00a0 ]\d{3})+)|[1-9]\d?(?:,\d\d)+,\d{3}"
    ),
    ",": re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:'\d{3})+|(?:[\u00a0 ]\d{3})+)"),
}


@dataclass(frozen=True)
class Numeral:
    """A number as it is written, before it is known what its points and commas mean.

    Attributes:
        body: digits with points, commas and other separators.
        power: "" or "e-3".
        negative: whether a minus or accounting's brackets stand with it.
        currency: what stands before it, or behind it as one.
        unit: what stands behind it, such as "%" or "km/h".
        exact: the number itself, where a workbook holds it.
    """

    body: str
    power: str = ""
    negative: bool = False
    currency: str = ""
    unit: str = ""
    exact: float | None = None

    def value(self, decimal: Decimal) -> float | None:
        """The number if this is its decimal sign; None where it cannot be so.

        >>> numeral("1.234,5").value(","), numeral("1.234,5").value(".")
        (1234.5, None)
        """
        if self.exact is not None:
            return self.exact
        whole, point, fraction = self.body.partition(decimal)
        if point and not (fraction.isdecimal() or (decimal == "." and not fraction)):
            return None
        if whole and not whole.isdecimal():
            if not _GROUPS[decimal].fullmatch(whole):
                return None
            whole = re.sub(r"\D", "", whole)
        number = float(f"{whole or 0}.{fraction or 0}{self.power}")
        if not math.isfinite(number):
            return None
        return -number if self.negative else number


def numeral(cell: Cell) -> Numeral | None:
    """Take a cell apart; None if it is no number.

    >>> numeral("(US$1,234.50)")
    Numeral(body='1,234.50', power='', negative=True, currency='US$', unit='', exact=None)
    >>> numeral("\u221212.3 %").value("."), numeral("2024-01-01"), numeral("12:30")
    (-12.3, None, None)
    """
    if not isinstance(cell, str):
        return Numeral("", exact=cell) if math.isfinite(cell) else None
    text = _UNSEEN.sub("", cell).translate(_SAME).strip()
    typed = _TEXT.fullmatch(text)
    if typed:
        text = (typed["formula"] or typed["text"] or "").strip()
    text = _POWER.sub(_power, text)
    bracketed = text[:1] == "(" and text[-1:] == ")"
    found = _SHAPE.fullmatch(text[1:-1].strip() if bracketed else text)
    if not found:
        return None
    after = found["after"] or ""
    signs = [bracketed, bool(found["sign"]), bool(found["inner"]), bool(found["last"])]
    counted = bracketed and after.isalpha() and not re.fullmatch(_CODES, after)  # "(2 rows)"
    if sum(signs) > 1 or counted or not _is_unit(after):
        return None
    negative = bracketed or "-" in found["sign"] + found["inner"] + found["last"]
    currency = found["before"] or ""
    if re.fullmatch(f"(?:{_CURRENCY}|{_CODES})", after) and not currency:
        currency, after = after, ""
    power = (found["power"] or "").lower().replace("d", "e")  # Fortran writes 1.5D+03
    return Numeral(found["body"], power, negative, currency, after)


def _power(found: re.Match[str]) -> str:
    return f"e{found['plain'] or found['raised'].translate(_RAISED)}"


def _is_unit(text: str) -> bool:
    return not text or (
        (text[0].isalpha() or text[0] in "%‰°$€£¥₩")
        and all(sign.isalpha() or sign in _UNIT for sign in text)
    )
