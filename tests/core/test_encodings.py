"""Texts in the encodings of offices, and what is proposed where the bytes do not say."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.encodings import BEFORE_UNICODE, reading

WORDS = {
    "cp932": "年月日,平均気温(℃),ｶﾅ",
    "euc_jp": "日付,気温",
    "gb18030": "日期,平均气温,降水量（毫米）",
    "big5hkscs": "月份,銷售額",
    "cp1250": "Měsíc;Średnia",
    "cp1251": "Дата;Температура",
    "koi8_r": "дата;темп",
    "cp1253": "Ημερομηνία",
    "cp1254": "Sıcaklık;Yağış",
    "cp1255": "תאריך",
    "cp1256": "التاريخ",
    "cp874": "วันที่",
    "mac_roman": "Größe;Maß",
    "cp437": "Größe;Höhe",
}


@pytest.mark.parametrize("encoding", WORDS)
def test_a_file_can_be_read_in_the_encoding_that_it_has(encoding: str) -> None:
    content = f"{WORDS[encoding]}\n1,2\n".encode(encoding)
    proposed = reading(content)
    assert proposed and encoding in proposed.encodings
    assert proposed.encoding == proposed.encodings[0]
    chosen = reading(content, encoding)
    assert chosen and chosen.text == f"{WORDS[encoding]}\n1,2\n" and chosen.encoding == encoding
    assert chosen.encodings == proposed.encodings


@pytest.mark.parametrize(
    "text",
    ["일시,평균기온(°C)", "CO농도,PM지수", "A형,B형", "가,나", "성명\n홍길동\n金철수", "똠방각하"],
)
def test_korean_is_proposed(text: str) -> None:
    found = reading(text.encode("cp949"))
    assert found and (found.text, found.encoding) == (text, "cp949")


@pytest.mark.parametrize(
    "text",
    ["°C", "créée", "größe", "It’s “fine”, really…", "naïve café", "µg/m³", "Año", "€5"],
)
def test_western_european_is_proposed(text: str) -> None:
    found = reading(text.encode("cp1252"))
    assert found and (found.text, found.encoding) == (text, "cp1252")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_says_so_itself(encoding: str) -> None:
    found = reading("day;기온\n1;2\n".encode(encoding))
    assert found and (found.text, found.encodings) == ("day;기온\n1;2\n", ())


def test_a_letter_that_was_cut_in_two_makes_no_other_encoding() -> None:
    found = reading(("가나다라마바사아자차카타" * 2).encode()[:-1])
    assert found and found.encoding == "" and found.text.endswith("카\ufffd")
    assert reading("기온".encode("cp949")) != reading("기온".encode())


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0", b"\0\1word", b"\xff\xfe\0\xd8"])
def test_what_is_no_text(content: bytes) -> None:
    assert reading(content) is None


@given(st.binary(max_size=200), st.sampled_from([None, *BEFORE_UNICODE, "none"]))
def test_any_bytes_are_a_text_or_none(content: bytes, encoding: str | None) -> None:
    found = reading(content, encoding)
    if found and encoding in found.encodings:
        assert found.encoding == encoding and found.text == content.decode(found.encoding)


def test_an_encoding_that_fits_the_beginning_alone_is_not_taken() -> None:
    content = "é".encode("cp1252") * 70_000 + b"\x81" + os.linesep.encode()
    found = reading(content)
    assert found and "cp1252" in found.encodings and found.encoding != "cp1252"
