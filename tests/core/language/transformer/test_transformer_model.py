"""The whole network is torch's; decoding keeps to what the network says."""

from __future__ import annotations

import math
from itertools import product

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from core.attention.blocks import initialise
from core.language.transformer import decoding, measure
from core.language.transformer.example import SETTING
from core.language.transformer.job import model_of
from core.language.transformer.model import Transformer
from core.language.transformer.networks import network
from core.language.transformer.tasks import END, PAD, START, TASKS, task
from core.training import shipped

SOURCE = torch.tensor([[5, 6, 7, 8, END], [9, 4, END, PAD, PAD]])
TARGET = torch.tensor([[START, 8, 7, 6, 5], [START, 4, 9, PAD, PAD]])


def fresh(seed: int = 0, words: int = 12, **shape: int | bool) -> Transformer:
    model = Transformer(words, **shape).eval()  # type: ignore[arg-type]
    initialise(model, torch.Generator().manual_seed(seed))
    return model.requires_grad_(False)


def state(ours: Transformer) -> dict[str, torch.Tensor]:
    """Our weights under torch's names."""
    names = {
        "attention.inward.": "self_attn.in_proj_",
        "attention.output.": "self_attn.out_proj.",
        "cross.inward.": "multihead_attn.in_proj_",
        "cross.output.": "multihead_attn.out_proj.",
    }
    found = {}
    for key, value in ours.state_dict().items():
        if key == "embedding.weight":
            continue
        stack, layer, rest = key.split(".", 2)
        for mine, other in names.items():
            if rest.startswith(mine):
                rest = rest.replace(mine, other)
        if stack == "encoder":
            rest = rest.replace("norm3", "norm2")
        found[f"{stack}.layers.{layer}.{rest}"] = value
    return found


@pytest.mark.parametrize(("layers", "heads"), [(1, 4), (2, 2)])
def test_the_network_is_that_of_torch(layers: int, heads: int) -> None:
    ours = fresh(layers=layers, heads=heads)
    theirs = nn.Transformer(64, heads, layers, layers, 128, dropout=0.0, batch_first=True).eval()
    theirs.encoder.norm = theirs.decoder.norm = None  # the paper has none behind its stacks
    theirs.load_state_dict(state(ours))
    hidden = SOURCE == PAD
    out = theirs(
        ours.embed(SOURCE).sum,
        ours.embed(TARGET).sum,
        tgt_mask=nn.Transformer.generate_square_subsequent_mask(5),
        src_key_padding_mask=hidden,
        memory_key_padding_mask=hidden,
    )
    assert_close(ours(SOURCE, TARGET), out @ ours.embedding.weight.T, atol=1e-4, rtol=1e-4)


def test_what_comes_later_changes_nothing_before() -> None:
    model = fresh()
    changed = TARGET.clone()
    changed[:, 3:] = 10
    before, after = model(SOURCE, TARGET), model(SOURCE, changed)
    assert torch.equal(before[:, :3], after[:, :3])
    assert not torch.equal(before[:, 3:], after[:, 3:])
    unmasked = fresh(mask=False)
    assert not torch.equal(unmasked(SOURCE, TARGET)[:, 0], unmasked(SOURCE, changed)[:, 0])


def test_padding_changes_nothing() -> None:
    model = fresh()
    alone = model(SOURCE[1:, :3], TARGET[1:, :3])
    assert_close(model(SOURCE, TARGET)[1:, :3], alone)


def test_without_positions_the_order_of_the_source_is_lost() -> None:
    turned = SOURCE[:1, [3, 1, 2, 0, 4]]
    target = TARGET[:1]
    for positions in (True, False):
        model = fresh(positions=positions)
        same = torch.allclose(model(SOURCE[:1], target), model(turned, target), atol=1e-5)
        assert same is not positions


