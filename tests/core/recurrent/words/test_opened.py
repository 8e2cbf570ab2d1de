"""What a next-word model says opens into what torch computes."""

from __future__ import annotations

import pytest
import torch

from core.opened import Cell
from core.recurrent.cell.influence import influence
from core.recurrent.cells import KINDS, Kind
from core.recurrent.words.opened import RULES, arrays
from core.recurrent.words.speaker import Speaker


@pytest.mark.parametrize("kind", KINDS)
def test_influence_and_guesses_are_those_on_the_page(kind: Kind) -> None:
    torch.manual_seed(4)
    model, words = Speaker(kind, 11, 6), torch.tensor([4, 10, 0, 7])
    trace = arrays(model, words)
    with torch.no_grad():
        shares = model(words[None])[0].softmax(-1)
        x = model.embed(words)
    torch.testing.assert_close(trace["influence"], influence(model.rnn, x))
    torch.testing.assert_close(trace["probabilities"], shares)
    shown = RULES.open(trace, Cell("jacobian", (0, 5, 2)))
    assert shown.total == pytest.approx(shown.value, abs=1e-6)
    assert len(shown.part("left").values) == len(model.rnn.weight_ih_l0)
