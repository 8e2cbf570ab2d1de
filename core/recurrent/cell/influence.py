"""How much each input still moves the last hidden state: the norm of its Jacobian.

|dh_T/dx_t| is the Frobenius norm of an (H, I) matrix, exact by automatic differentiation. It says
how far the last state would move if an input moved a little, at this sentence and these weights:
not what the network would do with another word. Cf. Hochreiter (1991); Pascanu et al. (2013).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.recurrent.cells import unroll


def influence(network: nn.RNNBase, x: Tensor) -> Tensor:
    """Return |dh_T/dx_t| for each step, (T,).

    Args:
        network: with `batch_first`.
        x: inputs of one series, (T, I).
    """
    inputs = x.detach().clone().requires_grad_(True)
    last = unroll(network, inputs[None])[-1]["h"][0, -1]  # (H,)
    (rows,) = torch.autograd.grad(last, inputs, torch.eye(len(last)), is_grads_batched=True)
    return rows.pow(2).sum((0, 2)).sqrt()  # rows (H, T, I)
