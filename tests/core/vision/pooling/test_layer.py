"""Pooling equals torch's, and its questions are answered from it."""

from __future__ import annotations

import itertools

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from core.vision.pooling import formula
from core.vision.pooling.layer import (
    Impossible,
    PoolingSetting,
    forgiven,
    pool,
    routed,
    shifted,
    unpooled,
    winners,
)

KINDS = st.sampled_from(["max", "average"])


@st.composite
def _layers(draw: st.DrawFn) -> tuple[PoolingSetting, Tensor]:
    window = draw(st.integers(1, 6))
    setting = PoolingSetting(
        draw(KINDS),
        window,
        draw(st.integers(1, 6)),
        draw(st.integers(0, min(3, window // 2))),
        draw(st.booleans()),
    )
    height, width = draw(st.integers(window, 12)), draw(st.integers(window, 12))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 999)))
    return setting, torch.randn(height, width, generator=generator)


def _torch(setting: PoolingSetting) -> nn.Module:
    layer = nn.MaxPool2d if setting.kind == "max" else nn.AvgPool2d
    s = setting
    return layer(s.window, stride=s.stride, padding=s.padding, ceil_mode=s.ceil)


def test_the_number_of_windows_is_torchs_for_every_setting() -> None:
    for window, stride, padding, ceil, size in itertools.product(
        range(1, 7), range(1, 7), range(4), (False, True), range(1, 13)
    ):
        if padding > window // 2:
            continue
        setting = PoolingSetting("max", window, stride, padding, ceil)
        try:
            count = _torch(setting)(torch.zeros(1, 1, size, size)).shape[-1]
        except RuntimeError:
            with pytest.raises(Impossible):
                setting.fits(size, size)
        else:
            assert setting.length(size) == count == len(setting.spans(size))


@settings(max_examples=80, deadline=None)
@given(_layers())
def test_each_output_is_that_of_its_own_window(made: tuple[PoolingSetting, Tensor]) -> None:
    setting, x = made
    out = pool(x, setting)
    assert torch.equal(out, _torch(setting)(x[None, None])[0, 0])
    p = setting.padding
    edge = -torch.inf if setting.kind == "max" else 0.0
    padded = torch.nn.functional.pad(x, (p, p, p, p), value=edge)
    for r, (top, bottom) in enumerate(setting.spans(x.shape[0])):
        for c, (left, right) in enumerate(setting.spans(x.shape[1])):
            window = padded[top:bottom, left:right]
            wanted = window.max() if setting.kind == "max" else window.mean()
            assert torch.isclose(out[r, c], wanted, atol=1e-6)


@settings(max_examples=60, deadline=None)
@given(_layers())
def test_a_gradient_arrives_whole_and_only_where_it_should(
    made: tuple[PoolingSetting, Tensor],
) -> None:
    setting, x = made
    out = pool(x, setting)
    at_input = routed(x, setting, torch.ones_like(out))
    if setting.kind == "max":
        wins = torch.bincount(winners(x, setting).flatten(), minlength=x.numel()).view_as(x)
        assert torch.equal(at_input, wins.float())  # overlapping windows add up
        assert float(at_input.sum()) == out.numel()
    elif setting.padding == 0 and not setting.ceil:
        assert float(at_input.sum()) == pytest.approx(out.numel(), rel=1e-5)
    else:
        assert float(at_input.sum()) <= out.numel() + 1e-3  # padding keeps its share


@settings(max_examples=60, deadline=None)
@given(_layers())
def test_what_comes_back_is_torchs_and_the_winners_are_exact(
    made: tuple[PoolingSetting, Tensor],
) -> None:
    setting, x = made
    again = unpooled(x, setting)
    assert again.shape == x.shape
    if setting.kind == "max":
        won = torch.zeros_like(x, dtype=torch.bool).flatten()
        won[winners(x, setting).flatten()] = True
        assert torch.equal(again.flatten()[won], x.flatten()[won])
        assert not again.flatten()[~won].any()


