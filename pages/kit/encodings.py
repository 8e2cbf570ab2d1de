"""In which encoding a file of one's own is read that does not say it itself."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.encodings import UTF8
from pages.kit.language import _


def choose(encodings: Sequence[str], key: str) -> str | None:
    """Ask for one of several encodings, the proposed one first; None where there is no choice."""
    if len(encodings) < 2:
        return None
    return st.selectbox(
        _("Letters of the file"),
        encodings,
        format_func=name_of,
        key=key,
        help=_("The file does not say how its letters are written. If they look wrong, choose."),
    )


def name_of(encoding: str) -> str:
    """What an encoding is called, by its name in Python."""
    names = {
        UTF8: _("Unicode (UTF-8)"),
        "cp1252": _("Western European (Windows-1252)"),
        "cp949": _("Korean (CP949)"),
        "cp932": _("Japanese (Shift JIS)"),
        "euc_jp": _("Japanese (EUC-JP)"),
        "gb18030": _("Simplified Chinese (GBK)"),
        "big5hkscs": _("Traditional Chinese (Big5)"),
        "cp1250": _("Central European (Windows-1250)"),
        "cp1251": _("Cyrillic (Windows-1251)"),
        "koi8_r": _("Cyrillic (KOI8-R)"),
        "cp1253": _("Greek (Windows-1253)"),
        "cp1254": _("Turkish (Windows-1254)"),
        "cp1255": _("Hebrew (Windows-1255)"),
        "cp1256": _("Arabic (Windows-1256)"),
        "cp874": _("Thai (Windows-874)"),
        "mac_roman": _("Western European (old Macs)"),
        "cp437": _("Western European (DOS)"),
    }
    return names[encoding]
