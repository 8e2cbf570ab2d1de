"""Attention is written once, and everything that ships computes to the bit what it always has.

Each network is held to its own few lines of PyTorch, with its operations in the order in which its
weights were trained. Another order moves last digits, and recordings would no longer repeat.
"""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, layer_norm, linear, relu

from core import weights
from core.attention.steps.question import StepsQuestion, example, read_words
from core.attention.steps.trace import steps
from core.attention.trained.model import ItModel
from core.attention.trained.sentences.english import ENGLISH
from core.attention.trained.shipped import EXAMPLES, MODELS, network
from core.language.bert import shelf
from core.language.transformer.model import Transformer

Weights = dict[str, Tensor]


def dense(w: Weights, name: str, x: Tensor) -> Tensor:
    return linear(x, w[f"{name}.weight"], w[f"{name}.bias"])


def norm(w: Weights, name: str, x: Tensor) -> Tensor:
    return layer_norm(x, x.shape[-1:], w[f"{name}.weight"], w[f"{name}.bias"])


def heads(q: Tensor, k: Tensor, v: Tensor, count: int, keep: Tensor | None = None) -> Tensor:
    q, k, v = (x.view(*x.shape[:-1], count, -1).transpose(1, 2) for x in (q, k, v))
    scaled = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    if keep is not None:
        scaled = scaled.masked_fill(~keep, -math.inf)
    return (scaled.softmax(-1) @ v).transpose(1, 2).flatten(2)


def inward(w: Weights, name: str, x: Tensor, count: int, keep: Tensor) -> Tensor:
    q, k, v = dense(w, f"{name}.inward", x).chunk(3, -1)
    return dense(w, f"{name}.output", heads(q, k, v, count, keep))


@pytest.mark.parametrize("name", MODELS)
def test_a_network_that_resolves_it(name: str) -> None:
    model = network(name).model
    assert isinstance(model, ItModel)
    w, words, width = dict(model.state_dict()), EXAMPLES["en"][0].split(), model.width
    ids = torch.tensor([[ENGLISH.index[word] for word in words]])
    at = torch.arange(len(words), dtype=torch.float32)[:, None]
    rate = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    positions = torch.stack([(at * rate).sin(), (at * rate).cos()], -1).flatten(1)
    x = w["embedding.weight"][ids] * math.sqrt(width) + positions
    for i in range(model.shape["layers"]):
        layer = f"layers.{i}"
        normed = norm(w, f"{layer}.norm1", x)
        qkv = (dense(w, f"{layer}.attention.{part}", normed) for part in ("query", "key", "value"))
        x = x + dense(w, f"{layer}.attention.output", heads(*qkv, model.shape["heads"]))
        inner = relu(dense(w, f"{layer}.linear1", norm(w, f"{layer}.norm2", x)))
        x = x + dense(w, f"{layer}.linear2", inner)
    assert torch.equal(model(ids).logits, norm(w, "norm", x) @ w["embedding.weight"].T)


def test_a_transformer() -> None:
    model, _ = weights.load("transformer_en_ko")
    assert isinstance(model, Transformer)
    w, count = dict(model.state_dict()), int(model.shape["heads"])
    source, target = torch.tensor([[5, 6, 7, 8, 2]]), torch.tensor([[1, 9, 8, 7]])
    encoded = model.encode(source)
    x = encoded.embedded.sum
    for i in range(len(model.encoder)):
        layer, keep = f"encoder.{i}", encoded.readable
        x = norm(w, f"{layer}.norm1", x + inward(w, f"{layer}.attention", x, count, keep))
        inner = relu(dense(w, f"{layer}.linear1", x))
        x = norm(w, f"{layer}.norm3", x + dense(w, f"{layer}.linear2", inner))
    assert torch.equal(encoded.memory, x)
    decoded, memory = model.decode(encoded, target), x
    x, causal = decoded.embedded.sum, torch.ones(4, 4, dtype=torch.bool).tril()
    for i in range(len(model.decoder)):
        layer = f"decoder.{i}"
        x = norm(w, f"{layer}.norm1", x + inward(w, f"{layer}.attention", x, count, causal))
        weight, bias = w[f"{layer}.cross.inward.weight"], w[f"{layer}.cross.inward.bias"]
        width = x.shape[-1]
        q = linear(x, weight[:width], bias[:width])
        k, v = linear(memory, weight[width:], bias[width:]).chunk(2, -1)
        crossed = heads(q, k, v, count, encoded.readable)
        x = norm(w, f"{layer}.norm2", x + dense(w, f"{layer}.cross.output", crossed))
        inner = relu(dense(w, f"{layer}.linear1", x))
        x = norm(w, f"{layer}.norm3", x + dense(w, f"{layer}.linear2", inner))
    assert torch.equal(decoded.logits, x @ w["embedding.weight"].T)


@pytest.mark.parametrize("left", [False, True])
def test_bert_and_its_twin(left: bool) -> None:
    model: nn.Module = shelf.network("en", left)
    w, ids = dict(model.state_dict()), torch.tensor([[5, 6, 7, 8, 9, 10]])
    x = w["token.weight"][ids] + w["position.weight"][:6] + w["segment.weight"][ids * 0]
    x = norm(w, "norm", x)
    keep = torch.ones(6, 6, dtype=torch.bool)
    for i in range(len(model.layers)):  # type: ignore[arg-type]
        layer = f"layers.{i}"
        beside = inward(w, f"{layer}.attention", x, 4, keep.tril() if left else keep)
        x = norm(w, f"{layer}.norm1", x + beside)
        inner = gelu(dense(w, f"{layer}.linear1", x))
        x = norm(w, f"{layer}.norm3", x + dense(w, f"{layer}.linear2", inner))
    assert torch.equal(model(ids, ids * 0).out, x)


@pytest.mark.parametrize("count", [1, 4])
def test_attention_step_by_step(count: int) -> None:
    words = read_words(example("en")[0])
    run = steps(StepsQuestion(words, heads=count, positions=True, mask="causal", temperature=0.7))
    at = torch.arange(len(words), dtype=torch.float32)[:, None]
    angle = at / 10_000 ** (torch.arange(0, 8, 2, dtype=torch.float32) / 8)
    positions = torch.stack((angle.sin(), angle.cos()), 2).flatten(1)
    assert torch.equal(run["X"], run["E"] + positions)
    q, k, v = (
        (run["X"] @ run[f"W{name}"]).view(len(words), count, -1).transpose(0, 1) for name in "qkv"
    )
    causal = torch.ones(len(words), len(words), dtype=torch.bool).tril()
    masked = (q @ k.transpose(1, 2) / math.sqrt(8 / count)).masked_fill(~causal, -math.inf)
    powers = ((masked - masked.amax(2, keepdim=True)) / 0.7).exp()
    z = (powers / powers.sum(2, keepdim=True) @ v).transpose(0, 1).flatten(1)
    assert torch.equal(run["O"], z @ run["Wo"])
