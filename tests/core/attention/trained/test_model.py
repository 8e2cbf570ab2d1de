"""The encoder that is written out computes what torch's own does."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from core.attention.blocks import Attention, PreNorm, initialise
from core.attention.positions import positions
from core.attention.trained.cuts import Cut, keep
from core.attention.trained.model import MAX_WORDS, Cuts, ItModel
from core.attention.trained.sentences.grammar import sample

WIDTH, HEADS, INNER = 32, 4, 48


def _model(seed: int = 3, layers: int = 2) -> ItModel:
    model = ItModel(layers, HEADS, WIDTH, INNER)
    generator = torch.Generator().manual_seed(seed)
    initialise(model, generator)
    with torch.no_grad():  # biases and norms that are not 0 and 1, or a mistake there goes unseen
        for parameter in model.parameters():
            parameter.add_(0.1 * torch.randn(parameter.shape, generator=generator))
    return model.eval().requires_grad_(False)


def _batch() -> Tensor:
    return sample(16, torch.Generator().manual_seed(5)).ids


def _into_torch(layer: PreNorm) -> nn.TransformerEncoderLayer:
    twin = nn.TransformerEncoderLayer(WIDTH, HEADS, INNER, 0.0, batch_first=True, norm_first=True)
    mine = layer.attention
    parts = (mine.query, mine.key, mine.value)
    with torch.no_grad():
        twin.self_attn.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
        twin.self_attn.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
    twin.self_attn.out_proj.load_state_dict(mine.output.state_dict())
    for name in ("norm1", "norm2", "linear1", "linear2"):
        getattr(twin, name).load_state_dict(getattr(layer, name).state_dict())
    return twin.eval().requires_grad_(False)


def test_layers_equal_those_of_torch_padding_too() -> None:
    model, ids = _model(), _batch()
    assert (ids == 0).any()
    trace = model(ids)
    for layer, seen in zip(model.layers, trace.layers, strict=True):
        assert isinstance(layer, PreNorm)
        twin = _into_torch(layer)
        # in training mode torch takes its plain path, that computes padding like any word
        expected = twin.train()(seen.x, src_key_padding_mask=ids == 0)
        assert torch.allclose(seen.out, expected, atol=1e-5)
        attention = seen.attended.attention
        out, weights = twin.self_attn(
            *3 * [attention.x], key_padding_mask=ids == 0, average_attn_weights=False
        )
        assert torch.allclose(attention.weights, weights, atol=1e-6)
        assert torch.allclose(attention.output, out, atol=1e-5)


def test_a_stack_is_one_layer_after_the_other() -> None:
    model, ids = _model(), _batch()
    trace = model(ids)
    assert torch.equal(trace.layers[0].x, trace.embedded)
    assert torch.equal(trace.layers[1].x, trace.layers[0].out)
    logits = model.norm(trace.layers[1].out) @ model.embedding.weight.T
    assert torch.equal(trace.logits, logits)


def test_the_heads_are_scaled_dot_product_attention() -> None:
    ids = _batch()
    for layer in (layer.attended.attention for layer in _model()(ids).layers):
        expected = scaled_dot_product_attention(
            layer.q, layer.k, layer.v, attn_mask=(ids != 0)[:, None, None]
        )
        assert torch.allclose(layer.heads, expected, atol=1e-5)
        assert torch.allclose(
            layer.scores / math.sqrt(WIDTH / HEADS), layer.q @ layer.k.mT / 8**0.5
        )


def test_rows_sum_to_one_and_padding_is_exactly_nothing() -> None:
    ids = _batch()
    weights = _model()(ids).weights
    assert torch.allclose(weights.sum(-1), torch.ones(()), atol=1e-6)
    hidden = (ids == 0)[:, None, None, None].expand_as(weights)
    assert (weights[hidden] == 0).all()
    assert (weights[~hidden] > 0).all()


def test_padding_changes_nothing() -> None:
    model, ids = _model(), _batch()
    whole = model(ids)
    for i, row in enumerate(ids):
        words = int((row != 0).sum())
        alone = model(row[None, :words])
        assert torch.allclose(whole.logits[i, :words], alone.logits[0], atol=1e-4)


def test_cutting_nothing_changes_nothing() -> None:
    model, ids = _model(), _batch()[:, :8]
    kept = keep((), 2, HEADS, 8)
    for renormalise in (True, False):
        assert torch.equal(model(ids, Cuts(kept, renormalise)).logits, model(ids).logits)


def test_a_cut_weight_is_exactly_zero_and_the_others_as_promised() -> None:
    model, ids = _model(), _batch()[:1, :8]
    kept = keep([Cut(0, 2, 5, 1)], 2, HEADS, 8)
    before = model(ids).layers[0].attended.attention.weights[0]
    grown = model(ids, Cuts(kept)).layers[0].attended.attention.weights[0]
    zeroed = model(ids, Cuts(kept, renormalise=False)).layers[0].attended.attention.weights[0]
    assert grown[2, 5, 1] == 0 and zeroed[2, 5, 1] == 0
    others = [t for t in range(8) if t != 1]
    assert torch.allclose(grown[2, 5, others], before[2, 5, others] / before[2, 5, others].sum())
    assert torch.equal(zeroed[2, 5, others], before[2, 5, others])
    elsewhere = kept[0]
    assert torch.equal(grown[elsewhere][:5], before[elsewhere][:5])
    assert torch.allclose(grown.sum(-1), torch.ones(()), atol=1e-6)


@pytest.mark.parametrize("renormalise", [True, False])
def test_a_head_that_is_cut_gives_nothing(renormalise: bool) -> None:
    model, ids = _model(), _batch()[:1, :8]
    trace = model(ids, Cuts(keep([Cut(layer=1, head=3)], 2, HEADS, 8), renormalise))
    assert (trace.layers[1].attended.attention.weights[:, 3] == 0).all()
    assert (trace.layers[1].attended.attention.heads[:, 3] == 0).all()
    assert trace.logits.isfinite().all()


def test_a_gradient_flows_and_positions_are_those_of_the_paper() -> None:
    model = _model().requires_grad_(True)
    model(_batch()).logits.square().mean().backward()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in model.parameters())
    table = positions(MAX_WORDS, WIDTH)
    assert table.shape == (MAX_WORDS, WIDTH)
    assert table[7, 4].item() == pytest.approx(math.sin(7 / 10_000 ** (4 / WIDTH)), abs=1e-6)
    assert table[7, 5].item() == pytest.approx(math.cos(7 / 10_000 ** (4 / WIDTH)), abs=1e-6)


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="3 heads cannot share a width of 32"):
        ItModel(1, 3, 32)
    with pytest.raises(ValueError, match="at most 64 words"):
        _model()(torch.ones(1, 65, dtype=torch.long))


def test_the_seed_makes_the_weights() -> None:
    first, again, other = (_model(seed).state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(first[key], again[key]) for key in first)
    assert not torch.equal(first["embedding.weight"], other["embedding.weight"])
    assert ItModel(**_model().shape).state_dict().keys() == first.keys()
    assert isinstance(_model().layers[0].attention, Attention)
