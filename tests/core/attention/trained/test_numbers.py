"""Numbers of a trained network, opened: each equals what the page shows of it."""

from __future__ import annotations

import pytest
import torch

from core.attention.trained.answer import answer, reply
from core.attention.trained.numbers import Numbers, numbers
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.sentences.english import ENGLISH
from core.attention.trained.shipped import EXAMPLES, network
from core.opened import Cell
from core.schema import Refusal

CUTS = [{"from": 7, "to": 1}, {"layer": 0, "head": 2}]
NET = network("2x4")


def passes(array: str = "logits", **raw: object) -> tuple[ReferentQuestion, Numbers]:
    number = {"array": array, "index": [0, 0]}
    question = ReferentQuestion.read({"sentence": EXAMPLES["en"][0], "number": number} | raw)
    return question, numbers(NET.model, question)


@pytest.mark.parametrize("renormalise", [True, False])
@pytest.mark.parametrize("kind", ["weights", "norms"])
def test_maps_before_and_after_cuts(kind: str, renormalise: bool) -> None:
    question, found = passes(cuts=CUTS, maps=kind, renormalise=renormalise)
    plain = ReferentQuestion.read(question.write() | {"number": None})
    _head, maps = reply(NET.model, plain, None)
    for layer in range(2):
        for name, prefix in (("after", ""), ("before", "uncut_")):
            array = found.trace[f"{prefix}layer_{layer}_attention_{kind}"]
            torch.testing.assert_close(array, maps[name][layer])
        torch.testing.assert_close(found.trace[f"layer_{layer}_rollout"], maps["rollout"][layer])


def test_probabilities_and_what_one_cut_takes() -> None:
    question, found = passes("without_1_lost")
    head, _maps = reply(NET.model, ReferentQuestion(EXAMPLES["en"][0]), None)
    cat = ENGLISH.index["cat"]
    assert question.referring is not None
    (cut,) = (cut for cut in head["says"]["cuts"] if cut["to"] == 1)
    lost = found.open(Cell("without_1_lost", (question.referring, cat)))
    assert lost.value == pytest.approx(cut["before"] - cut["after"], abs=1e-6)
    after = found.open(Cell("without_1_probabilities", (question.referring, cat)))
    assert after.value == pytest.approx(cut["after"], abs=1e-6)


@pytest.mark.parametrize(
    ("array", "index"),
    [
        ("nothing", [0]),
        ("layer_2_attention_q", [0, 0, 0]),
        ("layer_0_attention_q", [4, 0, 0]),
        ("layer_0_attention_q", [0, 0]),
        ("layer_0_attention_q", ["0", 0, 0]),
        ("uncut_logits", [0, 0]),
        ("without_99_lost", [0, 0]),
    ],
)
def test_what_is_no_number(array: str, index: list[object]) -> None:
    number = {"array": array, "index": index}
    with pytest.raises(Refusal, match=r"\.$"):
        answer(ReferentQuestion.read({"sentence": EXAMPLES["en"][0], "number": number}))
