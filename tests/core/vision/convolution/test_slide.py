"""The output is torch's; the opened number adds up to it; who sees whom is what gradients say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from torch import nn

from core.opened import wire
from core.vision import networks
from core.vision.convolution.limits import MODES
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.rules import arrays, opened, rules
from core.vision.convolution.slide import slide, torch_weight, touched
from core.vision.convolution.source import write_matrix
from core.vision.convolution.values import OutputCell
from core.vision.hand import sample
from core.vision.impossible import Impossible
from core.vision.preprocess import render
from core.vision.trace import trace

# Many settings are impossible, and a machine may be busy: neither says anything of the code.
PATIENT = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@st.composite
def questions(draw: st.DrawFn) -> ConvolutionQuestion:
    """Any possible question about a matrix of random numbers."""
    shape = [draw(st.integers(1, most)) for most in (4, 9, 9)]
    seed = draw(st.integers(0, 99))
    values = torch.randn(shape, generator=torch.Generator().manual_seed(seed)).round(decimals=2)
    filters = ("random", "sobel_x", "gabor", "gauss", "corner", "random")
    try:
        return ConvolutionQuestion(
            "matrix",
            matrix=write_matrix(values.tolist()),
            filters=filters[: draw(st.sampled_from([1, 2, 3, 4, 6]))],
            rows=draw(st.integers(1, 7)),
            columns=draw(st.integers(1, 7)),
            padding=draw(st.one_of(st.integers(0, 6), st.sampled_from(["same", "valid"]))),
            stride=draw(st.integers(1, 4)),
            mode=draw(st.sampled_from(MODES)),
            dilation=draw(st.integers(1, 3)),
            groups=draw(st.sampled_from([1, 1, 2, 3, 4])),
            transposed=draw(st.booleans()),
            output_padding=draw(st.sampled_from([0, 0, 1])),
            after=draw(st.sampled_from(["none", "relu", "tanh", "gelu"])),
            flipped=draw(st.booleans()),
            bias=(0.5, -1.25),
            dice=seed,
            edits=(((0, 0, 0, 0), 2.5),),
            place=OutputCell(
                draw(st.integers(0, 5)), draw(st.integers(0, 20)), draw(st.integers(0, 20))
            ),
        )
    except Impossible:
        assume(False)
        raise


def by_torch(question: ConvolutionQuestion) -> torch.Tensor:
    """The same with torch's own layers."""
    setting = question.setting
    padding: Any = 0 if setting.padding == "valid" else setting.padding
    plain = (setting.channels, setting.filters, setting.kernel, setting.stride, padding)
    weight = question.weights()
    layer: nn.Module
    if setting.transposed:
        layer = nn.ConvTranspose2d(
            *plain, setting.output_padding, setting.groups, dilation=setting.dilation
        )
        weight = torch_weight(weight, setting)
    else:
        layer = nn.Conv2d(*plain, setting.dilation, setting.groups, padding_mode=setting.mode)
    state = {"weight": weight.flip(2, 3) if setting.flipped else weight, "bias": question.biases()}
    layer.load_state_dict(state)
    after = {"none": nn.Identity(), "relu": nn.ReLU(), "tanh": nn.Tanh(), "gelu": nn.GELU()}
    with torch.no_grad():
        found: torch.Tensor = after[setting.after](layer(question.input))
    return found


@settings(PATIENT, max_examples=150)
@given(questions())
@pytest.mark.filterwarnings("ignore:Using padding='same'")
def test_the_output_is_that_of_torchs_layers(question: ConvolutionQuestion) -> None:
    slid = slide(question)
    assert tuple(slid.output.shape) == question.setting.output
    torch.testing.assert_close(slid.output, by_torch(question), rtol=1e-5, atol=1e-5)


@settings(PATIENT, max_examples=150)
@given(questions())
def test_the_opened_number_adds_up_to_torchs(question: ConvolutionQuestion) -> None:
    slid = slide(question)
    shown = opened(slid)
    conv = shown.inner or shown
    found = wire(conv)
    size = max(1.0, float(conv["patch"].nan_to_num().abs().sum() * conv["kernel"].abs().max()))
    assert conv.total == pytest.approx(conv.value, abs=1e-5 * size)
    assert shown.total == pytest.approx(shown.value, abs=1e-5 * size)
    assert found["channels"] == list(question.setting.channels_of(shown.cell.index[0]))


@settings(PATIENT, max_examples=60)
@given(questions())
def test_the_statement_of_any_setting_is_its_output(question: ConvolutionQuestion) -> None:
    slid = slide(question)
    trace = arrays(slid)
    names = {"torch": torch, "F": nn.functional, **trace}
    declared = rules(question.setting)
    for name in declared.by_name:
        made = eval(declared[name].statement(trace), names)
        torch.testing.assert_close(made, trace[name], rtol=1e-4, atol=1e-4)


@settings(PATIENT, max_examples=60)
@given(questions())
def test_who_touches_whom_is_what_gradients_say(question: ConvolutionQuestion) -> None:
    """A weight of 1 everywhere: a gradient is zero where nothing reaches, and nowhere else."""
    setting = question.setting
    x = torch.zeros_like(question.input).requires_grad_()
    from core.vision.convolution.slide import convolve

    ones = torch.ones(setting.filters, setting.inputs, *setting.kernel)
    out = convolve(x, ones, torch.zeros(setting.filters), setting)
    row, column = setting.rows // 2, setting.columns // 2
    cells = {
        (r, c)
        for r in range(out.shape[1])
        for c in range(out.shape[2])
        if torch.autograd.grad(out[:, r, c].sum(), x, retain_graph=True)[0][:, row, column].any()
    }
    assert touched(setting, row, column) == cells


def test_a_learned_filter_makes_the_networks_own_map() -> None:
    filters = ("ours.conv1.9", "ours.conv1.4")
    slid = slide(ConvolutionQuestion(seed=8, normalised=True, filters=filters, padding="same"))
    run = trace(networks.network("ours").model, torch.from_numpy(render(sample(8)))[None])
    torch.testing.assert_close(slid.output, run["conv1"][0][[9, 4]], rtol=0, atol=1e-5)


def test_a_true_convolution_turns_the_kernel() -> None:
    point = "0 0 0;0 1 0;0 0 0"
    plain = ConvolutionQuestion("matrix", matrix=point, filters=("emboss",), padding=1)
    stamped = slide(replace(plain, flipped=True)).output[0]
    assert torch.equal(stamped, plain.weights()[0, 0])  # one point, convolved, is the kernel itself
    assert torch.equal(slide(plain).output[0], stamped.flip(0, 1))


def test_depthwise_keeps_channels_apart() -> None:
    both = ("identity", "identity")
    question = ConvolutionQuestion(
        "matrix", matrix="1 2;3 4|5 6;7 8", filters=both, rows=1, columns=1, groups=2
    )
    assert torch.equal(slide(question).output, question.input)
    together = slide(replace(question, filters=("identity",), groups=1)).output
    assert torch.equal(together[0], question.input.sum(0))
