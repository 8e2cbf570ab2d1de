"""Generated texts that are what they claim to be, and a person's own text, whatever it is."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.language.corpora import texts
from core.language.corpora.kinds import ends_closed


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_generated_text_is_always_the_same_and_has_all_its_words(language: str) -> None:
    found = texts.generated(language)
    assert found is texts.generated(language)
    assert len(found.sentences) == texts.SENTENCES
    assert found.dropped == 0
    assert int(found.counts.min()) >= 5
    assert found.counts.tolist() == sorted(found.counts.tolist(), reverse=True)
    assert torch.equal(torch.bincount(found.ids), found.counts)
    assert found.examples
    assert len({(frozenset((a, c)), b) for _, (a, b, c, _) in found.questions}) == 228


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", ("king", "man", "woman", "queen")),
        ("en", ("paris", "france", "japan", "tokyo")),
        ("en", ("puppy", "dog", "cat", "kitten")),
        ("ko", ("\uc655", "\ub0a8\uc790", "\uc5ec\uc790", "\uc5ec\uc655")),
    ],
)
def test_the_analogies_are_right(language: str, asked: tuple[str, str, str, str]) -> None:
    a, b, c, answer = asked
    known = {question for _, question in texts.generated(language).questions}
    assert (a, b, c, answer) in known or (c, b, a, answer) in known
    assert all(answer not in question[:3] for *question, answer in known)


def test_korean_particles_follow_the_sound_before_them() -> None:
    found = texts.generated("ko")
    for sentence in found.sentences:
        for word, particle in zip(sentence, sentence[1:], strict=False):
            if particle in ("\uc740", "\uc744"):
                assert ends_closed(word, particle), sentence
            if particle in ("\ub294", "\ub97c"):
                assert not ends_closed(word, particle), sentence
    assert not ends_closed("\uc11c\uc6b8", "\uc73c\ub85c")  # after a final l it is "lo"
    assert ends_closed("\uc11c\uc6b8", "\uc740")
    assert not ends_closed("cat", "\uc740")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The cat sat. The DOG ran!", [["the", "cat", "sat"], ["the", "dog", "ran"]]),
        ("BERT\ub294 \uc88b\ub2e4", [["bert", "\ub294", "\uc88b\ub2e4"]]),
        ("don't stop\u2026 3D GPT2", [["don't", "stop", "3d", "gpt2"]]),
        (
            "\U0001f600 cat \U0001f680\nna\u00efve \u4e2d\u6587",
            [["cat"], ["na\u00efve", "\u4e2d\u6587"]],
        ),
        ("\u1112\u1161\u11ab\uae00", [["\ud55c\uae00"]]),  # letters that are put together first
        ("--- \u2764\ufe0f ...", []),
        ("x" * 100, [["x" * texts.MAX_LETTERS]]),
    ],
)
def test_words_are_runs_of_letters_of_one_script(text: str, sentences: list[list[str]]) -> None:
    assert texts.tokens(text) == sentences


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        found = texts.own(text)
    except ValueError:
        return
    assert len(found.words) >= 2
    assert len(found.ids) == len(found.sentence) == sum(map(len, found.sentences))


@pytest.mark.parametrize(
    "text", ["", " \n", "one", "one one one", "one. two. three", "12 \U0001f600"]
)
def test_a_text_without_company_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        texts.own(text)


def test_the_rarest_words_of_a_large_vocabulary_are_dropped() -> None:
    words = [f"w{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(650)]
    found = texts.own("common " + " ".join(words) + " common")
    assert len(found.words) == texts.MAX_WORDS
    assert found.words[0] == "common"
    assert found.dropped == 51
    assert (found.ids == texts.DROPPED).sum() == 51


def test_an_unknown_word_is_told() -> None:
    found = texts.generated("en")
    assert found.words[found.look_up(" King ")] == "king"
    with pytest.raises(ValueError, match="The word zebra is not in the vocabulary"):
        found.look_up("zebra")
