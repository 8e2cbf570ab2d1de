"""A text in letters: what is refused and why, what is held out, syllables and their letters."""

from __future__ import annotations

import pytest

from core.recurrent.text import texts
from core.recurrent.text.setting import TextSetting
from core.recurrent.text.texts import apart, text_of, tidied, together
from core.schema import Refusal

TEXT = "The cat sat on the mat, and the dog looked on.\n" * 40


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (" \n\t\n ", "There is no text yet"),
        ("aaaa aaaa\naaaa" * 100, "one letter over and over"),
        ("A short text.", "The text has 14 characters; at least 500"),
        (TEXT + "\x00\x01", r"control character U\+0000"),
        (TEXT + "\x1b[31m", r"control character U\+001B"),
        (TEXT * 50, "at most 80,000 characters"),
    ],
)
def test_a_text_that_nothing_can_be_learned_from_is_refused_in_a_sentence(
    given: str, why: str
) -> None:
    with pytest.raises(Refusal, match=why):
        TextSetting(text=given)


def test_a_gigabyte_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "read", lambda raw: pytest.fail("it was read"))
    with pytest.raises(Refusal, match="at most 80,000 characters"):
        TextSetting(text="ab" * 500_000)


def test_what_is_held_out_follows_what_is_learned_from() -> None:
    text = text_of("en", TEXT, "letter")
    letters = [text.kinds[i] for part in (text.train, text.held) for i in part.tolist()]
    assert "".join(letters) == TEXT
    assert len(text.held) == text.written == len(TEXT) // 10


def test_a_letter_that_was_never_met_is_unknown() -> None:
    text = text_of("en", TEXT + "Ξ", "letter")
    assert text.kinds[0] == texts.UNKNOWN and "Ξ" not in text.kinds
    assert text.held[-2:].tolist() == [0, text.kinds.index("\n")]


def test_syllables_come_apart_into_the_letters_that_are_counted_as_they_are_written() -> None:
    syllables, jamo = text_of("ko", "", "letter"), text_of("ko", "", "jamo")
    assert len(jamo.kinds) < len(syllables.kinds) / 4
    assert len(jamo.held) > 1.8 * len(syllables.held)
    assert jamo.written == syllables.written == len(syllables.held)


def test_letters_come_together_as_they_were() -> None:
    text = "까치가 값을 물었다: 왜?"
    written = together(list(apart(text, "jamo")))
    assert "".join(character for character, _ in written) == text
    assert sum(count for _, count in written) == len(apart(text, "jamo"))
    # what a network writes need not be a syllable
    assert together(["\u1161", "\u1100", "\u11a8"]) == [
        ("\u1161", 1), ("\u1100", 1), ("\u11a8", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "least"), [("en", 140_000), ("ko", 18_000)])
def test_the_shipped_texts_are_there_and_can_be_read(language: str, least: int) -> None:
    whole = texts.shipped(language)
    assert len(whole) > least and texts.read(whole) == whole == tidied(whole)
