"""Byte-pair merges, held equal to the `tokenizers` library, and what the page is answered."""

from __future__ import annotations

import contextlib
import io
import random
from collections import Counter
from typing import Any

import pytest

from core.language.tokenizer.answer import answer, cut, number
from core.language.tokenizer.merges import SPACE, encode, learn, pairs_of, words
from core.language.tokenizer.program import source
from core.language.tokenizer.question import (
    MAX_CHARACTERS,
    MAX_MERGES,
    TokensNumberQuestion,
    TokensQuestion,
    read,
    story_text,
)
from core.opened import Cell
from core.schema import Refusal
from tests.core.opened.test_opened import printed


def _reference(text: str, most: int) -> Any:
    """The BPE of the library, trained on the same words for as many merges."""
    library = pytest.importorskip("tokenizers", reason="transformers brings it")
    alphabet = set(text.replace(" ", SPACE)) | {SPACE}
    reference = library.Tokenizer(library.models.BPE(unk_token="[UNK]"))
    before = library.pre_tokenizers
    reference.pre_tokenizer = before.Sequence(
        [before.Metaspace(replacement=SPACE, prepend_scheme="always"), before.Punctuation()]
    )
    trainer = library.trainers.BpeTrainer(
        vocab_size=len(alphabet) + most + 1,
        min_frequency=2,
        special_tokens=["[UNK]"],
        show_progress=False,
    )
    reference.train_from_iterator([text], trainer)
    return reference


def _texts() -> list[str]:
    rng = random.Random(0)
    made = [
        " ".join("".join(rng.choices("abc", k=rng.randint(1, 7))) for _ in range(150))
        for _ in range(3)
    ]
    return [story_text("en"), story_text("ko"), "aaaa aaa aaaaaaa baaaa", *made]


@pytest.mark.parametrize("text", _texts(), ids=lambda text: text[:20])
def test_merges_and_pieces_are_those_of_the_library(text: str) -> None:
    most = 120
    learned = learn(Counter(words(text)), most)
    reference = _reference(text, most)
    pieces = sorted(reference.get_vocab().items(), key=lambda item: item[1])
    vocabulary = learned.vocabulary(len(learned.merges))
    assert vocabulary == [piece for piece, _ in pieces if piece != "[UNK]"][: len(vocabulary)]
    read = f"{text} unseen, 못본 (abc)abc aaaaab!"
    found = [piece for word in words(read) for piece in encode(word, learned.merges)]
    known = [piece if piece in vocabulary else "[UNK]" for piece in found]
    assert known == reference.encode(read).tokens


def test_what_is_updated_after_each_merge_is_what_counting_anew_finds() -> None:
    counts = Counter(words(_texts()[-1]))
    merges = learn(counts, 60).merges
    for step, merge in enumerate(merges):
        found = pairs_of({word: encode(word, merges[:step]) for word in counts}, counts)
        assert found[merge.left, merge.right] == merge.count == max(found.values())


def _ask(**raw: Any) -> dict[str, Any]:
    return answer(TokensQuestion.read(raw))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_pieces_put_together_are_the_text_again(language: str) -> None:
    for step in (0, 7, MAX_MERGES):
        found = _ask(language=language, step=step, sentence="탕 soup 🐈 soup")
        assert found["step"] == min(step, found["steps"])
        said = "".join(one["text"] for word in found["sentence"] for one in word["pieces"])
        assert said.replace(SPACE, " ").strip() == "탕 soup 🐈 soup"
        seen = cut(TokensQuestion.read({"language": language, "step": step}))
        assert all("".join(pieces) == word for word, pieces in seen.pieces.items())


def test_a_vocabulary_grows_and_the_text_gets_shorter() -> None:
    before, after = _ask(step=10), _ask(step=11)
    ways = {way["way"]: way for way in before["ways"]}
    assert before["pairs"][0]["next"] and after["last"]["count"] == before["pairs"][0]["count"]
    assert len(after["pieces"]) == len(before["pieces"]) + 1
    shorter = ways["pieces"]["length"] - after["last"]["count"]
    assert next(way for way in after["ways"] if way["way"] == "pieces")["length"] == shorter
    assert ways["words"]["length"] < ways["pieces"]["length"] < ways["characters"]["length"]


