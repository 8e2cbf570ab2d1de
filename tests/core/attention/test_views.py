"""Rollout, value norms and the arithmetic of one cell, held to slow and plain computations."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from core.attention.blocks import initialise
from core.attention.trained.answer import value_norms_of
from core.attention.trained.model import ItModel
from core.attention.trained.sentences.english import ENGLISH
from core.attention.trained.shipped import EXAMPLES
from core.attention.views import rollout


def _model() -> ItModel:
    model = ItModel(3, 4, 32, 16)
    initialise(model, torch.Generator().manual_seed(2))
    return model.eval().requires_grad_(False)


def _ids() -> Tensor:
    return torch.tensor([[ENGLISH.index[word] for word in EXAMPLES["en"][0].split()]])


def test_rollout_by_hand() -> None:
    weights = torch.tensor([[[[1.0, 0.0], [0.4, 0.6]]], [[[0.5, 0.5], [0.0, 1.0]]]])
    found = rollout(weights)
    assert torch.allclose(found[0], torch.tensor([[1.0, 0.0], [0.2, 0.8]]))
    assert torch.allclose(found[1], torch.tensor([[0.8, 0.2], [0.2, 0.8]]))


def test_rollout_of_a_model_sums_to_one_in_every_row() -> None:
    found = rollout(_model()(_ids()).weights[0])
    assert found.shape == (3, 10, 10)
    assert torch.allclose(found.sum(-1), torch.ones(3, 10), atol=1e-6)
    assert (found >= 0).all()


def test_value_norms_are_the_lengths_of_what_each_word_carries() -> None:
    model = _model()
    trace = model(_ids())
    norms = value_norms_of(model, trace)[0]
    layer, head, source, target = 1, 2, 7, 4
    seen, attention = trace.layers[layer].attended.attention, model.layers[layer].attention
    carried = torch.zeros(1, 4, 8)
    carried[0, head] = seen.weights[0, head, source, target] * seen.v[0, head, target]
    vector = attention.output.weight @ carried.flatten()
    assert norms[layer, head, source, target].item() == pytest.approx(
        vector.norm().item(), rel=1e-5
    )


def test_what_words_carry_adds_up_to_what_attention_gives() -> None:
    model = _model()
    seen, attention = model(_ids()).layers[0].attended.attention, model.layers[0].attention
    total = attention.output.bias.clone()
    for head in range(4):
        for target in range(10):
            carried = torch.zeros(4, 8)
            carried[head] = seen.weights[0, head, 7, target] * seen.v[0, head, target]
            total += attention.output.weight @ carried.flatten()
    assert torch.allclose(total, seen.output[0, 7], atol=1e-5)
