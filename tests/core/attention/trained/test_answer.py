"""The live answer: what its bytes say is what the model computes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.attention.trained.answer import answer, value_norms_of
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.sentences.english import ENGLISH
from core.attention.trained.sentences.grammar import VOCABULARIES
from core.attention.trained.sentences.vocabulary import LANGUAGES, Language
from core.attention.trained.shipped import EXAMPLES, MODELS, network
from core.attention.views import rollout
from core.headed import read_head

CAT, MAT, IT = 1, 5, 7


def _ask(**raw: Any) -> tuple[dict[str, Any], dict[str, NDArray[np.float64]]]:
    body = answer(ReferentQuestion.read({"sentence": EXAMPLES["en"][0]} | raw))
    head, codes = read_head(body)
    assert (len(body) - len(codes)) % 4 == 0
    maps = {}
    for entry in head["maps"]:
        count = int(np.prod(entry["shape"]))
        found = np.frombuffer(codes, "<u2", count, entry["at"]).reshape(len(entry["scales"]), -1)
        values = found * np.array(entry["scales"])[:, None] / 65535
        maps[entry["name"]] = values.reshape(entry["shape"])
    return head, maps


def _weights(name: str = "2x4", text: str = EXAMPLES["en"][0]) -> torch.Tensor:
    ids = torch.tensor([[ENGLISH.index[word] for word in text.split()]])
    return network(name).model(ids).weights[0]


def _p(head: dict[str, Any], when: str = "before") -> dict[str, float]:
    return {row["word"]: row[when] for row in head["answer"]["words"]}


@pytest.mark.parametrize("name", MODELS)
def test_maps_are_the_model_s(name: str) -> None:
    head, maps = _ask(model=name)
    weights = _weights(name)
    assert list(maps["before"].shape) == [head["layers"], head["heads"], 10, 10]
    assert np.abs(maps["before"] - weights.numpy()).max() < 1e-5
    assert np.abs(maps["rollout"] - rollout(weights).numpy()).max() < 1e-5
    assert "after" not in maps and head["answer"]["words"][0]["after"] is None


def test_value_norms_on_demand() -> None:
    _, maps = _ask(maps="norms")
    model = network("2x4").model
    ids = torch.tensor([[ENGLISH.index[word] for word in EXAMPLES["en"][0].split()]])
    norms = value_norms_of(model, model(ids))[0].numpy()
    assert np.allclose(maps["before"], norms, atol=1e-4 * norms.max())


def test_the_adjective_decides() -> None:
    for text, noun in zip(EXAMPLES["en"][:2], ("cat", "mat"), strict=True):
        head, _ = _ask(sentence=text)
        assert head["answer"]["top"] == noun and _p(head)[noun] > 0.9
    dirty = _p(_ask(sentence=EXAMPLES["en"][2])[0])
    assert dirty["cat"] + dirty["mat"] > 0.8 and max(dirty["cat"], dirty["mat"]) < 0.7


def test_cutting_the_referent_changes_the_answer_and_cutting_the_other_does_not() -> None:
    head, maps = _ask(cuts=[{"from": IT, "to": CAT}])
    assert _p(head)["cat"] > 0.9 and _p(head, "after")["cat"] < 0.2 < _p(head)["cat"]
    assert (maps["after"][:, :, IT, CAT] == 0).all()
    says = head["says"]
    assert says["answer"] == "cat"
    assert [cut["to"] for cut in says["cuts"]] == [CAT, MAT]
    assert says["cuts"][0]["after"] == pytest.approx(_p(head, "after")["cat"], abs=1e-5)
    assert says["cuts"][1]["after"] > 0.9
    assert says["in_head"] > says["in_layer"] - 1e-6 and says["in_head"] > 0.9
    spared, _ = _ask(cuts=[{"from": IT, "to": MAT}])
    assert _p(spared, "after")["cat"] > 0.9


def test_what_the_map_says_is_of_the_head_that_is_asked() -> None:
    head, maps = _ask(head={"layer": 0, "head": 2})
    said = head["says"]["map"]
    row = maps["before"][0, 2, IT]
    assert (said["layer"], said["head"]) == (0, 2)
    assert said["to"] == (CAT if row[CAT] > row[MAT] else MAT)
    assert said["weight"] == pytest.approx(row[said["to"]], abs=1e-5)


def test_the_arithmetic_of_a_cell() -> None:
    head, maps = _ask(cell={"layer": 1, "head": 3, "from": IT, "to": CAT})
    cell = head["cell"]
    score, scaled, weight = cell["score"], cell["scaled"], cell["weight"]
    assert np.dot(score["left"], score["right"]) == pytest.approx(score["value"], abs=1e-4)
    assert scaled["value"] == pytest.approx(score["value"] / scaled["divisor"], abs=1e-5)
    assert weight["row"][CAT] == pytest.approx(scaled["value"])
    assert weight["powers"][CAT] / weight["sum"] == pytest.approx(weight["value"], abs=1e-5)
    assert weight["value"] == cell["weights"][CAT]
    assert weight["value"] == pytest.approx(maps["before"][1, 3, IT, CAT], abs=1e-5)
    mixed = np.array(cell["weights"]) @ np.array(cell["values"])
    assert np.allclose(mixed, cell["mixed"], atol=1e-5)
    cut, _ = _ask(
        cell={"layer": 1, "head": 3, "from": IT, "to": CAT}, cuts=[{"from": IT, "to": CAT}]
    )
    weight = cut["cell"]["weight"]
    assert weight["row"][CAT] is None and weight["value"] == 0 and weight["cut"]


def test_a_sentence_without_it_has_maps_and_no_answer() -> None:
    head, maps = _ask(sentence="the cat sat on the mat")
    assert head["at"] is None and head["answer"] is None and head["says"] is None
    assert maps["before"].shape == (2, 4, 6, 6)
    asked, _ = _ask(sentence="the cat sat on the mat", at=1)
    assert asked["at"] == 1 and asked["answer"] is not None


def test_sixty_four_words_and_one() -> None:
    _, maps = _ask(sentence="it " * 64)
    assert maps["before"].shape == (2, 4, 64, 64)
    head, _ = _ask(sentence="it")
    assert head["at"] == 0 and head["says"] is None


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"sentence": 1},
        {"sentence": "cat", "more": 1},
        {"sentence": "cat", "model": "bert"},
        {"sentence": "cat", "model": ["2x4"]},
        {"sentence": "cat", "maps": "all"},
        {"sentence": "cat", "renormalise": 1},
        {"sentence": "cat", "at": 1},
        {"sentence": "cat", "cuts": [{"head": 4}]},
        {"sentence": "cat", "cell": {"layer": 0}},
        {"sentence": "cat", "cell": {"layer": 0, "head": 0, "from": 0, "to": 1}},
        {"sentence": "cat", "head": {"layer": None, "head": 0}},
        {"sentence": "cat", "head": [0, 0]},
    ],
)
def test_what_is_no_question(raw: Any) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        answer(ReferentQuestion.read(raw))


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(MODELS),
    st.booleans(),
    st.data(),
)
def test_any_words_with_any_cuts(
    language: Language, name: str, renormalise: bool, data: st.DataObject
) -> None:
    known = st.sampled_from(VOCABULARIES[language].words[2:])
    text = data.draw(st.lists(known, min_size=1, max_size=20))
    model = network(name, language).model
    place = st.integers(0, len(text) - 1)
    cut = st.fixed_dictionaries(
        {},
        optional={
            "layer": st.integers(0, model.shape["layers"] - 1),
            "head": st.integers(0, model.shape["heads"] - 1),
            "from": place,
            "to": place,
        },
    )
    cuts = data.draw(st.lists(cut, max_size=4))
    asked = {"sentence": " ".join(text), "language": language, "model": name}
    head, maps = _ask(**asked, cuts=cuts, renormalise=renormalise)
    assert np.allclose(maps["before"].sum(-1), 1, atol=1e-3)
    if cuts:
        sums = maps["after"].sum(-1)
        whole = np.isclose(sums, 1, atol=1e-3) | np.isclose(sums, 0, atol=1e-6)
        assert whole.all() if renormalise else (sums <= 1.001).all()
    if head["answer"]:
        assert sum(_p(head).values()) <= 1.0001


def test_a_sentence_unlike_those_of_the_training_says_so() -> None:
    def unlike(sentence: str, language: str = "en", model: str = "2x4") -> str | None:
        found: str | None = _ask(sentence=sentence, language=language, model=model)[0]["unlike"]
        return found

    assert unlike(EXAMPLES["en"][0]) is None and unlike(EXAMPLES["ko"][0], "ko") is None
    assert unlike("the dog chased the cat because it was hungry") == "nouns"
    assert unlike("the cat sat on the mat because it was ripe") == "arrangement"
    assert unlike("the cat sat on the mat") == "arrangement"
    assert unlike("고양이가 개를 밀었다. 그것이 배고파서였다.", "ko") == "nouns"
    masked = "the [MASK] sat on the mat because it was tired"
    assert unlike(masked, model="mlm") is None and unlike(masked) == "arrangement"
