"""The stage that teaches people's hands: what it learns from, and that it repeats."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest
import torch

from core import weights
from core.vision import refusal, unseen
from core.vision.hand import digit, rendered
from core.vision.hand.people import People
from core.vision.mnist import Digits
from core.vision.models import SimpleCNN
from core.vision.shipped import hands, nets, writers_out
from core.vision.shipped.hands import Hands, Lessons
from core.vision.shipped.writers_out import Judged, summary
from core.weights import WeightsError

torch.set_num_threads(1)
SMALL = Hands(epochs=2, in_epoch=12, batch=(8, 8, 4, 4), rate=0.02)


def _given(seed: int = 0) -> Lessons:
    scans = rendered.digits(60, seed)
    r = np.random.default_rng(seed)
    labels = np.arange(40) % 10
    drawings = tuple(digit(int(label), r, held_out=True) for label in labels)
    pens = rendered.moods(People(drawings, labels, labels), 1, seed=3)
    return Lessons(scans, pens, rendered.digits(40, 2), rendered.others(44, 5).images)


def _ours() -> SimpleCNN:
    net = deepcopy(weights.load("mnist_simple_cnn")[0]).requires_grad_(True)
    assert isinstance(net, SimpleCNN)
    return net


def _quiet(_: str) -> None:
    pass


def test_the_same_seed_gives_the_same_bits_and_another_one_others() -> None:
    teacher = weights.load(hands.TEACHER)[0]
    made = [hands.fit(_ours(), teacher, _given(), seed, SMALL, _quiet) for seed in (1, 1, 2)]
    first, again, other = [torch.cat([p.flatten() for p in net.parameters()]) for net in made]
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_it_learns_the_hands_it_is_shown() -> None:
    given = _given()
    before = _ours()
    after = hands.fit(_ours(), weights.load(hands.TEACHER)[0], given, 1, SMALL, _quiet)

    def loss(net: SimpleCNN) -> float:
        logits = refusal.features(net, given.people.images)[1]
        return float(torch.nn.functional.cross_entropy(logits, given.people.labels))

    assert loss(after.to(memory_format=torch.contiguous_format)) < 0.8 * loss(before)  # type: ignore[call-overload]


def test_a_network_is_as_far_on_the_line_as_it_has_not_forgotten() -> None:
    second = weights.load("mnist_tiny")[0]
    first = nets.build(second.plan).eval()
    digits = rendered.digits(200, 4)
    assert nets.between(second, second, digits)[1] == 1
    back, share = nets.between(second, first, digits)
    assert share < 0.5
    wrong = [
        int((nets.logits(net, digits.images).argmax(1) != digits.labels).sum())
        for net in (second, back, first)
    ]
    assert wrong[1] <= wrong[0] + nets.MORE < wrong[2]


@pytest.mark.parametrize("name", ["lenet5", "alexnet", "vgg", "tiny"])
def test_a_card_says_from_which_weights_it_went_on_and_who_taught(name: str) -> None:
    net, card = weights.load(name)
    first, _ = weights.load(card["recipe"]["begins from"])
    weights.load(card["recipe"]["taught by"].partition(",")[0])
    assert card["data"] == hands.LICENCE
    assert net.plan == first.plan
    assert net.state_dict()["conv1.weight"].ne(first.state_dict()["conv1.weight"]).any()


def test_logits_of_what_is_no_digit_stay_even_because_the_loss_asks_for_it() -> None:
    given = _given()
    sure = []
    for outlier in (0.5, 0.0):
        settings = replace(SMALL, outlier=outlier)
        net = hands.fit(_ours(), weights.load(hands.TEACHER)[0], given, 1, settings, _quiet)
        logits = refusal.features(net, given.others)[1]
        sure.append(float(logits.softmax(1).max(1).values.mean()))
    assert sure[0] < sure[1]


def test_a_summary_counts_refusals_as_wrong_and_names_the_worst_writer() -> None:
    probabilities = torch.eye(10)[[0, 1, 2, 3, 0, 0]]
    labels = torch.tensor([0, 1, 2, 3, 4, 0])
    refused = torch.tensor([False, True, False, False, False, False])
    told = summary(Judged(probabilities, labels, refused), np.array([1, 1, 1, 2, 2, 2]))
    assert told["answers"]["share"] == pytest.approx(4 / 6)
    assert told["right"]["share"] == pytest.approx(5 / 6)
    assert told["refused"]["share"] == pytest.approx(1 / 6)
    assert told["by_writer"] == {1: 0.6667, 2: 0.6667}
    assert told["worst"] == 0.6667
    assert told["calibration_error"] == pytest.approx(0.2)  # surely wrong once in five answers


def test_writers_whom_no_network_saw_are_read_as_well_as_is_said() -> None:
    found = unseen.results()
    ours, way = found["ours"], found["strokes_lstm"]
    assert ours["answers"]["of"] == way["answers"]["of"] == 7494
    assert len(ours["by_writer"]) == 30
    assert ours["answers"]["share"] >= 0.985
    assert ours["worst"] >= 0.9 > found["notes"]["worst"]  # of one writer in thirty
    assert sorted(ours["by_writer"].values())[1] >= 0.95
    assert ours["refused"]["share"] <= 0.01
    assert ours["nondigits_accepted"] <= 0.03
    assert ours["calibration_error"] <= 0.01
    assert way["answers"]["share"] >= 0.985
    # and those who have seen pens are better than who has not
    assert ours["answers"]["share"] > found["notes"]["answers"]["interval"][1]


def test_missing_results_name_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    unseen.results.cache_clear()
    monkeypatch.setattr(unseen, "FILE", unseen.FILE.with_name("nothing.json"))
    try:
        with pytest.raises(WeightsError, match="python -m core train writers_out"):
            unseen.results()
    finally:
        unseen.results.cache_clear()


def test_the_joined_parts_keep_their_order() -> None:
    parts = [
        Judged(torch.full((n, 10), float(n)), torch.full((n,), n), torch.ones(n, dtype=torch.bool))
        for n in (1, 2)
    ]
    joined = writers_out._joined(parts)
    assert joined.labels.tolist() == [1, 2, 2]
    assert joined.probabilities.shape == (3, 10)


def test_digits_and_others_are_those_of_the_first_stage() -> None:
    """Generated sets did not change when more kinds came: the first stage can be made again."""
    again: Digits = rendered.others(22, 12)
    assert int(again.images.long().sum()) == int(rendered.others(22, 12).images.long().sum())
    more = rendered.others(4, 12, kinds=hands.MORE_KINDS)
    assert more.labels.tolist() == [0, 1, 0, 1]
