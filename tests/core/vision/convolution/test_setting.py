"""A setting is possible exactly where torch can compute it; else the nearest is, and is named."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from core.schema.kinds import WHOLE
from core.vision.convolution.limits import MODES, RULES
from core.vision.convolution.setting import ConvolutionSetting
from core.vision.impossible import Impossible

SETTINGS = st.fixed_dictionaries(
    {
        "rows": st.integers(1, 12),
        "columns": st.integers(1, 12),
        "channels": st.integers(1, 4),
        "kernel": st.tuples(st.integers(1, 7), st.integers(1, 7)),
        "stride": st.integers(0, 5),
        "padding": st.one_of(st.integers(0, 8), st.sampled_from(["same", "valid"])),
        "mode": st.sampled_from(MODES),
        "dilation": st.integers(1, 3),
        "filters": st.integers(1, 6),
        "groups": st.sampled_from([1, 1, 2, 3, 4]),
        "transposed": st.booleans(),
        "output_padding": st.sampled_from([0, 0, 0, 1, 3]),
    }
)


def layer(asked: dict[str, Any]) -> nn.Module:
    """Torch's own layer of these numbers; it raises where they make none."""
    padding = 0 if asked["padding"] == "valid" else asked["padding"]
    plain = (asked["channels"], asked["filters"], asked["kernel"], asked["stride"], padding)
    if asked["transposed"]:
        if asked["mode"] != "zeros" or padding == "same":
            raise ValueError("torch has no such layer")
        return nn.ConvTranspose2d(
            *plain, asked["output_padding"], asked["groups"], dilation=asked["dilation"]
        )
    if asked["output_padding"]:
        raise ValueError("torch has no such layer")
    return nn.Conv2d(*plain, asked["dilation"], asked["groups"], padding_mode=asked["mode"])


@settings(max_examples=300, deadline=None)
@given(SETTINGS)
@pytest.mark.filterwarnings("ignore:Using padding='same'")
def test_what_torch_computes_is_possible_and_nothing_else(asked: dict[str, Any]) -> None:
    try:
        made = layer(asked)
        shape = tuple(made(torch.zeros(asked["channels"], asked["rows"], asked["columns"])).shape)
        if not math.prod(shape):  # some of torch's backends refuse this, others return nothing
            raise ValueError("there is no output")
    except (RuntimeError, ValueError):
        with pytest.raises(Impossible):
            ConvolutionSetting(**asked)
        return
    setting = ConvolutionSetting(**asked)
    assert setting.output == shape
    assert setting.parameters == sum(p.numel() for p in made.parameters())


def refused(asked: dict[str, Any]) -> Impossible | None:
    """Why it is impossible, if it is."""
    try:
        ConvolutionSetting(**asked)
    except Impossible as error:
        return error
    return None


@settings(max_examples=200, deadline=None)
@given(SETTINGS)
def test_the_nearest_value_leads_to_a_possible_setting(asked: dict[str, Any]) -> None:
    for _ in range(8):
        error = refused(asked)
        if error is None:
            return
        text = str(error)
        assert text.endswith(".") and "{" not in text
        if error.field in ("rows", "columns"):
            kernel = list(asked["kernel"])
            kernel[error.field == "columns"] = error.nearest
            asked = asked | {"kernel": tuple(kernel)}
        else:
            asked = asked | {error.field: error.nearest}
    pytest.fail(f"No way out of {asked}")


@pytest.mark.parametrize(
    ("change", "rule", "field", "nearest"),
    [
        ({"stride": 0}, "stride", "stride", 1),
        ({"kernel": (7, 3)}, "fits", "rows", 6),
        ({"kernel": (3, 3), "dilation": 3}, "fits", "rows", 2),
        ({"groups": 2}, "groups", "groups", 1),
        ({"padding": 6, "mode": "reflect"}, "reflect", "padding", 5),
        ({"padding": 7, "mode": "circular"}, "circular", "padding", 6),
        ({"padding": "same", "stride": 2}, "same", "stride", 1),
        ({"transposed": True, "padding": "same"}, "transposed same", "padding", 1),
        ({"transposed": True, "mode": "reflect"}, "transposed mode", "mode", "zeros"),
        ({"transposed": True, "output_padding": 1}, "output padding", "output_padding", 0),
        ({"output_padding": 1}, "output padding alone", "output_padding", 0),
        ({"transposed": True, "padding": 4}, "empty", "padding", 3),
        ({"transposed": True, "stride": 8, "rows": 40}, "large", "stride", 6),
        ({"padding": 9}, "whole", "padding", 8),
    ],
)
def test_each_rule_names_itself_and_the_nearest_that_fits(
    change: dict[str, Any], rule: str, field: str, nearest: int | str
) -> None:
    with pytest.raises(Impossible) as error:
        ConvolutionSetting(**{"rows": 6, "columns": 6} | change)
    found = (error.value.rule, error.value.field, error.value.nearest)
    assert found == (RULES.get(rule, WHOLE), field, nearest)


@pytest.mark.parametrize("change", [{"stride": 1.0}, {"after": "step"}, {"mode": "mirror"}])
def test_nonsense_is_refused_in_a_sentence(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        ConvolutionSetting(6, 6, **change)


def test_a_rest_is_what_the_floor_leaves_out() -> None:
    setting = ConvolutionSetting(28, 28, stride=2)
    rows, _ = setting.axes
    assert (rows.output, rows.rest) == (13, 1)
    seen = {tap for out in range(rows.output) for tap in rows.taps(out)}
    assert seen == set(range(27))


def test_same_pads_more_behind_like_torch() -> None:
    rows, columns = ConvolutionSetting(10, 10, kernel=(4, 3), padding="same").axes
    assert (rows.low, rows.high, columns.low, columns.high) == (1, 2, 1, 1)


@pytest.mark.parametrize("mode", MODES)
def test_padding_comes_from_where_torch_takes_it(mode: str) -> None:
    setting = ConvolutionSetting(5, 4, padding=3, mode=mode)  # type: ignore[arg-type]
    row = torch.arange(1.0, 6.0)[None, None, :, None].expand(1, 1, 5, 4)
    name = {"zeros": "constant"}.get(mode, mode)
    padded = nn.functional.pad(row, (3, 3, 3, 3), name)[0, 0, :, 5]
    origin = setting.axes[0].origin(setting.mode)
    assert [0 if at is None else at + 1 for at in origin] == padded.tolist()


def test_multiply_adds_of_a_known_layer() -> None:
    conv2 = ConvolutionSetting(14, 14, channels=32, filters=6, padding=1)
    assert conv2.multiply_adds == 6 * 32 * 9 * 14 * 14
    assert replace(conv2, groups=2).multiply_adds == conv2.multiply_adds // 2