def test_what_was_never_seen_is_unknown_as_a_word_and_as_a_character_alone() -> None:
    found = _ask(step=50, sentence="sooup ω")
    unknown = {way["way"]: way["unknown"] for way in found["ways"]}
    assert unknown == {"characters": 1, "pieces": 1, "words": 2}
    assert [one["known"] for word in found["sentence"] for one in word["pieces"]].count(False) == 1


def test_the_way_of_a_word_through_the_merges() -> None:
    (word,) = _ask(text="low low low lower newest newest widest", step=4, sentence="lowest")[
        "sentence"
    ]
    merges = learn(Counter(words("low low low lower newest newest widest")), 4).merges
    assert [merges[n].piece for n, _ in word["steps"]] == ["lo", "▁lo", "▁low", "es"]
    assert word["steps"][-1][1] == [one["text"] for one in word["pieces"]]


@pytest.mark.parametrize("part", ["pairs", "lengths"])
def test_a_count_opens_word_by_word_and_its_program_prints_it(part: str) -> None:
    found = _ask(step=5)
    expected = {
        "pairs": [pair["count"] for pair in found["pairs"]],
        "lengths": [way["length"] for way in found["ways"]],
    }[part]
    array = {"pairs": "count", "lengths": "length"}[part]
    for row, value in enumerate(expected):
        asked = {"step": 5, "part": part, "number": {"array": array, "index": [row]}}
        reply = number(TokensNumberQuestion.read(asked))
        assert reply["opened"]["value"] == reply["opened"]["total"] == value
        assert printed(reply["program"]) == [value]
        term = reply["opened"]["terms"][0]
        word = reply["names"][term["at"][1]]
        times = next(one["times"] for one in found["words"] if "".join(one["pieces"]) == word)
        assert term["right"] == times


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_program_learns_the_same_merges(language: str) -> None:
    question = TokensQuestion.read({"language": language, "step": 30})
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source(question), "program", "exec"), {})
    merges = learn(Counter(words(question.learned_from)), 30).merges
    assert out.getvalue().splitlines() == [
        f"{one.left} + {one.right} -> {one.piece} {one.count}" for one in merges
    ]


def test_a_number_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal):
        number(TokensNumberQuestion(part="pairs", number=Cell("count", (99,))))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\x00\x01binary", "must hold the control character U+0000"),
        ("half \ud800", "the control character U+D800"),
        ("   \n\t ", "There is no word in the text"),
        ("a" * (MAX_CHARACTERS + 1), "20,000"),
    ],
)
def test_what_is_no_text_gets_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Refusal) as caught:
        _ask(text=text)
    assert sentence.removeprefix("must hold ") in str(caught.value)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a", ["▁", "a"]),
        ("🐈‍⬛ 🐈‍⬛", ["▁", "🐈", "\u200d", "⬛"]),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", ["▁", "한", "글"]),
        ("ㅋㅋㅋㅋ", ["▁", "ㅋ"]),
        ("e\u0301", ["▁", "é"]),
        ("a" * MAX_CHARACTERS, ["▁", "a"]),
    ],
)
def test_a_text_of_any_kind_is_cut(text: str, pieces: list[str]) -> None:
    found = _ask(text=text, step=MAX_MERGES, sentence=text[:50])
    assert set(found["alphabet"]) == set(pieces)
    assert found["done"] and len("".join(found["words"][0]["pieces"])) == 1 + len(
        read(text).split()[0]
    )
    assert not any(way["unknown"] for way in found["ways"] if way["way"] != "words")


def test_a_sentence_that_is_missing_is_cut_into_nothing() -> None:
    assert _ask(sentence="")["sentence"] == []
