"""Trained networks at hand: the same function, a few at a time, and only of the right kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from core import memory, weights
from core.training.job import State
from core.training.record import record
from core.vision import adopted, forward, nets, networks
from core.vision.answer import answer
from core.vision.finetune import job as finetune
from core.vision.finetune.data import old
from core.vision.finetune.example import strange
from core.vision.finetune.setting import FinetuneSetting
from core.vision.hand import sample
from core.vision.models import normalise
from core.vision.preprocess import render
from core.vision.question import DrawingQuestion
from core.vision.reasons import reasons


@pytest.fixture(autouse=True)
def _few_old_digits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forty generated digits show the same as MNIST."""
    monkeypatch.setattr("core.vision.finetune.data.PEN", (40, 40))
    old.cache_clear()
    adopted.STORED.clear()
    yield
    old.cache_clear()
    adopted.STORED.clear()


@pytest.fixture
def config() -> FinetuneSetting:
    return FinetuneSetting(strange(6, seed=1), network="notes", steps=2, data="pen")


def _adopt(config: FinetuneSetting, state: State) -> str:
    return adopted.adopt("hand", config, finetune.JOB.write(config), state)


def test_the_page_computes_with_the_network_of_the_run(config: FinetuneSetting) -> None:
    state = record(finetune.JOB, config).saved[-1].state
    name = _adopt(config, state)
    question = DrawingQuestion.read({"drawing": sample(3).lists(), "model": name})
    logits = forward.run(question)["logits"][0]
    net = finetune.trained(config, state)
    picture = torch.from_numpy(render(question.drawing))[None, None]
    torch.testing.assert_close(logits, net(normalise(picture))[0], rtol=1e-4, atol=1e-4)
    assert answer(question)
    assert reasons(question)


def test_nothing_is_refused_but_what_is_blank(config: FinetuneSetting) -> None:
    name = _adopt(config, finetune.JOB.start(config)[0])
    scribble = [[[x, (x * 37) % 1000] for x in range(0, 1000, 9)]]
    asked = {"model": name}
    assert forward.verdict(DrawingQuestion.read(asked | {"drawing": scribble})).is_digit
    assert forward.verdict(DrawingQuestion.read(asked | {"drawing": []})).reason == "blank"
    assert networks.network(name).doubt.temperature == 1


def test_its_card_says_what_it_is_but_not_what_was_drawn(config: FinetuneSetting) -> None:
    card = networks.network(_adopt(config, finetune.JOB.start(config)[0])).card
    assert (card["step"], card["network"]) == (0, "notes")
    assert "drawings" not in card


def test_a_room_of_sixty_adopts_a_network_each_and_who_adopts_many_loses_the_own_first(
    config: FinetuneSetting,
) -> None:
    state = finetune.JOB.start(config)[0]
    model = adopted.as_simple(finetune.trained(config, state))

    def adopt(owner: str) -> str:
        return adopted.adopt("hand", config, finetune.JOB.write(config), state, owner, "the room")

    with pytest.MonkeyPatch.context() as patch:  # the copies cost a second each
        patch.setattr(adopted, "as_simple", lambda net: model)
        patch.setitem(adopted._NETS, "hand", lambda config, state: None)
        greedy = [adopt("clicks-sixteen-times") for _ in range(16)]
        names = [adopt(f"student-{number}") for number in range(59)]
    assert all(adopted.find(name) for name in [*names, greedy[-1]])
    with pytest.raises(ValueError, match="forgotten"):
        networks.network(greedy[0])
    assert adopted.STORED.held <= memory.NETWORKS


def test_another_architecture_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="architecture"):
        adopted.as_simple(finetune.network("lenet5"))
    with pytest.raises(ValueError, match="digits"):
        adopted.adopt("sine", None, {}, State(0, b""))


def test_normalisation_is_folded_in() -> None:
    torch.manual_seed(0)
    plan = nets.Plan(nets.simple().layers, norm=True, dropout=0.5)
    net = nets.build(plan)
    x = torch.randn(8, 1, 28, 28)
    net(x)  # running statistics
    net.eval()
    torch.testing.assert_close(adopted.as_simple(net)(x), net(x), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("model", ["vgg", "", 3, None, ["run-x"]])
def test_other_names_are_refused(model: object) -> None:
    with pytest.raises(ValueError, match="no such model"):
        DrawingQuestion.read({"drawing": [], "model": model})


def test_the_shipped_weights_are_not_touched(config: FinetuneSetting) -> None:
    before = weights.load("simple_cnn_notes")[0].state_dict()
    record(finetune.JOB, config)
    after = weights.load("simple_cnn_notes")[0].state_dict()
    assert all(torch.equal(before[key], after[key]) for key in before)