def test_an_average_comes_back_as_the_mean_of_its_block() -> None:
    x = torch.arange(16.0).view(4, 4)
    again = unpooled(x, PoolingSetting("average"))
    assert torch.allclose(again[:2, :2], torch.full((2, 2), 2.5))


def test_a_shift_brings_zeros_in() -> None:
    x = torch.arange(1.0, 10).view(3, 3)
    assert shifted(x, 1, 0).tolist() == [[0, 1, 2], [0, 4, 5], [0, 7, 8]]
    assert shifted(x, 0, -1).tolist() == [[4, 5, 6], [7, 8, 9], [0, 0, 0]]
    assert torch.equal(shifted(x, 0, 0), x) and not shifted(x, 3, 0).any()


def test_a_shift_by_whole_strides_moves_the_output() -> None:
    x = torch.rand(12, 12, generator=torch.Generator().manual_seed(1))
    x[:, -2:] = 0
    setting = PoolingSetting()
    assert torch.equal(pool(shifted(x, 2, 0), setting), shifted(pool(x, setting), 1, 0))


def test_no_shift_changes_nothing_and_what_is_forgiven_is_measured() -> None:
    x = torch.rand(8, 8, generator=torch.Generator().manual_seed(1))
    found = forgiven(x, torch.stack([x, shifted(x, 1, 0)]), PoolingSetting())
    assert set(found) == {"max", "average", "stride", "none"}
    for way in found.values():
        assert way["changed"][0] == way["norm"][0] == 0 and way["norm"][1] > 0
    wanted = (shifted(x, 1, 0) - x).norm() / x.norm()
    assert found["none"]["norm"][1] == pytest.approx(float(wanted))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"window": 3, "padding": 2}, "for a window of 3 at most 1"),
        ({"window": 7}, "from 1 to 6"),
        ({"stride": 0}, "Stride is a whole number from 1"),
        ({"padding": -1}, "from 0 to 3"),
        ({"kind": "median"}, "one of max, average"),
        ({"window": True}, "whole number"),
        ({"window": 2.5}, "whole number"),
    ],
)
def test_what_torch_has_not_is_refused(asked: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        PoolingSetting(**asked)  # type: ignore[arg-type]


def test_a_window_that_is_too_large_names_the_one_that_fits() -> None:
    with pytest.raises(Impossible, match="at most 3 fits") as caught:
        PoolingSetting(window=5).fits(3, 9)
    assert caught.value.field == "window" and caught.value.values["nearest"] == 3
    PoolingSetting(window=3).fits(3, 9)


def test_the_formula_has_this_states_numbers() -> None:
    assert formula.plain(PoolingSetting(window=3), 28) == "⌊(28 + 2·0 − 3) / 2⌋ + 1 = 13"
    assert r"= 13" in formula.size(PoolingSetting(window=3), 28, 28)
    dropped = PoolingSetting(window=2, stride=3, padding=1, ceil=True)
    assert dropped.length(5) == 2 and "− 1 = 2" in formula.plain(dropped, 5)


@pytest.mark.parametrize("kind", ["max", "average"])
def test_the_program_prints_these_numbers(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    x = torch.arange(36.0).view(6, 6) % 7
    setting = PoolingSetting(kind, 3, 2, 1)  # type: ignore[arg-type]
    exec(formula.program(x, setting, 1, 2), {})
    said = capsys.readouterr().out
    assert "[3, 3]" in said and str(float(pool(x, setting)[1, 2]))[:6] in said


@pytest.mark.parametrize("kind", ["max", "average"])
def test_the_program_runs_on_blank_paper(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    setting = PoolingSetting(kind)  # type: ignore[arg-type]
    exec(formula.program(torch.zeros(6, 6), setting, 1, 2), {})
    assert "lost" not in capsys.readouterr().out
