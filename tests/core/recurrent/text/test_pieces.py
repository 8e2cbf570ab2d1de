"""Pieces: which ones there are, what is read of them, and that all numbers open with them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import torch

from core.opened import Cell
from core.recurrent.text import opened
from core.recurrent.text.job import JOB
from core.recurrent.text.pieces import OFTEN, Pieces
from core.recurrent.text.setting import TextSetting
from core.recurrent.text.writer import trained
from core.recurrent.text.writing import Manner, sample, write
from core.training.record import record

TEXT = '"Who are you?" said the Cat. It\'s late,\nand the dog (a small one) looked on.\n\n' * 20


def small(**changes: Any) -> TextSetting:
    given = {"hidden": 12, "context": 6, "steps": 5, "text": TEXT, "glance": 3, "dropout": 0.3}
    return TextSetting.read(given | changes)


def test_a_piece_is_read_where_the_text_has_it_often() -> None:
    setting = TextSetting.read({"glance": 5})
    train, pieces = setting.read_text().train, setting.pieces()
    numbers = pieces.numbered(train)
    first = pieces.kinds
    for length, table in enumerate(pieces.tables, 2):
        runs = [tuple(each) for each in train[:6000].unfold(0, length, 1).tolist()]
        counts = Counter(tuple(each) for each in train.unfold(0, length, 1).tolist())
        known: dict[tuple[int, ...], int] = {}
        for run, number in zip(runs, numbers[length - 1 :, length - 1].tolist(), strict=False):
            assert (number > first) == (counts[run] >= OFTEN)
            if number > first:
                assert known.setdefault(run, number) == number
        assert len(set(known.values())) == len(known)
        assert set(numbers[: length - 1, length - 1].tolist()) == {first}
        first += len(table)
    assert first == pieces.rows and numbers[:, 0].equal(train)


def test_letters_alone_are_read_as_ever() -> None:
    letters = torch.tensor([[1, 2, 0]])
    assert Pieces.of(torch.tensor([0, 1, 2]), 3, 1).numbered(letters) is letters


def test_what_is_held_out_makes_no_piece() -> None:
    setting = small(text=TEXT + "xyzxyzxyz\n" * 12)
    text = setting.read_text()
    assert "x" not in {text.kinds[i] for i in text.train.tolist()}
    held = setting.pieces().numbered(text.held[-40:])
    assert (held[:, 1] == setting.pieces().kinds).all()


def test_whole_pieces_are_left_out_while_it_learns_and_letters_never() -> None:
    setting = small(dropout=0.5)
    model = trained(setting, record(JOB, setting).saved[-1].state)
    numbers = model.pieces.numbered(setting.read_text().train[None, :400])
    every = model.seen(numbers).unflatten(2, (3, -1))
    torch.manual_seed(0)
    left = model.train().seen(numbers).unflatten(2, (3, -1))
    assert torch.equal(left[:, :, 0], every[:, :, 0])
    gone = (left[:, :, 1:] == 0).all(-1)
    assert 0.4 < gone.float().mean() < 0.6
    assert torch.allclose(left[:, :, 1:][~gone], 2 * every[:, :, 1:][~gone])


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_what_is_written_is_what_all_at_once_says_and_opens(cell: str) -> None:
    setting = small(cell=cell)
    state = record(JOB, setting).saved[-1].state
    model, text = trained(setting, state), setting.read_text()
    read, drawn = write(model, text, Manner())
    assert drawn[:-1].equal(read[1:])
    answer = sample(setting, state, {})
    states, shares = model.begin(1), []
    with torch.no_grad():
        for at in range(20):
            numbers = model.pieces.numbered(read[: at + 1])[-1:]
            scores, states = model(numbers[None], states)
            shares.append(float((scores[0, 0] / 0.8).softmax(-1)[drawn[at]]))
    assert shares == pytest.approx(answer["shares"][:20], abs=1e-6)
    arrays = opened.arrays(model, read, Manner())
    rules = opened.rules(setting.cell, Manner(), setting.glance)
    for cell_ in (Cell("x", (9, 70)), Cell("h", (9, 3)), Cell("probabilities", (9, 2))):
        shown = rules.open(arrays, cell_)
        assert shown.total == pytest.approx(shown.value, abs=1e-6)
    x = rules.open(arrays, Cell("x", (9, 70)))
    assert x.parts[0].box[0].start == model.pieces.numbered(read)[9, 2]  # the triple's own vector
