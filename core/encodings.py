"""Text out of the bytes of a file that need not say how its letters are written.

Unicode says so itself. In the encodings before it the same bytes are letters of many languages, and
a few headings are too little to tell which (docs/decisions.md): so what was taken is a proposal,
and the others in which the file can be read stand beside it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

BEFORE_UNICODE = (
    *("cp1252", "cp949", "cp932", "euc_jp", "gb18030", "big5hkscs", "cp1250", "cp1251", "koi8_r"),
    *("cp1253", "cp1254", "cp1255", "cp1256", "cp874", "mac_roman", "cp437"),
)
"""By their names in Python; where nothing else tells, the first one that fits is proposed."""
UTF8 = "utf-8-sig"
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\0-\x08\x0e-\x1b]")
_WORD = re.compile(rb"[\x80-\xff]+")
_KOREAN = re.compile("[가-힣ㄱ-ㅣ]")
_SAMPLE = 65_536
"""Bytes that are tried in each encoding; the one that is taken has to fit the whole file."""


@dataclass(frozen=True)
class Reading:
    """What a file says.

    Attributes:
        text: its text.
        encoding: that was taken; "" where the file itself tells.
        encodings: all in which it can be read, the proposed one first.
    """

    text: str
    encoding: str = ""
    encodings: tuple[str, ...] = ()


def reading(content: bytes, encoding: str | None = None) -> Reading | None:
    """Read a file, in an encoding or in the one that is proposed; None if it is no text.

    >>> reading("Größe".encode("utf-16"))
    Reading(text='Größe', encoding='', encodings=())
    >>> reading("기온,1".encode("cp949")).text, reading("Größe,1".encode("cp1252")).text
    ('기온,1', 'Größe,1')
    >>> reading("気温,1".encode("cp932"), "cp932").text
    '気温,1'
    """
    content = content.removesuffix(b"\x1a")  # the end of a file of DOS
    text = _unicode(content)
    if text is not None:
        return Reading(text) if not _CONTROL.search(text) else None
    fitting = [name for name in BEFORE_UNICODE if _fits(content[:_SAMPLE], name)]
    fitting.sort(key=lambda name: name != "cp949" or not _is_korean(content))
    for name in [encoding] if encoding in fitting else fitting:
        text = _or_none(content, name)
        if text is not None and not _CONTROL.search(text):
            return Reading(text, name, tuple(fitting))
    return None


def is_number(text: str) -> bool:
    """Whether Python reads a text as a number.

    >>> [is_number(text) for text in ("1.5e-3", " 2 ", "2,5", "")]
    [True, True, False, False]
    """
    try:
        float(text)
    except ValueError:
        return False
    return True


def _unicode(content: bytes) -> str | None:
    for start, encoding in _MARKS:
        if content.startswith(start):
            return _or_none(content, encoding)
    if b"\0" in content:
        even, odd = content[::2].count(0), content[1::2].count(0)
        return _or_none(content, "utf-16-le" if odd > even else "utf-16-be")
    text = content.decode("utf-8", "replace")
    strange = len(text) - sum(map(str.isascii, text)) if "\ufffd" in text else 0
    # A letter that was cut in two, at the end or on the way, makes no other encoding of it.
    return text if strange >= 11 * text.count("\ufffd") else None


def _is_korean(content: bytes) -> bool:
    """Whether bytes above 127 stand in pairs, as Hangul does, and most of them are Hangul.

    In European words they stand between letters, and a pair of them is Hangul by chance only.
    """
    words = _WORD.findall(content[:_SAMPLE])
    paired = sum(len(word) for word in words if len(word) % 2 == 0)
    letters = [each for each in content[:_SAMPLE].decode("cp949", "replace") if each.isalpha()]
    strange = [each for each in letters if not each.isascii()]
    hangul = sum(_KOREAN.match(each) is not None for each in strange)
    return 2 * paired > sum(map(len, words)) and 5 * hangul >= 4 * len(strange) > 0


def _fits(sample: bytes, encoding: str) -> bool:
    """Whether this may be the beginning of a text in an encoding."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return not _CONTROL.search(text)


def _or_none(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
