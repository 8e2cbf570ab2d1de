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


def test_the_share_of_a_head_opens_down_to_the_weights_of_a_sentence() -> None:
    """What stands below a head is what its card says, and what single sentences add up to."""
    _, found = passes("ahead")
    card = NET.card["scores"]
    for layer, row in enumerate(card["ahead"]):
        for head, share in enumerate(row):
            assert found.open(Cell("ahead", (layer, head))).value == share
    assert found.ranking is not None
    batch, (layer, head) = found.ranking.batch, NET.best_head
    for sentence in (0, card["of"] - 1):
        lead = found.open(Cell("lead", (layer, head, sentence)))
        assert found.open(Cell("ranked", lead.cell.index)).value == (lead.value > 0)
        _, one = passes(f"sentence_{sentence}_logits")
        read = [one.open(Cell(name, lead.cell.index)) for name in ("referent", "other")]
        assert read[0].value - read[1].value == pytest.approx(lead.value, abs=1e-6)
        words = one.words(read[0].cell)
        assert " ".join(words) == batch.texts()[sentence]
        places = [words[at] for at in (shown.cell.index[2] for shown in read)]
        assert (
            places == [words[int(of[sentence])] for of in (batch.referent, batch.other)]
            and words[read[0].cell.index[1]] == "it"
        )
    with pytest.raises(Refusal, match="no sentence"):
        passes("sentence_2048_logits")
