"""Lesson links as they arrive from messengers, mail, browsers and learning platforms."""

from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schema import Table, choice, flag, number, text, whole
from core.schema.travelled import is_tracking

TABLE = Table(
    "waves",
    {
        "seed": whole(0, 0, 99_999),
        "cell": choice(("rnn", "lstm")),
        "rate": number(0.1, 0.0, 10.0),
        "noise": flag(),
        "words": text("", 60),
        "source": choice(("ours", "theirs")),
    },
)
VALUES = {
    "seed": 42,
    "cell": "lstm",
    "rate": 0.25,
    "noise": True,
    "words": "고양이, a cat",
    "source": "theirs",
}
LINK = urlencode(TABLE.link(VALUES, {"rate"}))


def opened(query: str) -> tuple[dict[str, object], frozenset[str], list[str]]:
    reading = TABLE.read(dict(parse_qsl(query, keep_blank_values=True)))
    return reading.values, reading.hidden, [part.name for part in reading.ignored]


@pytest.mark.parametrize(
    "query",
    [
        LINK,
        LINK.replace("&", "&amp;"),
        LINK.replace("&", "&amp;amp;"),
        "?" + LINK,
        "&" + LINK + "&",
        quote(LINK, safe=""),
        quote(quote(LINK, safe=""), safe=""),
        quote(LINK.replace("&", "&amp;"), safe=""),
        quote(LINK, safe="=&+"),
        quote(quote(LINK, safe="=&+"), safe="=&+"),
        LINK.replace("=", "=3D", 1),
        LINK + "&utm_source=kakao&utm_medium=chat&fbclid=IwAR0&gclid=x&_gl=1*2*3&mc_cid=1&si=Ab",
        "UTM_Source=mail&" + LINK + "&from=singlemessage&isappinstalled=0&n_media=1&msclkid=3",
        LINK.replace("seed=42", "seed=4%0D%0A2"),
        LINK.replace("seed=42", "seed=%0A42"),
        LINK.replace("seed=42", "%E2%80%8Bseed=42%EF%BB%BF"),
        LINK.replace("cell=lstm", "cell=ls%E2%80%8Btm%20"),
        LINK.replace("%2C+a+cat", "%2C%0A+a+cat"),
        *(LINK.replace("&", sign, 2) for sign in ("%26", ";", "\\u0026", "%EF%BC%86", "&%2338;")),
        LINK.replace("&", "%26", 1).replace("hide=", "HIDE="),
        "Seed" + LINK.removeprefix("seed"),
        "(" + LINK,
        LINK.replace("=", "=3D"),
        LINK + "&data=05%7C01&sdata=x&reserved=0&_x_tr_sl=ko&usp=sharing&elqTrack=1&ncid=x&__s=y",
    ],
)
def test_a_link_opens_the_same_whatever_carried_it(query: str) -> None:
    assert opened(query) == (VALUES, {"rate"}, [])


@pytest.mark.parametrize(
    "end",
    [
        *(*".,;:!?)]}>\"'*|", "。", "”", "」", ").", "%0A", "%E2%80%8B", " "),
        *("</a>", "<br>", "|lesson>", "을", "です", "%0D%0A%0D%0ASee+you", "%0A%0ABest"),
    ],
)
def test_the_sentence_around_a_link_does_not_spoil_its_last_part(end: str) -> None:
    for last in ("seed=42", "rate=0.25", "cell=lstm", "noise=1"):
        query = "&".join([*(part for part in LINK.split("&") if part != last), last])
        assert opened(query + end) == (VALUES, {"rate"}, [])
    assert opened("noise=1&hide=rate" + end) == (TABLE.defaults() | {"noise": True}, {"rate"}, [])


@given(st.text(max_size=60))
def test_what_somebody_has_written_stays_as_it_is(words: str) -> None:
    if words.isprintable() and "%" not in words:
        query = urlencode(TABLE.link({"words": words}))
        assert opened(query)[0]["words"] == words


@pytest.mark.parametrize("words", ["100%", "50% of 20", "a%zz", "?", "Is it?", "3D", "a.", "&amp;"])
def test_a_text_keeps_its_signs(words: str) -> None:
    assert opened(urlencode(TABLE.link({"words": words})))[0]["words"] == words


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=40), max_size=5))
def test_rubbish_is_reported_and_nothing_worse(query: dict[str, str]) -> None:
    assert TABLE.read(query).values.keys() == TABLE.defaults().keys()


@pytest.mark.parametrize("seed", ["4 2", "4|2", "42x", "4\u0662", "4<2", "4#2"])
def test_what_is_no_number_is_not_cut_into_one(seed: str) -> None:
    assert opened(urlencode({"seed": seed}))[2] == ["seed"]


@pytest.mark.parametrize("sign", [" ", "\r\n", "|>", "<", "=\n", "%41", "a;", "\\u0026", "("])
def test_a_long_value_of_one_sign_is_read_like_any_other(sign: str) -> None:
    """With a pattern whose time grows as the square of its text this would take minutes."""
    long = (sign * 30_000)[:30_000] + "x"
    for name in TABLE.fields:
        assert TABLE.read({name: long}).ignored or name == "words"


def test_what_is_unknown_is_still_said() -> None:
    assert opened("colour=red&seed=many&cell=gru")[2] == ["colour", "seed", "cell"]
    assert not any(map(is_tracking, [*TABLE.fields, "hidden", "time", "share", "text", "utm"]))
    assert opened("source=theirs&ref=x") == (TABLE.defaults() | {"source": "theirs"}, set(), [])
