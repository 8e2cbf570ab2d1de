"""Korean particles after words and numbers that are known only when a sentence is filled in.

Many particles have two forms, one after a consonant and one after a vowel. Catalogues write both,
`{name}이(가)`; `particles` keeps the one that fits how the word before it is read aloud.
"""

from __future__ import annotations

import re
from typing import Literal

End = Literal["vowel", "ㄹ", "consonant"]

_PAIRS = {
    "이(가)": ("이", "가"),
    "은(는)": ("은", "는"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "으로(로)": ("으로", "로"),
    "이라(라)": ("이라", "라"),
    "이었(였)": ("이었", "였"),
    "이어(여)": ("이어", "여"),
}
"""What catalogues write, with the forms after a consonant and after a vowel."""

_PAIR = re.compile("|".join(re.escape(pair) for pair in _PAIRS))
_WORD = re.compile(r"(?:[\d.,]*\d|[A-Za-z]+|[가-힣]|[^\W\d_]|%)(?=[^\w%]*$)")
_FIRST, _LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8
_DIGITS: tuple[End, ...] = (
    *("consonant", "ㄹ", "vowel", "consonant", "vowel"),  # 영 일 이 삼 사
    *("vowel", "consonant", "ㄹ", "ㄹ", "vowel"),  # 오 육 칠 팔 구
)
_LETTERS: dict[str, End] = {"L": "ㄹ", "M": "consonant", "N": "consonant", "R": "vowel"}
_TRILLIONS = re.compile(r"0{12,15}$")


def particles(text: str) -> str:
    """Keep one form of each particle that is written with both.

    A pair after nothing that can be read stays as it is. Latin words are read as Koreans usually
    do: capitals letter by letter, others by their last sound as far as spelling shows it.

    >>> particles("RNN은(는) 3으로(로), GRU은(는) 6으로(로)")
    'RNN은 3으로, GRU는 6으로'
    >>> particles("“cat”을(를) 지우면 1,000이(가) 됩니다")
    '“cat”을 지우면 1,000이 됩니다'
    """
    parts: list[str] = []
    begin = 0
    for match in _PAIR.finditer(text):
        parts.append(text[begin : match.start()])
        after_consonant, after_vowel = _PAIRS[match[0]]
        match end_of("".join(parts)):
            case None:
                parts.append(match[0])
            case "consonant":
                parts.append(after_consonant)
            case "ㄹ" if match[0] != "으로(로)":
                parts.append(after_consonant)
            case _:
                parts.append(after_vowel)
        begin = match.end()
    return "".join(parts) + text[begin:]


def end_of(text: str) -> End | None:
    """How a text ends when it is read aloud; None where nothing in it can be read.

    Quotation marks, brackets and the like at its end are not read.
    """
    match = _WORD.search(text)
    if match is None:
        return None
    word = match[0]
    if word[-1].isdecimal() and word[-1].isascii():
        whole = word.replace(",", "")
        return "vowel" if _TRILLIONS.search(whole) and "." not in whole else _DIGITS[int(word[-1])]
    if _FIRST <= ord(word[-1]) <= _LAST:
        final = (ord(word[-1]) - _FIRST) % _FINALS
        return "vowel" if final == 0 else "ㄹ" if final == _RIEUL else "consonant"
    if word == "%":  # 퍼센트
        return "vowel"
    return _of_latin(word) if word.isascii() else None


def _of_latin(word: str) -> End:
    if word.isupper() or len(word) == 1:
        return _LETTERS.get(word[-1].upper(), "vowel")
    low = word.lower()
    spoken = low[:-1] if re.search(r"[lmn]e$", low) else low
    if spoken.endswith("l"):
        return "ㄹ"
    if re.search(r"(?:[mn]|ng|(?:^|[^aeiou])[aeiou][bckpt])$", spoken):
        return "consonant"
    return "vowel"
