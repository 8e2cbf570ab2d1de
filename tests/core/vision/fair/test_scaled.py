"""Networks of equal cost, the experiments, and what may be said about them."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from core.vision.fair import compare as fair
from core.vision.fair import results as fair_results
from core.vision.fair.compare import BUDGETS, FAMILIES, Course, plan_of, train
from core.vision.fair.ideas import IDEAS
from core.vision.fair.results import outcome
from core.vision.fair.scaled import cost, scaled
from core.vision.hand import rendered
from core.vision.nets import PLANS, Plan, build, vgg
from core.vision.training.setting import CnnSetting


@pytest.mark.parametrize("name", PLANS)
def test_the_cost_is_that_of_the_network_that_answers(name: str) -> None:
    plan = PLANS[name]()
    assert cost(plan).parameters == sum(p.numel() for p in build(plan).bare().parameters())


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("equal", BUDGETS)
def test_a_scaled_network_is_as_wide_as_the_budget_allows(family: str, equal: Any) -> None:
    plan = scaled(FAMILIES[family](), equal, BUDGETS[equal])
    spent = getattr(cost(plan), equal)
    assert 0.9 * BUDGETS[equal] < spent <= BUDGETS[equal]
    kinds = [[word for word in layer.split() if not word.isdigit()] for layer in plan.layers]
    assert kinds == [
        [w for w in layer.split() if not w.isdigit()] for layer in FAMILIES[family]().layers
    ]


def test_lenet5_at_its_own_cost_is_itself() -> None:
    for equal, budget in BUDGETS.items():
        assert scaled(PLANS["lenet5"](), equal, budget) == PLANS["lenet5"]()


def test_a_budget_that_no_network_meets_is_refused() -> None:
    with pytest.raises(ValueError, match="Even one map a layer costs more than 10"):
        scaled(vgg(), "parameters", 10)


def test_the_same_seed_gives_the_same_bits() -> None:
    digits = rendered.digits(130, 1)
    course = Course(0.01, steps=3, adam=False, points=3)
    plan = Plan(("conv 2 3 1", "max 2 2", "fc 8"), dropout=0.5)
    (one, curve), (two, again) = (train(plan, digits, digits, course, 7) for _ in range(2))
    assert curve.steps == again.steps == [0, 1, 2, 3]
    assert curve.loss == again.loss and curve.accuracy == again.accuracy
    for a, b in zip(one.parameters(), two.parameters(), strict=True):
        assert torch.equal(a, b)
    other, _ = train(plan, digits, digits, course, 8)
    assert not torch.equal(other.logits.weight, one.logits.weight)  # type: ignore[arg-type]


def test_seconds_end_a_training() -> None:
    digits = rendered.digits(130, 1)
    plan = Plan(("conv 2 3 1", "max 2 2"))
    _, curve = train(plan, digits, digits, Course(0.01, seconds=0.05, points=2), 1)
    assert curve.steps[-1] > 1 and curve.seconds[-1] >= 0.05


def test_train_a_cnn_can_repeat_what_it_is_asked_to() -> None:
    asked = [variant for idea in IDEAS for variant in idea.variants if variant.config]
    assert len(asked) == 7
    for variant in asked:
        assert variant.config is not None
        setting = CnnSetting(**variant.config)
        assert setting.plan == variant.plan
        assert (setting.augment != "none") == variant.changed


def runs(*intervals: tuple[float, float]) -> list[dict[str, Any]]:
    return [{"interval": list(interval), "curve": {"loss": [0.1]}} for interval in intervals]


def test_only_what_chance_does_not_allow_is_called_a_difference() -> None:
    first = runs((0.90, 0.92), (0.91, 0.93))
    assert outcome(first, runs((0.94, 0.95), (0.935, 0.945))) == "better"
    assert outcome(first, runs((0.94, 0.95), (0.925, 0.945))) == "same"
    assert outcome(first, runs((0.80, 0.82), (0.88, 0.89))) == "worse"
    assert outcome(first, first) == "same"


def test_what_has_not_begun_to_learn_is_no_worse_idea() -> None:
    """Stacks of three, six and twelve layers without normalisation, and LeNet-5 with a sigmoid."""
    asleep = {
        f"{name}.{variant['name']}"
        for name, idea in fair_results.picture()["ideas"].items()
        for variant in idea["variants"]
        if variant["outcome"] == "not_begun"
    }
    assert asleep == {"activation.sigmoid", "kernels.three_3", "depth.6", "depth.12"}


def test_what_is_shipped_says_what_it_cost() -> None:
    found = fair_results.picture()
    assert set(found["equal"]) == {"parameters", "multiply_adds", "seconds"}
    assert set(found["ideas"]) == {idea.name for idea in IDEAS}
    for equal, budget in BUDGETS.items():
        for net in found["equal"][equal]["nets"]:
            assert getattr(cost(plan_of(net)), equal) == net[equal] <= budget
    for idea in found["ideas"].values():
        names = [variant["name"] for variant in idea["variants"]]
        assert idea["variants"][0]["outcome"] in ("same", "not_begun")
        assert all(variant["against"] in names for variant in idea["variants"])
        for variant in idea["variants"]:
            assert len(variant["runs"]) == len(found["card"]["seeds"])
            for run in variant["runs"]:
                low, high = run["interval"]
                assert low < run["accuracy"] < high
                assert len(run["curve"]["steps"]) == len(run["curve"]["accuracy"])


def test_missing_results_name_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(fair_results, "FILE", tmp_path / "none.json")
    fair_results.results.cache_clear()
    with pytest.raises(FileNotFoundError, match="python -m core train fair_results"):
        fair_results.results()
    assert fair.FILE.name == "results.json"
