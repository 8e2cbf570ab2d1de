"""The blocks compute what torch's own layers compute, and a mask hides altogether."""

from __future__ import annotations

import math
from typing import TypeVar

import pytest
import torch
from torch import Tensor, nn
from torch.testing import assert_close

from core.attention.blocks import Attention, PostNorm, causal, initialise, readable
from core.attention.positions import positions

WIDTH, HEADS, INNER = 12, 3, 20
M = TypeVar("M", bound=nn.Module)


def numbers(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def drawn(module: M, seed: int = 5) -> M:
    generator = torch.Generator().manual_seed(seed)
    for parameter in module.parameters():
        parameter.data.normal_(0, 0.5, generator=generator)
    return module.eval()


def as_torch(ours: Attention, theirs: nn.Module) -> None:
    theirs.load_state_dict(
        {
            "in_proj_weight": ours.inward.weight,
            "in_proj_bias": ours.inward.bias,
            "out_proj.weight": ours.output.weight,
            "out_proj.bias": ours.output.bias,
        }
    )


def torch_layer(ours: PostNorm) -> nn.Module:
    kind = nn.TransformerEncoderLayer if ours.cross is None else nn.TransformerDecoderLayer
    theirs = kind(WIDTH, HEADS, INNER, dropout=0.0, batch_first=True).eval()
    as_torch(ours.attention, theirs.get_submodule("self_attn"))
    pairs = [("linear1", "linear1"), ("linear2", "linear2"), ("norm1", "norm1")]
    if ours.cross is None:
        pairs.append(("norm3", "norm2"))
    else:
        as_torch(ours.cross, theirs.get_submodule("multihead_attn"))
        pairs += [("norm2", "norm2"), ("norm3", "norm3")]
    for mine, other in pairs:
        theirs.get_submodule(other).load_state_dict(ours.get_submodule(mine).state_dict())
    return theirs


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("cross", [False, True])
def test_attention_is_that_of_torch(masked: bool, cross: bool) -> None:
    ours, theirs = (
        drawn(Attention(WIDTH, HEADS)),
        nn.MultiheadAttention(WIDTH, HEADS, 0.0, batch_first=True),
    )
    as_torch(ours, theirs)
    x, memory = numbers(2, 5, WIDTH), numbers(2, 7, WIDTH, seed=1) if cross else None
    keep = numbers(5, 7 if cross else 5, seed=2) > -0.3 if masked else None
    if keep is not None:
        keep[:, 0] = True
    read = x if memory is None else memory
    output, weights = theirs(
        x, read, read, attn_mask=None if keep is None else ~keep, average_attn_weights=False
    )
    found = ours(x, memory, keep)
    assert_close(found.output, output)
    assert_close(found.weights, weights)


def test_an_encoder_layer_is_that_of_torch() -> None:
    ours, x = drawn(PostNorm(WIDTH, HEADS, INNER)), numbers(2, 5, WIDTH)
    ids = torch.tensor([[3, 4, 5, 6, 7], [3, 4, 5, 0, 0]])
    expected = torch_layer(ours)(x, src_key_padding_mask=ids == 0)
    found = ours(x, readable(ids, 0)).out
    assert_close(found[0], expected[0])
    assert_close(found[1, :3], expected[1, :3])  # torch may write zeros where there is padding


def test_a_decoder_layer_is_that_of_torch() -> None:
    ours = drawn(PostNorm(WIDTH, HEADS, INNER, cross=True))
    x, memory = numbers(2, 5, WIDTH), numbers(2, 7, WIDTH, seed=1)
    ids = torch.tensor([[3] * 7, [3] * 4 + [0] * 3])
    expected = torch_layer(ours)(x, memory, tgt_mask=~causal(5), memory_key_padding_mask=ids == 0)
    assert_close(ours(x, causal(5), memory, readable(ids, 0)).out, expected)


def test_what_is_masked_weighs_exactly_nothing() -> None:
    found = drawn(Attention(WIDTH, HEADS))(numbers(2, 6, WIDTH), None, causal(6))
    assert found.weights.masked_select(~causal(6)).eq(0).all()
    assert_close(found.weights.sum(-1), torch.ones(2, HEADS, 6))
    assert found.masked.masked_select(~causal(6)).eq(-math.inf).all()


def test_without_scaling_the_scores_stay_as_they_are() -> None:
    x = numbers(1, 4, WIDTH)
    scaled, plain = (drawn(Attention(WIDTH, HEADS, on))(x) for on in (True, False))
    assert_close(scaled.scores / math.sqrt(WIDTH // HEADS), scaled.scaled)
    assert torch.equal(plain.scores, plain.scaled)


def test_a_trace_adds_up() -> None:
    layer, x, memory = (
        drawn(PostNorm(WIDTH, HEADS, INNER, cross=True)),
        numbers(1, 4, WIDTH),
        numbers(1, 3, WIDTH),
    )
    found = layer(x, causal(4), memory)
    assert found.crossed is not None
    assert torch.equal(found.attended.added, x + found.attended.attention.output)
    assert torch.equal(found.crossed.added, found.attended.out + found.crossed.attention.output)
    assert torch.equal(found.fed.added, found.crossed.out + found.fed.output)
    assert found.fed.inner.shape == (1, 4, INNER) and found.fed.inner.ge(0).all()


def test_positions_are_those_of_the_paper() -> None:
    table = positions(50, 8)
    for row, column in ((0, 0), (3, 1), (7, 4), (49, 7)):
        angle = row / 10_000 ** ((column - column % 2) / 8)
        assert table[row, column].item() == pytest.approx(
            (math.cos if column % 2 else math.sin)(angle), abs=1e-5
        )


def test_fresh_weights_hang_on_the_seed_alone() -> None:
    def fresh(seed: int) -> list[Tensor]:
        model = nn.ModuleList([nn.Embedding(9, WIDTH), PostNorm(WIDTH, HEADS, INNER, cross=True)])
        initialise(model, torch.Generator().manual_seed(seed))
        return list(model.state_dict().values())

    assert all(map(torch.equal, fresh(1), fresh(1)))
    assert not all(map(torch.equal, fresh(1), fresh(2)))
    bound = math.sqrt(6 / (2 * WIDTH))  # q, k and v are three matrices of WIDTH by WIDTH
    inward = PostNorm(WIDTH, HEADS, INNER).attention.inward
    initialise(inward, torch.Generator().manual_seed(0))
    assert 0.8 * bound < inward.weight.abs().max() <= bound


def test_heads_that_cannot_share_the_width_are_named() -> None:
    with pytest.raises(ValueError, match="5 heads cannot share a width of 12"):
        Attention(WIDTH, 5)
