"""A decoder alone: it computes what torch's layers do, reads nothing to the right, and opens."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from core.attention.blocks import causal, initialise
from core.language.transformer.decoder_only import DecoderOnly, numbers
from core.language.transformer.job import JOB, _carried, example
from core.language.transformer.measure import greedy
from core.language.transformer.model import Transformer
from core.language.transformer.setting import TransformerSetting
from core.language.transformer.tasks import END, PAD, START
from core.opened import Cell
from core.schema import Refusal
from core.training.record import record
from tests.core.opened.test_opened import printed


def made(seed: int = 0, **shape: object) -> DecoderOnly:
    model = DecoderOnly(13, heads=2, width=16, inner=24, **shape).eval()  # type: ignore[arg-type]
    initialise(model, torch.Generator().manual_seed(seed))
    return model


SOURCE = torch.tensor([[4, 5, 6, END], [7, END, PAD, PAD]])
TARGET = torch.tensor([[START, 8, 9], [START, 10, PAD]])


@torch.no_grad()
def test_it_computes_what_an_encoder_of_torch_with_a_causal_mask_does() -> None:
    model = made()
    source, target = SOURCE[:1], TARGET[:1]
    decoded = model.decode(model.encode(source), target)
    x = decoded.embedded.sum
    for layer in model.layers:
        twin = nn.TransformerEncoderLayer(16, 2, 24, dropout=0.0, batch_first=True).eval()
        twin.self_attn.in_proj_weight.copy_(layer.attention.inward.weight)
        twin.self_attn.in_proj_bias.copy_(layer.attention.inward.bias)
        for of_torch, ours in (
            (twin.self_attn.out_proj, layer.attention.output),
            (twin.linear1, layer.linear1),
            (twin.linear2, layer.linear2),
            (twin.norm1, layer.norm1),
            (twin.norm2, layer.norm3),
        ):
            of_torch.load_state_dict(ours.state_dict())
        x = twin(x, ~causal(x.shape[1]))
    assert torch.allclose(decoded.logits, x[:, 4:] @ model.embedding.weight.T, atol=1e-5)


@torch.no_grad()
def test_padding_of_a_batch_changes_nothing() -> None:
    model = made()
    together = model(SOURCE, TARGET)
    alone = model(SOURCE[1:, :2], TARGET[1:, :2])
    assert torch.allclose(together[1, :2], alone[0], atol=1e-6)
    assert together.isfinite().all()


@torch.no_grad()
@pytest.mark.parametrize("mask", [True, False])
def test_nothing_is_read_that_stands_to_the_right(mask: bool) -> None:
    model = made(mask=mask)
    before = model.decode(model.encode(SOURCE[:1]), TARGET[:1])
    changed = torch.tensor([[START, 8, 11]])
    after = model.decode(model.encode(SOURCE[:1]), changed)
    same = torch.isclose(before.layers[-1].out, after.layers[-1].out).all(-1)[0]
    assert same[:-1].all() == mask and not same[-1]


@torch.no_grad()
def test_greedy_decoding_and_teacher_forcing_agree() -> None:
    model = made(3)
    written = greedy(model, SOURCE[:1], 5)
    fed = model(SOURCE[:1], written[:, :-1]).argmax(-1)
    assert torch.equal(fed, written[:, 1:])


@pytest.mark.parametrize("switches", [{}, {"positions": False, "mask": False, "scaling": False}])
def test_its_numbers_open_down_to_the_weights(switches: dict[str, bool]) -> None:
    model = made(1, **switches)
    rules, trace = numbers(model, SOURCE[:1], TARGET[:1])
    generator = torch.Generator().manual_seed(5)
    for name, values in trace.items():
        if name not in rules.by_name:
            continue
        at = torch.unravel_index(
            torch.randint(values.numel(), (), generator=generator), values.shape
        )
        shown = rules.open(trace, Cell(name, tuple(int(place) for place in at)))
        assert shown.total == pytest.approx(shown.value, abs=1e-4, nan_ok=True), name


SMALL = {"task": "copy", "network": "decoder", "width": 32, "heads": 2, "steps": 300}


def test_it_learns_to_copy_and_its_run_opens() -> None:
    setting = JOB.read(SMALL)
    recording = record(JOB, setting, keep=2, chunk=150)
    saved = recording.saved[-1]
    assert saved.marks["token_accuracy"] > 0.9
    batch = example(setting)
    read, said = batch.source.shape[1], batch.target.shape[1] - 1
    assert saved.pictures["cross"].shape == (2, 2, said, read)
    cell = Cell("decoder_1_attention_weights", (1, read + 2, 3))
    number = f"{cell.array}.{'.'.join(str(place + 1) for place in cell.index)}"
    reply = JOB.inspections["number"](setting, saved.state, {"number": number})
    shown = float(saved.pictures["cross"][1, 1, 2, 3])
    assert reply["opened"]["value"] == pytest.approx(shown, abs=1e-6)
    assert printed(reply["program"]) == [pytest.approx(shown, abs=1e-5)]
    with pytest.raises(Refusal):
        JOB.inspections["answer"](setting, saved.state, {"q": "{}"})


def test_both_networks_are_as_deep_and_the_one_of_old_is_the_default() -> None:
    both = TransformerSetting().model()
    alone = TransformerSetting(network="decoder").model()
    assert isinstance(both, Transformer) and isinstance(alone, DecoderOnly)
    assert len(alone.layers) == len(both.encoder) + len(both.decoder)
    sizes = [sum(weight.numel() for weight in model.parameters()) for model in (alone, both)]
    assert sizes[0] < sizes[1]


def test_it_is_carried_elsewhere_as_onnx() -> None:
    runtime = pytest.importorskip("onnxruntime", reason="requirements-dev.txt brings it")
    setting = JOB.read(SMALL | {"steps": 2})
    carried = _carried(setting, record(JOB, setting).saved[-1].state)
    session = runtime.InferenceSession(carried.onnx())
    given = {name: values.numpy() for name, values in carried.given.items()}
    (logits,) = session.run(None, given)
    expected = carried.network(*carried.given.values()).detach().numpy()
    assert abs(logits - expected).max() < 1e-4