def test_one_forced_pass_tells_what_greedy_decoding_gets_right() -> None:
    held = task("en-ko").pools[1].take(torch.arange(96))
    found = []
    for step in (150, 200, 400):  # of the shipped training: half right, and nearly right
        model = model_of(SETTING, shipped.load("transformer_run").at(step).state)
        found.append(measure.scores(model, held))
        assert found[-1].exact == measure.exact(model, held)
        assert found[-1].tokens >= found[-1].exact
    assert 0.05 < found[0].exact < 0.95 < found[0].tokens + 0.2


@pytest.mark.parametrize("name", TASKS)
def test_the_shipped_models_are_as_good_as_their_cards_say(name: str) -> None:
    net = network(name)
    held = task(name).pools[1].take(torch.arange(256))
    promised = net.card["scores"]["held_out"]["exact"]
    assert promised >= 0.99
    assert measure.scores(net.model, held).exact >= 0.98


def test_a_line_ends_at_the_end_and_goes_on_behind_what_is_given() -> None:
    model, about = network("en-ko").model, task("en-ko")
    encoded = model.encode(torch.tensor([about.source("the cat sat on the mat".split())]))
    found = decoding.line(model, encoded)
    assert found.ended and found.ids[0] == START and found.ids.count(END) == 1
    assert torch.stack(found.chances).sum(1).allclose(torch.ones(len(found.chances)))
    other = decoding.line(model, encoded, [about.index["개"], about.index["가"]])
    assert [about.words[i] for i in other.ids[1:4]] == ["개", "가", "매트"]
    assert not decoding.line(model, encoded, limit=2).ended


def test_drawing_hangs_on_its_seed() -> None:
    model = fresh()
    encoded = model.encode(SOURCE[:1])

    def drawn(seed: int) -> list[int]:
        return decoding.line(model, encoded, (), decoding.Drawing(2.0, seed=seed)).ids

    assert drawn(1) == drawn(1)
    assert len({tuple(drawn(seed)) for seed in range(5)}) > 1


def test_a_beam_of_one_is_greedy() -> None:
    for seed in range(4):
        model = fresh(seed)
        encoded = model.encode(SOURCE[:1])
        greedy = decoding.line(model, encoded, limit=6).ids
        assert decoding.beam(model, encoded, 1, limit=6).ids == greedy


def test_a_beam_as_wide_as_everything_finds_the_best() -> None:
    model = fresh(3, words=5)
    source = torch.tensor([[3, 4, END]])
    encoded = model.encode(source)
    tree = decoding.beam(model, encoded, 125, limit=3)
    best = -math.inf
    for length in (1, 2, 3):
        for ids in product(range(5), repeat=length):
            if ids[-1] == END and END not in ids[:-1]:
                logp = decoding.line(model, encoded, ids, limit=length).logp
                best = max(best, decoding.penalised(logp, length))
    found = next(node for step in tree.steps for node in step if node.id == tree.best)
    assert found.score == pytest.approx(best, abs=1e-5)


def test_a_tree_is_whole() -> None:
    model = network("en-ko").model
    about = task("en-ko")
    encoded = model.encode(torch.tensor([about.source("the dog ate the cake".split())]))
    tree = decoding.beam(model, encoded, 3)
    nodes = [node for step in tree.steps for node in step]
    assert [node.id for node in nodes] == list(range(len(nodes)))
    for node in nodes[1:]:
        assert node.parent is not None
        parent = nodes[node.parent]
        assert parent.kept and not parent.ended
        assert node.logp == pytest.approx(parent.logp + math.log(node.p), abs=1e-3)
    ends = 0
    for step in tree.steps:
        assert sum(node.kept for node in step) <= 3 - ends
        ends += sum(node.kept and node.ended for node in step)
    assert ends == 3
    winner = nodes[tree.best]
    alike = decoding.line(model, encoded, tree.ids[1:], limit=len(tree.ids) - 1)
    assert winner.logp == pytest.approx(alike.logp, abs=1e-4)
    greedy = decoding.line(model, encoded)
    alone = decoding.penalised(greedy.logp, len(greedy.chances))
    assert winner.score >= alone - 1e-6
