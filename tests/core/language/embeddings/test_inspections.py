"""What is asked of a run: answers that the vectors give, one step opened, and bad questions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch.nn.functional import cosine_similarity, cross_entropy, logsigmoid

from core.language.embeddings import similarity
from core.language.embeddings.job import JOB, model_of
from core.language.embeddings.model import Vectors
from core.language.embeddings.setting import METHODS, VectorsSetting
from core.training.job import State
from core.training.record import record

_SHORT = {"skip_gram": 6, "cbow": 2, "glove": 60, "ppmi_svd": 1}
WORDS = ("king", "man", "woman")
_STATES: dict[VectorsSetting, State] = {}


def _run(**chosen: Any) -> tuple[VectorsSetting, State, Vectors]:
    method = chosen.get("method", "skip_gram")
    setting = VectorsSetting(**chosen, epochs=_SHORT[method], learning_rate=0.02, dimension=10)
    if setting not in _STATES:
        _STATES[setting] = record(JOB, setting, keep=2).saved[-1].state
    return setting, _STATES[setting], model_of(setting, _STATES[setting])


def _inspect(name: str, *, of: dict[str, Any] | None = None, **query: str) -> Any:
    setting, state, _ = _run(**(of or {}))
    return JOB.inspections[name](setting, state, query)


def _grad(leaf: torch.Tensor) -> torch.Tensor:
    assert leaf.grad is not None
    return leaf.grad


def test_neighbours_and_similarities_are_cosines() -> None:
    setting, _, model = _run()
    index, vectors = setting.corpus().index, model.words()
    for word, cosine in _inspect("near", word="king", count="5")["cosine"]:
        assert word != "king"
        expected = cosine_similarity(vectors[index["king"]], vectors[index[word]], dim=0)
        assert cosine == pytest.approx(float(expected), abs=1e-5)
    found = _inspect("similar", words="people,dog")
    assert found["words"][-1] == "dog"
    assert np.allclose(found["cosines"], found["cosines"].T, atol=1e-6)
    assert np.allclose(np.diag(found["cosines"]), 1, atol=1e-5)
    assert len(_inspect("similar")["words"]) == 32


def test_an_analogy_excludes_or_includes_its_words() -> None:
    found = _inspect("analogy", a="king", b="man", c="woman")
    assert found["answer"] == "queen"
    assert _inspect("analogy", a="woman", b="man", c="king")["answer"] == "queen"
    assert not {"king", "man", "woman"} & {word for word, _ in found["excluding"]}
    best = [pair for pair in found["including"] if pair[0] not in ("king", "man", "woman")]
    assert best == found["excluding"][: len(best)]
    b, a, c, result = found["plane"]
    assert np.allclose(result, a - b + c, atol=1e-5)
    setting, _, model = _run()
    index, vectors = setting.corpus().index, model.words()
    x, y, z = (vectors[index[word]] / vectors[index[word]].norm() for word in WORDS)
    first, cosine = found["including"][0]
    expected = cosine_similarity(x - y + z, vectors[index[first]], dim=0)
    assert cosine == pytest.approx(float(expected), abs=1e-5)
    small = _inspect("analogy", a="king", b="man", c="woman", fit="people")
    of_all = _inspect("map", words="people")
    at = of_all["words"].index("king")
    assert np.allclose(small["plane"][1], of_all["plane"][at], atol=1e-6)


def test_a_window_makes_the_pairs_of_its_places() -> None:
    found = _inspect("window", of={"text": "one two three four. five one two", "window": 2})
    assert found["tokens"] == ["one", "two", "three", "four"]
    assert found["pairs"][0] == [[0, 1], [0, 2]]
    assert found["pairs"][1] == [[1, 0], [1, 2], [1, 3]]
    rare = _inspect("window", of={"text": "one two x one. one two", "min_count": 2})
    assert rare["ids"][2] == -1
    assert rare["pairs"] == [[[0, 1], [0, 3]], [[1, 0], [1, 3]], [], [[3, 0], [3, 1]]]


@pytest.mark.parametrize("objective", ["softmax", "negative"])
@pytest.mark.parametrize("method", ["skip_gram", "cbow"])
def test_one_step_opened_is_autograd(method: str, objective: str) -> None:
    setting, _, model = _run(method=method, objective=objective)
    index = setting.corpus().index
    around = "king,the" if method == "cbow" else "palace"
    centre = "palace" if method == "cbow" else "king"
    of = {"method": method, "objective": objective}
    found = _inspect("opened", of=of, centre=centre, context=around, rate="0.3")
    inward = model.inward.data.clone().requires_grad_()
    outward = model.outward.data.clone().requires_grad_()
    inside = [index[word] for word in around.split(",")] if method == "cbow" else [index["king"]]
    target = index["palace"]
    hidden = inward[inside].mean(0)
    hidden.retain_grad()
    scores = outward @ hidden
    scores.retain_grad()
    if objective == "softmax":
        loss = cross_entropy(scores[None], torch.tensor([target]))
    else:
        loss = -logsigmoid(scores[target]) - logsigmoid(-scores[found["negatives"]]).sum()
    loss.backward()  # type: ignore[no-untyped-call]
    assert found["loss"] == pytest.approx(loss.item(), rel=1e-5)
    assert np.allclose(found["hidden"], hidden.detach(), atol=1e-6)
    assert np.allclose(found["gradient_hidden"], _grad(hidden), atol=1e-6)
    assert np.allclose(
        found["update_in"], (inward - 0.3 * _grad(inward))[inside].detach(), atol=1e-6
    )
    out = found["out"]
    assert out["ids"][0] == target
    assert np.allclose(out["gradient"], _grad(outward)[out["ids"]], atol=1e-6)
    assert np.allclose(out["after"], out["before"] - 0.3 * out["gradient"], atol=1e-6)
    assert found["after"] < found["loss"]
    if objective == "softmax":
        assert np.allclose(found["gradient_scores"], _grad(scores), atol=1e-6)
        assert found["gradient_sum"] == pytest.approx(0, abs=1e-5)
        assert found["softmax"].sum() == pytest.approx(1, abs=1e-5)
    else:
        assert len(found["negatives"]) == setting.negatives
        assert np.allclose(found["gradient_scores"], found["sigmoid"] - found["labels"])


def test_one_cell_of_glove_is_autograd() -> None:
    setting, _, model = _run(method="glove")
    i, j = (setting.corpus().index[word] for word in ("king", "palace"))
    found = _inspect("opened", of={"method": "glove"}, centre="king", context="palace")
    w = model.inward.data[i].clone().requires_grad_()
    u = model.outward.data[j].clone().requires_grad_()
    error = w @ u + model.inward_bias[i] + model.outward_bias[j] - found["log"]
    loss = found["weight"] * error**2
    loss.backward()
    assert found["loss"] == pytest.approx(loss.item(), rel=1e-4)
    assert np.allclose(found["in"]["gradient"], _grad(w), atol=1e-5)
    assert np.allclose(found["out"]["gradient"], _grad(u), atol=1e-5)
    after = found["in"]["before"] - found["learning_rate"] * found["in"]["gradient"]
    assert np.allclose(found["in"]["after"], after, atol=1e-6)
    after = found["out"]["before"] - found["learning_rate"] * found["out"]["gradient"]
    assert np.allclose(found["out"]["after"], after, atol=1e-6)
    empty = _inspect("opened", of={"method": "glove"}, centre="king", context="tokyo")
    assert empty["log"] is None
    assert empty["loss"] == empty["error"] == empty["after"] == 0


def test_a_number_opens_to_what_the_picture_shows() -> None:
    of = {"method": "skip_gram", "objective": "negative"}
    pair = {"centre": "king", "context": "palace"}
    step = _inspect("opened", of=of, **pair)
    king = _run(**of)[0].corpus().index["king"]
    shown = {
        "loss": step["loss"],
        "after": step["after"],
        "hidden.3": step["hidden"][3],
        "p.2": step["sigmoid"][2],
        "gradient.0": step["gradient_scores"][0],
        f"inward_gradient.{king}.4": step["gradient_in"][0][4],
        f"inward_after.{king}.4": step["update_in"][0][4],
    }
    for name, value in shown.items():
        array, _, index = name.partition(".")
        found = _inspect("arithmetic", of=of, **pair, array=array, index=index)
        assert found["opened"]["value"] == pytest.approx(float(value), abs=1e-7), name
        assert found["opened"]["total"] == pytest.approx(float(value), abs=1e-5), name
        assert found["latex"].endswith(f"{float(value):.3f}")
        assert f"{found['opened']['value']:.6f}" in found["program"]
    of_cell = {"about": "cell", "row": "king", "column": "palace", "array": "ppmi"}
    cell = _inspect("cell", row="king", column="palace")
    assert _inspect("arithmetic", **of_cell)["opened"]["value"] == cell["ppmi"]["ppmi"]
    near = _inspect("near", word="king")["cosine"][0]
    cosine = _inspect("arithmetic", about="cosine", a="king", b=near[0], array="cosine")
    assert cosine["opened"]["value"] == pytest.approx(near[1], abs=1e-6)
    sums = _inspect("analogy", a="king", b="man", c="woman")["including"][0]
    asked = {"a": "king", "b": "man", "c": "woman", "d": sums[0], "array": "cosine"}
    assert _inspect("arithmetic", about="cosine", **asked)["opened"]["value"] == pytest.approx(
        sums[1]
    )


def test_a_score_opens_into_its_questions() -> None:
    setting, _, model = _run()
    scores = similarity.scores(setting.corpus(), model.words())
    assert scores is not None
    for array, share in (("excluding", scores.excluding), ("including", scores.including)):
        found = _inspect("arithmetic", about="score", array=array)
        assert found["opened"]["value"] == pytest.approx(share, abs=1e-6)
        assert found["opened"]["count"] == len(found["rows"]) == scores.of
    # what is named is what is right
    term = _inspect("arithmetic", about="score", array="excluding")["opened"]["terms"][0]
    question = setting.corpus().questions[term["at"][0]][1]
    answers = _inspect("analogy", **dict(zip("abc", question, strict=False)))["excluding"]
    assert (answers[0][0] == question[3]) == bool(term["left"])


def test_a_softmax_adds_up_to_one_with_the_words_that_have_no_line() -> None:
    of = {"method": "skip_gram", "objective": "softmax"}
    pair = {"centre": "king", "context": "palace"}
    step = _inspect("opened", of=of, **pair)
    told = sum(float(step["softmax"][i]) for i in step["lines"])
    others, whole = (
        _inspect("arithmetic", of=of, **pair, array=array)["opened"]["value"]
        for array in ("p_others", "p_sum")
    )
    assert len(step["lines"]) == 9
    assert told + others == pytest.approx(1, abs=1e-5) == whole


def test_one_cell_of_ppmi() -> None:
    found = _inspect("opened", of={"method": "ppmi_svd"}, centre="king", context="palace")
    assert found["by_chance"] == pytest.approx(found["row"] * found["column"] / found["total"])
    assert found["ppmi"] == pytest.approx(np.log(found["joint"] / found["by_chance"]), rel=1e-4)
    assert found["reconstructed"] == pytest.approx(
        float(np.dot(found["in"]["before"], found["out"]["before"])), rel=1e-4
    )
    cell = _inspect("cell", row="king", column="palace")
    assert cell["ppmi"]["ppmi"] == found["ppmi"]
    heat = _inspect("counts", words="king,palace", kind="ppmi")
    assert heat["values"][0, 1] == pytest.approx(found["ppmi"])


@pytest.mark.parametrize("method", METHODS)
def test_every_inspection_answers_for_every_method(method: str) -> None:
    asked: dict[str, dict[str, Any]] = {
        "opened": {"centre": "king", "context": "the"},
        "near": {"word": "king"},
        "analogy": {"a": "king", "b": "man", "c": "woman"},
        "cell": {"row": "king", "column": "the"},
        "arithmetic": {"about": "cosine", "a": "king", "b": "queen", "array": "cosine"},
    }
    for name in set(JOB.inspections) - {"tsne"}:
        assert _inspect(name, of={"method": method}, **asked.get(name, {}))


def test_tsne_of_a_run() -> None:
    found = _inspect("tsne", perplexity="100")
    assert found["plane"].shape == (170, 2)
    assert found["perplexity"] < 57  # a third of the words


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("near", {}, "not in the vocabulary"),
        ("near", {"word": "\U0001f600" * 500}, "not in the vocabulary"),
        ("near", {"word": "king", "count": "x"}, "Count"),
        ("similar", {"words": "king,,"}, "not in the vocabulary"),
        ("similar", {"words": "people,country,animal,comparative,what,sound"}, "At most 64"),
        ("opened", {"centre": "king"}, "context"),
        ("opened", {"centre": "king", "context": "the", "rate": "nan"}, "Rate"),
        ("counts", {"kind": "none"}, "Kind"),
        ("arithmetic", {"about": "x"}, "cosine"),
        ("arithmetic", {"about": "cosine", "a": "king", "b": "man", "array": "q"}, "There is no"),
        ("arithmetic", {"about": "cosine", "a": "king", "b": "man", "index": "x"}, "whole"),
        ("window", {"sentence": "2000"}, "Sentence"),
        ("window", {"sentence": "1.5"}, "whole number"),
        ("tsne", {"perplexity": "1"}, "Perplexity"),
    ],
)
def test_bad_questions_are_told_in_a_sentence(name: str, query: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        _inspect(name, **query)
