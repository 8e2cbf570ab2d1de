"""An answer holds what the network computes, and every number can be worked out again."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
import torch

from core.language.transformer import answer, lesson, program
from core.language.transformer.example import SETTING
from core.language.transformer.job import JOB, model_of
from core.language.transformer.networks import network
from core.language.transformer.question import DecodingQuestion
from core.language.transformer.rules import rules
from core.language.transformer.tasks import TASKS, task
from core.language.transformer.trace import Pass, arrays
from core.language.transformer.views import Address, matrices, names
from core.training import shipped

CAT = {"task": "en-ko", "text": "The cat sat on the mat."}


def ask(**more: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.answer(CAT | more))
    return found


def test_the_cat_sits_on_the_mat() -> None:
    found = ask()
    assert found["said"] == "고양이가 매트 위에 앉았다" == found["truth"]["text"]
    assert found["right"] and found["ended"] and found["truth"]["held_out"]
    assert found["source"] == ["the", "cat", "sat", "on", "the", "mat", "<end>"]
    assert found["target"][0] == "<start>" and found["target"][-1] == "<end>"
    heads, rows = 4, len(found["target"]) - 1
    assert np.shape(found["cross"]) == (1, heads, rows, 7)
    assert np.shape(found["decoder"]) == (1, heads, rows, rows)
    assert np.triu(np.array(found["decoder"])[0, 0], 1).any() is np.False_
    for name in ("cross", "decoder"):
        assert np.allclose(np.sum(found[name], -1), 1, atol=1e-5)
    # what sat is in Korean is read off "sat"
    read = np.array(found["cross"])[0, :, found["target"].index("앉았다") - 1]
    assert read.mean(0).argmax() == 2


def test_every_step_is_that_of_decoding_step_by_step() -> None:
    found = ask()
    model, about = network("en-ko").model, task("en-ko")
    ids = [about.index[token] for token in found["target"]]
    source = torch.tensor([about.source(found["source"][:-1])])
    whole = np.array(found["cross"])
    for t, step in enumerate(found["steps"]):
        decoded = model.decode(model.encode(source), torch.tensor([ids[: t + 1]]))
        chances = decoded.logits[0, -1].softmax(-1)
        assert step["token"] == step["top"][0]["token"] == about.words[int(chances.argmax())]
        assert step["p"] == pytest.approx(float(chances.max()), abs=1e-6)
        crossed = decoded.layers[0].crossed
        assert crossed is not None
        assert np.allclose(crossed.attention.weights[0, :, -1].numpy(), whole[0, :, t], atol=1e-5)


def test_a_token_that_is_changed_stays_and_decoding_goes_on() -> None:
    found = ask(prefix=["개", "가"])
    assert found["target"][1:4] == ["개", "가", "매트"] and not found["right"]
    assert [step["forced"] for step in found["steps"][:3]] == [True, True, False]
    assert found["steps"][0]["p"] < 0.01  # what was put there is not what the model would say


def test_fed_the_truth_and_alone_stand_side_by_side() -> None:
    state = shipped.load("transformer_run").at(150).state
    text = json.dumps(CAT | {"text": "the girl will give the red flower to the teacher"})
    found = JOB.inspections["answer"](SETTING, state, {"q": text})
    teacher, truth = found["teacher"], found["truth"]["tokens"]
    assert len(truth) == len(teacher["says"])
    right = [said == want for said, want in zip(teacher["says"], truth, strict=True)]
    assert teacher["right"] == sum(right)
    assert (teacher["greedy"]["says"] == truth) is all(right) is found["right"]


@pytest.mark.parametrize("name", TASKS)
def test_every_example_is_answered_rightly(name: str) -> None:
    for text in task(name).examples:
        assert json.loads(answer.answer({"task": name, "text": text}))["right"], text


def test_torchs_own_layers_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    exec(program.picture("en-ko", CAT["text"]), {})
    *steps, line = capsys.readouterr().out.splitlines()
    found = ask()
    assert line.split() == found["target"]
    for said, step in zip(steps, found["steps"], strict=True):
        token, p = said.split()
        assert token == step["token"] and float(p) == pytest.approx(step["p"], abs=1e-4)


def test_a_beam_and_a_draw() -> None:
    found = ask(mode="beam", beams=4)
    assert max(map(len, found["beam"]["steps"])) == 16 and found["right"]
    best = [n for step in found["beam"]["steps"] for n in step if n["id"] == found["beam"]["best"]]
    assert (
        best[0]["token"] == "<end>" and best[0]["score"] >= found["beam"]["greedy"]["score"] - 1e-6
    )
    hot = {"mode": "sample", "temperature": 5.0}
    assert ask(**hot, seed=1) == ask(**hot, seed=1)
    assert len({ask(**hot, seed=seed)["said"] for seed in range(6)}) > 1


def test_every_matrix_of_every_block_opens() -> None:
    setting = JOB.read({"layers": 2, "heads": 2, "width": 32})
    model, words = model_of(setting, JOB.start(setting)[0]), setting.about.words
    source, target = ["the", "cat", "sat", "<end>"], ["<start>", "고양이", "가"]
    encoded = model.encode(torch.tensor([setting.about.source(source[:-1])]))
    decoded = model.decode(encoded, torch.tensor([[words.index(token) for token in target]]))
    seen = Pass(model, encoded, decoded, source, target, words)
    declared, trace = rules(seen), arrays(seen)
    for name in names(2):
        for matrix in matrices(seen, trace, Address.of(name, 2), 1):
            assert matrix.values.shape[0] == len(matrix.rows)
            assert matrix.columns is None or matrix.values.shape[1] == len(matrix.columns)
            for row, column in ((0, 1), (2, 0), (1, 2)):
                shown = declared.open(trace, matrix.cell(row, column))
                assert shown.value == float(matrix.values[row, column])
                assert shown.total == pytest.approx(shown.value, abs=1e-4), (name, matrix.name)


def test_all_factors_of_a_sum_travel_to_be_drawn() -> None:
    cell = {"matrix": "q", "row": 2, "column": 3}
    found = ask(block="decoder.0.cross", head=1, cell=cell)["block"]["opened"]
    products = np.array(found["left"]) * np.array(found["right"])
    assert len(products) == 64
    assert products.sum() + found["bias"] == pytest.approx(found["value"], abs=1e-5)


@pytest.mark.parametrize(
    ("block", "matrix"),
    [("decoder.0.cross", "q"), ("softmax", "probabilities"), ("encoder.0.attention", "masked")],
)
def test_the_program_prints_the_number(
    block: str, matrix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = {"matrix": matrix, "row": 3, "column": 2}
    found = lesson.number(DecodingQuestion.read(CAT | {"block": block, "head": 1, "cell": cell}))
    source = program.number(found)
    exec(source, {})
    torch.set_grad_enabled(True)
    for line in capsys.readouterr().out.split():
        assert float(line) == pytest.approx(found.shown.value, abs=1e-4)
    assert f"{found.shown.value:.6f}" in source


def test_without_a_cell_the_number_is_what_the_last_step_reads_most() -> None:
    found = lesson.number(DecodingQuestion.read(CAT | {"head": 2})).shown
    assert found.value == pytest.approx(max(ask()["cross"][-1][2][-1]), abs=1e-6)


def test_a_block_is_opened_with_the_arithmetic_of_a_cell() -> None:
    cell = {"matrix": "masked", "row": 0, "column": 3}
    found = ask(block="decoder.0.attention", head=2, cell=cell)["block"]
    shown = {matrix["name"]: matrix for matrix in found["matrices"]}
    assert shown["weights"]["columns"] == ask()["target"][:-1] == shown["weights"]["rows"]
    assert shown["masked"]["values"][0][3] is None and not found["opened"]["open"]
    assert np.allclose(shown["weights"]["values"], ask()["decoder"][0][2], atol=1e-6)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {"task": "en-ko"},
        {"task": ["en-ko"], "text": "the cat"},
        {"task": "en-fr", "text": "the cat"},
        CAT | {"text": "the elephant"},
        CAT | {"mode": "best"},
        CAT | {"mode": "beam", "beams": 6},
        CAT | {"beams": True},
        CAT | {"temperature": 0},
        CAT | {"temperature": math.nan},
        CAT | {"seed": -1},
        CAT | {"prefix": "개"},
        CAT | {"prefix": ["cat"]},
        CAT | {"prefix": ["<end>"]},
        CAT | {"prefix": [1]},
        CAT | {"prefix": ["개"] * 24},
        CAT | {"block": "encoder.7.attention"},
        CAT | {"block": "encoder.0.cross"},
        CAT | {"block": 3},
        CAT | {"block": "linear", "head": 4},
        CAT | {"block": "linear", "cell": {"matrix": "q", "row": 0, "column": 0}},
        CAT | {"block": "linear", "cell": {"matrix": "x", "row": 99, "column": 0}},
        CAT | {"block": "linear", "cell": {"matrix": "x", "row": -1, "column": 0}},
        CAT | {"block": "linear", "cell": [0, 0]},
        CAT | {"block": "linear", "cell": {"matrix": {}, "row": 0, "column": 0}},
        CAT | {"other": 1},
    ],
)
def test_a_question_that_cannot_be_used_gets_a_sentence(raw: object) -> None:
    with pytest.raises(ValueError, match=r"[A-Z“].*\.$"):
        answer.answer(raw)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"task": "copy", "text": "1 2 3"}'])
def test_an_inspection_that_cannot_be_used_gets_a_sentence(text: str) -> None:
    state = shipped.load("transformer_run").at(0).state
    with pytest.raises(ValueError, match=r"\.$"):
        JOB.inspections["answer"](SETTING, state, {"q": text})
