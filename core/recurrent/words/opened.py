"""What a next-word model says of a sentence, opened.

How likely each next word is, and how far each word still moves the last hidden state: a probability
is a share of the scores of all words, and a score is read from the hidden state by a linear layer.
An influence is the length of a Jacobian |dh_T/dx_t|: what comes back to the sums of an input,
times the weights that make them.

    T words read, V words of the vocabulary, H hidden size, I inputs, G sums of an input's weights
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from core.opened import Cell, Dot, Given, Length, Rules, Softmax, latex, program, wire
from core.opened.linked import NUMBER_FIELD
from core.recurrent.cells import Weights, kind_of, step, unroll, weights

SYMBOLS = {
    "probabilities": "p",
    "scores": "s",
    "influence": r"\left\lVert\partial h_T/\partial x\right\rVert",
    "jacobian": "J",
    "arriving": "A",
    "w_ih": "W",
    "w_out": "W",
    "b_out": "b",
}
WHOLE = 128
"""Products of a sum of at most so many are all shown."""
RULES = Rules(
    Softmax("probabilities", "scores"),
    Dot("scores", "t k, v k, v -> t v", "h", "w_out", "b_out"),
    Length("influence", "jacobian", axes=2),
    Dot("jacobian", "t u g, g i -> t u i", "arriving", "w_ih"),
    Given("h", "cell"),
    Given("arriving", "gradient"),
    Given("w_ih", "weight"),
    Given("w_out", "weight"),
    Given("b_out", "weight"),
    symbols=SYMBOLS,
)


def arrays(model: nn.Module, numbers: Tensor) -> dict[str, Tensor]:
    """Every array that the rules speak of.

    Args:
        model: a `Speaker`.
        numbers: the words that it reads, (T,).

    Returns:
        "h" (T, H), "scores" and "probabilities" (T, V), "influence" (T,), "jacobian" (T, H, I),
        "arriving" (T, H, G): how far the last hidden state moves with each sum of the input's
        weights; and the weights "w_ih" (G, I), "w_out" (V, H), "b_out" (V,).
    """
    network, out = model.get_submodule("rnn"), model.get_submodule("out")
    assert isinstance(network, nn.RNNBase) and isinstance(out, nn.Linear)
    with torch.no_grad():
        x = model.get_submodule("embed")(numbers)
        h = unroll(network, x[None])[-1]["h"][0]
        scores = out(h)
    arriving = _arriving(network, x)
    w_ih = weights(network, 0).w_ih.detach()
    jacobian = arriving @ w_ih
    return {
        "h": h,
        "scores": scores,
        "probabilities": scores.softmax(-1),
        "influence": jacobian.flatten(1).norm(dim=1),
        "jacobian": jacobian,
        "arriving": arriving,
        "w_ih": w_ih,
        "w_out": out.weight.detach(),
        "b_out": out.bias.detach(),
    }


@torch.enable_grad()
def _arriving(network: nn.RNNBase, x: Tensor) -> Tensor:
    """(T, H, G): how far each unit of the last hidden state moves with each sum W_ih x_t.

    The steps run on the sums themselves, which an identity lets in unchanged.
    """
    w = weights(network, 0)
    sums = (x @ w.w_ih.T).detach().requires_grad_()
    kept = (value.detach() for value in (w.w_hh, w.b_ih, w.b_hh))
    own = Weights(torch.eye(sums.shape[1]), *kept)
    h = c = torch.zeros(1, network.hidden_size)
    for entering in sums.unbind():
        gates = step(kind_of(network), own, entering[None], h, c)
        h, c = gates["h"], gates.get("c", c)
    units = torch.eye(network.hidden_size)
    (rows,) = torch.autograd.grad(h[0], sums, units, is_grads_batched=True)  # (H, T, G)
    return rows.transpose(0, 1)


def number(model: nn.Module, numbers: Tensor, query: Mapping[str, str]) -> dict[str, Any]:
    """The arithmetic of the number in "number" of a query, as it stands in a link.

    Raises:
        Refusal: there is no such number.
    """
    text = query.get("number", "")
    cell = NUMBER_FIELD.parse(text) or Cell("influence", (0,))
    shown = RULES.open(arrays(model, numbers), cell)
    return {
        "number": text,
        "labels": None,
        "opened": wire(shown, whole=WHOLE),
        "latex": latex(shown),
        "program": program(shown),
    }
