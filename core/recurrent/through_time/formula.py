r"""The gradient through time in the two other languages of the field: as a formula and as PyTorch.

Axes: t step, k step after it, T last step; s state: h, and in the LSTM h and c together.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.recurrent.cells import KINDS, Kind
from core.recurrent.through_time.gradient import INPUTS, GradientSetting, Way

JACOBIANS: Mapping[Kind, str] = {
    "rnn": r"\frac{\partial h_k}{\partial h_{k-1}} = "
    r"\operatorname{diag}\!\left(1-h_k^2\right) W_{hh}",
    "gru": r"\frac{\partial h_k}{\partial h_{k-1}} = \operatorname{diag}(z_k) "
    r"+ \text{ways through } z_k,\ r_k,\ n_k",
    "lstm": r"\frac{\partial c_k}{\partial c_{k-1}} = \operatorname{diag}(f_k) "
    r"\quad\text{and ways through } h_{k-1}",
}
"""What one step back multiplies by."""


def product(setting: GradientSetting, step: int, ways: Mapping[Kind, Way]) -> str:
    """The chain rule from the loss back to a step, with the norms of this state.

    Args:
        setting: what the gradient was sent through.
        step: t, from 1.
        ways: as `core.recurrent.through_time.gradient.ways` gives them.
    """
    last = setting.length
    chain = (
        rf"\frac{{\partial L}}{{\partial s_{{{step}}}}} = \left(\prod_{{k={step + 1}}}^{{{last}}} "
        r"\frac{\partial s_k}{\partial s_{k-1}}\right)^{\!\top} "
        rf"\frac{{\partial L}}{{\partial s_{{{last}}}}}"
        if step < last
        else rf"\frac{{\partial L}}{{\partial s_{{{last}}}}}"
    )
    norms = r",\quad ".join(
        rf"\text{{{kind.upper()}: }}{scientific(ways[kind].norms[step - 1])}" for kind in KINDS
    )
    return rf"{chain}, \qquad \left\lVert\cdot\right\rVert = {norms}"


def cell_path(setting: GradientSetting, step: int, lstm: Way) -> str:
    """What the LSTM's cell state alone hands back to a step: a product of forget gates."""
    last = setting.length
    gates = rf"\prod_{{k={step + 1}}}^{{{last}}} f_k \odot " if step < last else ""
    if lstm.forget is None:
        raise ValueError("Only a cell with a forget gate has a mean of it.")
    count = setting.length * setting.hidden
    mean = r"\bar f = \frac{1}{T\,H} \sum_{t,u} f_{t,u} = "
    mean += rf"\frac{{{lstm.forget * count:.3f}}}{{{setting.length} \cdot {setting.hidden}}}"
    return (
        rf"\left\lVert {gates}\frac{{\partial L}}{{\partial c_{{{last}}}}} \right\rVert = "
        rf"{scientific(lstm.path[step - 1])}, \qquad {mean} = {lstm.forget:.3f}"
    )


def scientific(value: float) -> str:
    r"""A number as LaTeX, two places that count.

    >>> scientific(1.5e-11), scientific(0.35), scientific(0.0)
    ('1.5 \\cdot 10^{-11}', '0.35', '0')
    """
    if value == 0 or 0.01 <= value < 1000:
        return f"{value:.2g}" if value < 100 else f"{value:.0f}"
    digits, power = f"{value:.1e}".split("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}"


def program(setting: GradientSetting, step: int) -> str:
    """A program in plain PyTorch that prints the norms of this state, and those at one step."""
    return f'''"""The gradient on its way back through RNN, GRU and LSTM, {setting.length} steps."""

import torch
from torch import nn

T, HIDDEN, INPUTS, SEED = {setting.length}, {setting.hidden}, {INPUTS}, {setting.seed}
FORGET_BIAS, SCALE, STEP = {setting.forget_bias!r}, {setting.scale!r}, {step}

for cell in (nn.RNNCell, nn.GRUCell, nn.LSTMCell):
    torch.manual_seed(SEED)
    net = cell(INPUTS, HIDDEN)
    x = torch.randn(T, 1, INPUTS)
    with torch.no_grad():
        net.weight_hh *= SCALE
        if cell is nn.LSTMCell:  # gates lie in the order input, forget, candidate, output
            net.bias_ih[HIDDEN : 2 * HIDDEN] += FORGET_BIAS
    h = c = torch.zeros(1, HIDDEN)
    states = []  # what each step hands to the next
    for x_t in x:
        if cell is nn.LSTMCell:
            h, c = net(x_t, (h, c))
            c = c.clone()  # apart from the c that h was made of
            states.append((h, c))
        else:
            h = net(x_t, h)
            states.append((h,))
    loss = h.sum() / HIDDEN**0.5
    norms = []
    for state in states:
        found = torch.autograd.grad(loss, state, retain_graph=True, allow_unused=True)
        # float64: squares of what is below 1e-19 would be zero in float32
        parts = [gradient.double().norm() for gradient in found if gradient is not None]
        norms.append(float(torch.stack(parts).norm()))
    print(cell.__name__, f"step 1: {{norms[0]:.3e}}", f"step {{STEP}}: {{norms[STEP - 1]:.3e}}")
'''
