"""What a unit follows: properties read off a text, and a unit that is built to follow one."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import load, save
from torch.nn import functional as F

from core.opened import Cell
from core.recurrent.cells import KINDS, Kind
from core.recurrent.text import reach, units
from core.recurrent.text.job import JOB
from core.recurrent.text.opened import arrays, rules
from core.recurrent.text.setting import TextSetting
from core.recurrent.text.writer import trained
from core.recurrent.text.writing import manner, write
from core.schema import Refusal
from core.training.job import State

TEXT = "He said: \"Go on.\"\nIt was late, it's `late' now.\n\n" * 30
SETTING = TextSetting(text=TEXT, hidden=10, steps=3, context=5)


def test_properties_are_read_off_the_text() -> None:
    letters = list("ab c\nde")
    assert units.line(letters) == [1, 2, 3, 4, 0, 1, 2]
    assert units.word(letters) == [1, 2, 0, 1, 0, 1, 2]
    assert units.space(letters) == [0, 0, 1, 0, 1, 0, 0]
    quoted = "a \"b\" `it's' c “d\n\ne"
    inside = "".join(
        letter for letter, is_in in zip(quoted, units.quotes(list(quoted)), strict=True) if is_in
    )
    assert inside == "\"b`it's“d\n"


def test_a_unit_that_is_on_after_a_space_is_found() -> None:
    state, _ = JOB.start(SETTING)
    model = trained(SETTING, state)
    kinds = SETTING.read_text().kinds
    with torch.no_grad():  # unit 4 of the update gate is shut, so the unit is its candidate
        for parameter in model.rnn.parameters():
            parameter.mul_(0.1)
        model.embed.weight[:, 0] = torch.tensor([8.0 if k.isspace() else -8.0 for k in kinds])
        model.rnn.get_parameter("bias_ih_l0")[10 + 4] = -30
        model.rnn.get_parameter("weight_ih_l0")[20 + 4, 0] = 1
    tensors = load(state.tensors) | {f"text.{n}": p for n, p in model.state_dict().items()}
    state = State(0, save({n: t.contiguous() for n, t in tensors.items()}))
    found = units.units(SETTING, state, {"property": "space"})
    assert found["unit"] == 4 == found["ranked"]["space"][0][0]
    assert found["r"] > 0.99 > found["chance"]["space"]
    values, follow = torch.tensor(found["values"]), torch.tensor(found["follow"])
    assert values[follow > 0.5].min() > values[follow < 0.5].max()


def test_what_the_text_does_not_have_is_not_ranked() -> None:
    plain = TextSetting(text=TEXT.replace('"', "").replace("`", ""), hidden=8, steps=1)
    state, _ = JOB.start(plain)
    found = units.units(plain, state, {})
    assert "quotes" not in found["ranked"] and found["property"] == "line"
    with pytest.raises(Refusal, match="nothing of that kind"):
        units.units(plain, state, {"property": "quotes"})


@pytest.mark.parametrize("unit", ["10", "-1", "x", "99999"])
def test_a_unit_that_is_not_there_is_refused(unit: str) -> None:
    state, _ = JOB.start(SETTING)
    with pytest.raises(Refusal, match="10 units"):
        units.units(SETTING, state, {"unit": unit})


@pytest.mark.parametrize("cell", KINDS)
def test_a_probability_opens_down_to_the_weights(cell: Kind) -> None:
    setting = TextSetting(text=TEXT, hidden=8, steps=1, context=5, cell=cell)
    state, _ = JOB.start(setting)
    model, how = trained(setting, state), manner({"temperature": "0.5"})
    read, drawn = write(model, setting.read_text(), how)
    trace = arrays(model, read, how)
    with torch.no_grad():
        scores, _ = model(read[None], model.begin(1))
    assert torch.allclose(trace["scores"], scores[0], atol=1e-5)
    declared = rules(setting.cell, how)
    for cell_ in (
        Cell("probabilities", (9, int(drawn[9]))),
        Cell("scores", (9, 2)),
        Cell("h", (9, 3)),
        Cell("x", (9, 1)),
    ):
        shown = declared.open(trace, cell_)
        assert shown.total == pytest.approx(shown.value, abs=1e-5)
    answer = JOB.inspections["number"](
        setting, state, {"number": "scores.10.3", "temperature": "0.5"}
    )
    assert answer["opened"]["value"] == pytest.approx(float(trace["scores"][9, 2]), abs=1e-5)


@pytest.mark.parametrize("cell", KINDS)
def test_a_letter_is_felt_as_far_as_a_small_change_of_it_moves_the_loss(cell: Kind) -> None:
    setting = TextSetting(text=TEXT, hidden=8, steps=1, context=5, cell=cell)
    state, _ = JOB.start(setting)
    model = trained(setting, state).double()
    letters = setting.read_text().held[None, :13]

    def loss(x: torch.Tensor) -> float:
        states = model.begin(1)
        outputs, _ = model.rnn(x, (states[:1], states[1:]) if len(states) == 2 else states)
        return float(F.cross_entropy(model.out(outputs[:, -1]), letters[:, -1]))

    x = model.embed(letters[:, :-1]).detach()
    slopes = torch.zeros(x.shape[-1])
    for place in range(x.shape[-1]):
        moved = x.clone()
        moved[0, -4, place] += 1e-6
        slopes[place] = (loss(moved) - loss(x)) / 1e-6
    with torch.no_grad():
        found = reach.norms(model, letters)
    assert float(found[3]) == pytest.approx(float(slopes.norm()), rel=1e-3)
    told = JOB.inspections["reach"](setting, state, {})
    assert told["context"] == 5 and 0 <= told["beyond"] < 1
    farther = sum(told["norms"][5:]) / sum(told["norms"])
    assert told["beyond"] == pytest.approx(farther, abs=1e-5)
