"""The questions at the end of the pages: what is right is computed here, or published."""

from __future__ import annotations

import json
import math
import pickle
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from starlette.applications import Starlette
from starlette.testclient import TestClient
from torch import nn
from torch.nn import functional as F

from core.claims import CLAIMS
from core.intervals import interval
from core.language.bert import masking
from core.language.embeddings import counts
from core.language.transformer import switches
from core.networks import answer, inputs
from core.recurrent.text.learning import Learning
from core.recurrent.text.setting import TextSetting
from core.training import shipped
from core.vision.hand import sample
from core.vision.imagenet.networks import plan
from core.vision.photo.light import lit
from core.vision.photo.threshold import between
from core.weights import FOLDER
from pages import registry
from pages.kit import recall, routes
from pages.kit.language import LANGUAGES
from pages.kit.recall import Choice, Question

ASKED = {
    f"{entry.folder}/{question.name}": question
    for entry in registry.PAGES
    for question in entry.questions
}


@cache
def _card(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def _logits() -> torch.Tensor:
    return torch.randn(10, generator=torch.Generator().manual_seed(1))


def _temperature() -> bool:
    before, after = _logits().softmax(0), (_logits() / 2).softmax(0)
    return bool(before.argmax() == after.argmax() and before.max() > after.max())


def _blank() -> float:
    kernel = torch.full((1, 1, 3, 3), 2 / 9)
    return float(F.conv2d(-torch.ones(1, 1, 3, 3), kernel, torch.tensor([0.5])))


def _uniform() -> float:
    kernel = torch.tensor([[[[1.0, -2, 3], [0, -4, 2], [1, 0, -1]]]])
    assert kernel.sum() == 0
    return float(F.conv2d(torch.full((1, 1, 3, 3), 7.0), kernel))


def _winner() -> bool:
    window = torch.tensor([[[[1.0, 4.0], [3.0, 2.0]]]], requires_grad=True)
    F.max_pool2d(window, 2).sum().backward()  # type: ignore[no-untyped-call]
    assert window.grad is not None
    return window.grad.flatten().tolist() == [0, 1, 0, 0]


def _field() -> int:
    picture = torch.zeros(1, 1, 1, 15, requires_grad=True)
    kernel = torch.ones(1, 1, 1, 3)
    F.conv2d(F.conv2d(picture, kernel), kernel)[..., 5].sum().backward()  # type: ignore[no-untyped-call]
    assert picture.grad is not None
    return int(picture.grad.count_nonzero())


def _larger() -> bool:
    layer = nn.Conv2d(1, 4, 3, padding=1)
    small, large = (layer(torch.zeros(1, 1, side, side)) for side in (8, 16))
    work = [out.numel() * layer.weight[0].numel() for out in (small, large)]
    return work[1] == 4 * work[0]  # the layer is one and the same


def _forgotten() -> bool:
    """The digits that were drawn are learned, and of MNIST less is read than before."""
    marks = dict(shipped.load("hand_run").saved[-1].marks)
    return marks["mnist"] < 0.8 * marks["mnist.start"] and marks["hand"] > 0.9


def _broadcast() -> bool:
    outputs, targets = torch.arange(5.0).view(5, 1), torch.zeros(5, 5, 1)
    compared = torch.broadcast_tensors(outputs, targets)[0]
    return all(torch.equal(compared[window], outputs) for window in range(5))


def _update() -> bool:
    cell = nn.GRUCell(2, 3)
    with torch.no_grad():
        cell.bias_ih[3:6] = 50  # of z: its sigmoid is 1
    state = torch.randn(1, 3)
    return torch.allclose(cell(torch.randn(1, 2), state), state)


def _clip() -> float:
    weight = nn.Parameter(torch.zeros(4))
    weight.grad = torch.full((4,), 0.00005)
    nn.utils.clip_grad_norm_([weight], 1.0)
    return float(weight.grad.norm())


def _order() -> bool:
    layer = nn.MultiheadAttention(8, 2, batch_first=True)
    words, order = torch.randn(1, 5, 8), torch.tensor([3, 1, 4, 0, 2])
    there = layer(words, words, words)[0][:, order]
    turned = words[:, order]
    return torch.allclose(there, layer(turned, turned, turned)[0], atol=1e-6)


def _mixture() -> bool:
    values, weights = torch.eye(2), torch.tensor([[0.8, 0.2]])
    return torch.allclose(weights @ values, 0.8 * values[0] + 0.2 * values[1])


def _one_head() -> bool:
    scopes = _card("it_2x4")["scores"]["scopes"]
    return scopes["head"]["changed"] < 0.05 and scopes["everywhere"]["after"] < 0.05


def _coin() -> bool:
    scores = _card("it_1x1")["scores"]
    return scores["accuracy"] > 0.95 and abs(scores["best_head"]["ahead"] - 0.5) < 0.05


def _contexts() -> float:
    """The cosine of two words that stand in the same contexts, by counting alone."""
    found = torch.tensor([[5.0, 1, 3, 0], [5, 1, 3, 0], [0, 4, 1, 6], [2, 2, 0, 1]])
    left, sizes, _ = torch.linalg.svd(found)
    vectors = left[:, :2] * sizes[:2]
    return float(F.cosine_similarity(vectors[0], vectors[1], dim=0))


def _switched(change: str, task: str) -> Any:
    rows = switches.results()
    return next(row for row in rows if (row["task"], row["change"]) == (task, change))


def _shaded() -> float:
    sheet = np.full((60, 60), 0.8, np.float32)
    sheet[30, 30] = 0.2
    sheet[:, 15:] /= 2
    return round(float(lit(sheet).ink[30, 30]), 2)


def _halfway() -> float:
    ink = np.zeros((40, 40), np.float32)
    ink[:5], ink[5:10] = 0.2, 0.6
    return round(between(ink).value, 2)


def _colder() -> bool:
    scores = torch.tensor([2.0, 1.0])
    return bool((scores / 0.5).softmax(0)[0] > scores.softmax(0)[0])


def _truncated() -> bool:
    """Of a carried state the outputs depend on an earlier letter, and no gradient goes there."""
    train = Learning(TextSetting(hidden=8, context=4, dropout=0.0))
    x = train.model.embed.weight
    train.step(0, 0.0)
    first = train.stretch(0)[0][0, 0]
    scores, _ = train.model(train.stretch(1)[0][:, :-1], train.carried)
    other, _ = train.model(train.stretch(1)[0][:, :-1], torch.zeros_like(train.carried))
    (gradient,) = torch.autograd.grad(scores[0].sum(), x)
    unseen = not bool((train.stretch(1)[0][0, :-1] == first).any())
    return not torch.allclose(scores, other) and (not unseen or not gradient[first].any())


COMPUTED: dict[str, Callable[[], Any]] = {
    "photographed_handwriting/shade": _shaded,
    "photographed_handwriting/halfway": _halfway,
    "photographed_handwriting/all-right": lambda: interval(40, 40)[0],
    "draw_a_digit/scribble": lambda: float(_logits().softmax(0).sum()),
    "draw_a_digit/temperature": _temperature,
    "draw_a_digit/blank": _blank,
    "convolution_and_pooling/size": lambda: F.conv2d(
        torch.zeros(1, 1, 8, 8), torch.zeros(1, 1, 3, 3), stride=2
    ).shape[2],
    "convolution_and_pooling/uniform": _uniform,
    "convolution_and_pooling/winner": _winner,
    "lenet_alexnet_vgg/field": _field,
    "lenet_alexnet_vgg/larger": _larger,
    "real_pictures/depthwise": lambda: 3 * 3 * 100 + 100 * 100,
    "real_pictures/none": lambda: abs(float(torch.randn(1000).softmax(0).sum()) - 1) < 1e-5,
    "real_pictures/coarse": lambda: plan("lite0").costs[plan("lite0").last].shape[1:] == (7, 7),
    "train_a_cnn/selected": lambda: CLAIMS["best_of_ten"].value() > 0,
    "train_a_cnn/forgotten": _forgotten,
    "your_network/pickle": lambda: _runs_a_program(),
    "your_network/shared": lambda: 28 * 28 * 8 * 9,
    "your_network/scale": lambda: _read_badly(),
    "sine_live/broadcast": _broadcast,
    "sine_live/baseline": lambda: CLAIMS["sine_persistence"].value() < 0.05,
    "sine_live/alone": lambda: CLAIMS["gru_free_run"].value() > 2 * CLAIMS["gru_one_step"].value(),
    "inside_the_cell/keep": lambda: 1 * 2 + 0 * math.tanh(0.7),
    "inside_the_cell/update": _update,
    "long_dependencies/half": lambda: round(0.5**10, 3),
    "long_dependencies/clip": _clip,
    "long_dependencies/start": lambda: torch.sigmoid(torch.zeros(1)).item() == 0.5,
    "text_that_writes_itself/halved": lambda: math.exp(-math.log(1 / 4)),
    "text_that_writes_itself/cold": lambda: _colder(),
    "text_that_writes_itself/truncated": lambda: _truncated(),
    "attention_step_by_step/shift": lambda: torch.allclose(
        _logits().softmax(0), (_logits() + 5).softmax(0)
    ),
    "attention_step_by_step/mixture": _mixture,
    "attention_step_by_step/order": _order,
    "attention_in_a_trained_model/one-head": _one_head,
    "attention_in_a_trained_model/norm": lambda: 0.1 * 3 > 0.9 * 0.1,
    "attention_in_a_trained_model/coin": _coin,
    "words_as_vectors/contexts": lambda: math.isclose(_contexts(), 1, abs_tol=1e-4),
    "words_as_vectors/empty": lambda: float(counts.weight(torch.zeros(1))) == 0,
    "transformer/ten": lambda: 0.9**10,
    "transformer/no-mask": lambda: (
        _switched("mask", "en-ko")["exact"] == 0
        and _switched("mask", "en-ko")["token_accuracy"] > 0.9
    ),
    "transformer/no-positions": lambda: (
        _switched("positions", "sort")["exact"] > 2 * _switched("positions", "copy")["exact"]
    ),
    "bert/hundred": lambda: 100 * masking.MASKED,
    "bert/swapped": lambda: (
        _card("bert_en")["scores"]["follows"]["swapped"]
        < _card("bert_en")["scores"]["follows"]["random"]
    ),
}
"""What is right, by computing it: the figure of the right choice, or that what it says is so."""


def _figure(text: str) -> float:
    number = float(text.replace("−", "-").replace(",", "").removesuffix("%"))
    return number / 100 if text.endswith("%") else number


@pytest.mark.parametrize("name", ASKED)
def test_what_is_right_is_computed_or_published(name: str) -> None:
    question = ASKED[name]
    assert (name in COMPUTED) != bool(question.source)
    if name not in COMPUTED:
        return
    found, right = COMPUTED[name](), question.choices[question.right].text
    if isinstance(found, bool):
        assert found
        return
    said = {choice.text: abs(_figure(choice.text) - found) for choice in _figures(question)}
    assert min(said, key=lambda text: said[text]) == right
    assert said[right] <= 0.02 * max(1, abs(found))


def _figures(question: Question) -> list[Choice]:
    return [choice for choice in question.choices if choice.text[0] in "−0123456789"]


def test_nothing_is_computed_for_no_question() -> None:
    assert set(COMPUTED) <= set(ASKED)


@pytest.mark.parametrize("entry", registry.PAGES, ids=lambda entry: entry.folder)
def test_a_page_asks_three_questions_and_explains_every_choice(entry: registry.Entry) -> None:
    assert len(entry.questions) == recall.PAGE
    assert len({question.name for question in entry.questions}) == recall.PAGE
    places = {question.right for question in entry.questions}
    assert len(places) > 1, "the right one always stands in the same place"
    for question in entry.questions:
        texts = [choice.text for choice in question.choices]
        reasons = [choice.why for choice in question.choices]
        assert len(texts) >= 3 and len({*texts, *reasons}) == 2 * len(texts)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_route_tells_all_of_them_in_a_language(code: str) -> None:
    client = TestClient(Starlette(routes=routes.served([recall.route(registry.PAGES)])))
    answer = client.get(f"/forward-pass/recall/{code}")
    assert answer.status_code == 200
    pages = answer.json()
    assert [page["page"] for page in pages] == [entry.path for entry in registry.PAGES]
    texts = [question["prompt"] for page in pages for question in page["questions"]]
    assert len(texts) == len(ASKED) == 48
    assert all(any("가" <= letter <= "힣" for letter in text) for text in texts) == (code == "ko")
    assert client.get("/forward-pass/recall/tlh").status_code == 422


def test_a_question_without_its_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="answer"):
        Question("n", "?", (Choice("a", "because"),), right=1)


def _runs_a_program() -> bool:
    """Whether a pickle that is opened calls what it names."""
    called: list[int] = []
    _CALLED.append(called.append)
    pickle.loads(pickle.dumps(_Hidden()))
    _CALLED.clear()
    return called == [1]


_CALLED: list[Callable[[int], None]] = []


def _call() -> None:
    for each in _CALLED:
        each(1)


class _Hidden:
    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return _call, ()


def _read_badly() -> bool:
    """Whether a network is wrong more often with pixels of another scale than its own."""
    drawn = [sample(seed) for seed in range(40)]

    def right(scale: inputs.Scale) -> int:
        passes = (answer.passed(answer.PassQuestion("lenet5", each, scale=scale)) for each in drawn)
        guesses = (int(ran.known[ran.network.graph.outputs[0]].argmax()) for ran in passes)
        return sum(guess == seed % 10 for seed, guess in enumerate(guesses))

    return right("unit") < right("signed")
