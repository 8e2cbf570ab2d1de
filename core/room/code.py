"""The six letters of a room: read from a wall, said aloud, typed on a phone."""

from __future__ import annotations

import secrets
import unicodedata

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
"""None that is taken for another one, and no digits: a phone's first keyboard has them all."""
LENGTH = 6

# The letter on each key of the two-set Korean keyboard, by what the key writes.
_KEYS = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        "QWERTYUIOPASDFGHJKLZXCVBNM",
        strict=True,
    )
)
_KEYS |= dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "QWERTOP", strict=True))
_SEVERAL = {
    **{
        "ㅘ": "ㅗㅏ",
        "ㅙ": "ㅗㅐ",
        "ㅚ": "ㅗㅣ",
        "ㅝ": "ㅜㅓ",
        "ㅞ": "ㅜㅔ",
        "ㅟ": "ㅜㅣ",
        "ㅢ": "ㅡㅣ",
    },
    **{
        "ㄳ": "ㄱㅅ",
        "ㄵ": "ㄴㅈ",
        "ㄶ": "ㄴㅎ",
        "ㄺ": "ㄹㄱ",
        "ㄻ": "ㄹㅁ",
        "ㄼ": "ㄹㅂ",
        "ㄽ": "ㄹㅅ",
    },
    **{"ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"},
}
_FIRST = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MIDDLE = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_LAST = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")


def new_code() -> str:
    """Six letters at random."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """What somebody meant to type; "" where it is no code.

    Spaces and signs do not count, nor the case, nor that the keyboard was still set to Korean.

    >>> read_code(" fbk-qmz "), read_code("FBKQM1")
    ('FBKQMZ', '')
    >>> read_code("루ㅏ브ㅋ")
    'FNKQMZ'
    """
    letters = ""
    for sign in unicodedata.normalize("NFC", text[:100]):
        letters += "".join(_KEYS.get(part, part) for part in _jamo(sign) if part.isalnum())
    letters = unicodedata.normalize("NFKC", letters).upper()  # full width, small
    fits = len(letters) == LENGTH and all(letter in LETTERS for letter in letters)
    return letters if fits else ""


def _jamo(sign: str) -> str:
    """The keys that a Korean syllable is typed with; another sign as it is."""
    number = ord(sign) - 0xAC00
    if 0 <= number < 11_172:
        first, rest = divmod(number, 21 * 28)
        middle, last = divmod(rest, 28)
        parts = (_FIRST[first], _MIDDLE[middle], _LAST[last])
    else:
        parts = (sign, "", "")
    return "".join(_SEVERAL.get(part, part) for part in parts)
