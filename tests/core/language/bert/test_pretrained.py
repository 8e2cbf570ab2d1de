"""The three games on a pretrained BERT: a tiny random one that the test saves answers them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from core.language.bert.pretrained import (
    LABELS,
    PretrainedNumberQuestion,
    PretrainedQuestion,
    PretrainedScoreQuestion,
    answer,
    number,
    score,
)
from core.pretrained.shelf import PretrainedError, load
from core.schema import Refusal
from tests.core.opened.test_opened import printed
from tests.core.pretrained.tiny import needs_libraries, save, shelve

SAID = "the cat sat on the mat"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("models")
    save(home / "whole", kind="BertForPreTraining")
    save(home / "guesser", kind="BertForMaskedLM")
    save(home / "bare")
    return home


@pytest.fixture(autouse=True)
def _here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(monkeypatch, home)


def _ask(**raw: Any) -> dict[str, Any]:
    return answer(PretrainedQuestion.read({"name": "whole", "game": "hidden", "text": SAID} | raw))


@needs_libraries
def test_hidden_words_are_guessed_by_the_model_itself() -> None:
    found = _ask(hide=[2, 6])
    assert [t["text"] for t in found["tokens"]] == f"[CLS] {SAID} [SEP]".split()
    assert [(p["at"], p["truth"]) for p in found["places"]] == [(2, "cat"), (6, "mat")]
    model = load("whole", "AutoModelForPreTraining")
    ids = model.tokenizer("the [MASK] sat on the [MASK]", return_tensors="pt")
    with torch.inference_mode():
        expected = model.model(**ids).prediction_logits[0].softmax(-1)
    for place in found["places"]:
        row = expected[place["at"]]
        assert place["both"][0]["p"] == pytest.approx(float(row.max()), rel=1e-4)
        truth = float(row[model.tokenizer.convert_tokens_to_ids(place["truth"])])
        assert place["both_p"] == pytest.approx(truth, rel=1e-4)
        assert place["both_rank"] == int((row > truth).sum()) + 1
    assert (found["layers"], found["heads"]) == (3, 4)


@needs_libraries
@pytest.mark.parametrize("name", ["whole", "guesser"])
def test_a_weight_opens_with_the_words_that_are_hidden(name: str) -> None:
    weights = _ask(name=name, hide=[2])["weights"]
    place = {"array": "layer_1_attention_weights", "index": [3, 4, 2]}
    asked = {"name": name, "text": SAID, "hide": [2], "number": place}
    found = number(PretrainedNumberQuestion.read(asked))
    assert found["labels"] == f"[CLS] {SAID} [SEP]".split()
    assert found["opened"]["value"] == pytest.approx(weights[1][3][4][2], abs=1e-5)


@needs_libraries
def test_a_typed_mask_is_hidden_and_has_no_truth() -> None:
    (place,) = _ask(text="the [MASK] sat")["places"]
    assert (place["at"], place["truth"], place["both_p"]) == (2, None, None)
    with pytest.raises(ValueError, match="Place 0 holds no word"):
        _ask(hide=[0])
    with pytest.raises(ValueError, match="may have 128 pieces"):
        _ask(text="cat " * 130)


@needs_libraries
def test_pairs_are_judged_by_the_head_for_pairs() -> None:
    found = _ask(game="follows", next="it was tired")
    model = load("whole", "AutoModelForPreTraining")
    ids = model.tokenizer(SAID, "it was tired", return_tensors="pt")
    with torch.inference_mode():
        expected = model.model(**ids).seq_relationship_logits[0].softmax(-1)[0]
    assert found["p"] == pytest.approx(float(expected), rel=1e-4)
    assert [t["segment"] for t in found["tokens"]] == [0] * 8 + [1] * 4


@needs_libraries
def test_a_head_that_was_not_saved_is_not_made_up() -> None:
    with pytest.raises(PretrainedError, match="only the encoder was saved"):
        _ask(name="bare")
    with pytest.raises(PretrainedError, match="no head for pairs"):
        _ask(name="guesser", game="follows", next="it was tired")
    assert _ask(name="guesser", hide=[2])["places"]


@needs_libraries
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_third_game_learns_from_labels_and_is_tested(language: str) -> None:
    found = _ask(name="bare", game="sentiment", text="the cat was tired", language=language)
    assert found["labels"] == len(found["rows"]) == LABELS
    assert sum(row["positive"] for row in found["rows"]) == LABELS // 2
    assert 0 < found["p"] < 1
    assert all(0 <= found[kind] <= 1 for kind in ("seen", "unseen"))
    again = _ask(name="bare", game="sentiment", text="the cat was tired", language=language)
    assert again == found


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        {"name": "../x", "game": "hidden", "text": "a"},
        {"name": "x", "game": "chess", "text": "a"},
        {"name": "x", "game": "hidden", "text": ""},
        {"name": "x", "game": "hidden", "text": 1},
        {"name": "x", "game": "hidden", "text": "a" * 3_000},
        {"name": "x", "game": "hidden", "text": "a", "hide": [True]},
        {"name": "x", "game": "hidden", "text": "a", "hide": [-1]},
        {"name": "x", "game": "hidden", "text": "a", "hide": "1"},
        {"name": "x", "game": "hidden", "text": "a", "language": "fr"},
        {"name": "x", "game": "follows", "text": "a"},
    ],
)
def test_what_is_no_question(raw: Any) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        PretrainedQuestion.read(raw)


@needs_libraries
@pytest.mark.parametrize("name", ["whole", "guesser"])
def test_a_guess_opens_down_to_the_layers(name: str) -> None:
    (place,) = _ask(name=name, hide=[2])["places"]
    guess = place["both"][1]
    asked = {"name": name, "text": SAID, "hide": [2]}

    def opened(array: str, *index: int) -> dict[str, Any]:
        number_ = {"array": array, "index": list(index)}
        return number(PretrainedNumberQuestion.read(asked | {"number": number_}))

    found = opened("probabilities", 2, guess["id"])
    assert found["piece"] == guess["token"]
    assert found["opened"]["value"] == pytest.approx(guess["p"], rel=1e-5)
    assert found["opened"]["total"] == pytest.approx(guess["p"], rel=1e-4)
    logit = opened("logits", 2, guess["id"])["opened"]
    assert logit["total"] == pytest.approx(logit["value"], abs=1e-4)
    below = opened("words_before", 2, 0)["opened"]
    assert below["sources"][0]["array"] == "layer_2_norm2_out"
    for wrong in (
        ("probabilities", 2),
        ("probabilities", 99, 0),
        ("logits", 0, 10**9),
        ("pool", 0),
    ):
        with pytest.raises(Refusal, match=r"\.$"):
            opened(*wrong)


@needs_libraries
def test_the_verdicts_on_pairs_and_judgements_open() -> None:
    pair = {"game": "follows", "next": "it was tired"}
    asked = {"name": "whole", "text": SAID} | pair
    place = {"array": "follows_probabilities", "index": [0, 0]}
    found = number(PretrainedNumberQuestion.read(asked | {"number": place}))["opened"]
    assert found["value"] == pytest.approx(_ask(**pair)["p"], rel=1e-4)
    assert found["total"] == pytest.approx(found["value"], rel=1e-4)
    asked = {"name": "whole", "text": SAID, "game": "sentiment"}
    for array, index in (("judged", []), ("judge", []), ("standard", [1]), ("features", [1])):
        place = {"array": array, "index": index}
        found = number(PretrainedNumberQuestion.read(asked | {"number": place}))["opened"]
        assert found["total"] == pytest.approx(found["value"], abs=1e-3)
        if array == "judged":
            assert found["value"] == pytest.approx(_ask(game="sentiment")["p"], rel=1e-3)
    wrong = asked | {"number": {"array": "judged", "index": [0]}}
    with pytest.raises(Refusal, match=r"\.$"):
        number(PretrainedNumberQuestion.read(wrong))


@needs_libraries
@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_how_often_the_classifier_is_right_opens_down_to_its_sentences(part: str) -> None:
    asked = {"name": "whole", "text": SAID, "game": "sentiment", "part": part}

    def opened(array: str, *index: int) -> dict[str, Any]:
        number = {"array": array, "index": list(index)}
        return score(PretrainedScoreQuestion.read(asked | {"number": number}))

    share = opened("accuracy")
    assert share["opened"]["value"] == pytest.approx(_ask(game="sentiment")[part])
    assert printed(share["program"]) == pytest.approx([share["opened"]["value"]])
    assert opened("right", 3)["texts"]["3"]
    judged = opened("probabilities", 3, 1)
    text = judged["texts"]["3"]
    assert judged["opened"]["value"] == pytest.approx(_ask(game="sentiment", text=text)["p"], 1e-3)
    with pytest.raises(Refusal, match=r"\.$"):
        opened("right")
