"""Networks of runs as ONNX: what they compute elsewhere is what they compute here."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
import torch
from torch import Tensor

from core.address import find
from core.networks import opening, running
from core.schema import Refusal
from core.training import export, shipped
from core.training.carried import Carried
from core.training.job import Job
from core.training.jobs import JOBS, SHIPPED
from tests.core.training.line import JOB as LINE

RUNS = ("cnn", "hand", "sine", "adding", "words", "text", "it", "translate", "bert")


def carried(name: str) -> tuple[Job, Carried, bytes]:
    """The network of a shipped run, and its file."""
    recording = shipped.load(SHIPPED[name])
    job: Job = find(JOBS[name])
    config = job.read(recording.config)
    assert job.carried is not None
    content = export.network(job, config, recording)
    return job, job.carried(config, recording.saved[-1].state), content


@pytest.mark.parametrize("name", RUNS)
def test_a_run_computes_elsewhere_what_it_computes_here(name: str) -> None:
    _job, network, content = carried(name)
    chance = torch.Generator().manual_seed(3)
    given: dict[str, Tensor] = {
        key: x if x.dtype == torch.int64 else torch.randn(x.shape, generator=chance)
        for key, x in network.given.items()
    }
    with torch.no_grad():
        apply = network.apply or (lambda net, *inputs: net(*inputs))
        expected = apply(network.network.eval(), *given.values())
    expected = expected if isinstance(expected, tuple) else (expected,)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    asked = {each.name for each in session.get_inputs()}
    theirs = session.run(None, {key: x.numpy() for key, x in given.items() if key in asked})
    opened = opening.read(f"{name}.onnx", content)
    ours = running.run(opened.graph, given)
    for key, truth, elsewhere in zip(network.outputs, expected, theirs, strict=True):
        np.testing.assert_allclose(elsewhere, truth.numpy(), rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(ours[key], truth, rtol=1e-5, atol=1e-5)


def test_a_convolutional_network_takes_any_number_of_pictures() -> None:
    _job, network, content = carried("cnn")
    x = torch.rand(5, 1, 28, 28)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (theirs,) = session.run(None, {"image": x.numpy()})
    with torch.no_grad():
        np.testing.assert_allclose(theirs, network.network(x).numpy(), rtol=1e-5, atol=1e-5)


def test_a_run_without_a_network_says_so() -> None:
    with pytest.raises(Refusal, match="no network that ONNX could hold"):
        export.network(LINE, LINE.read({"steps": 1}), None)  # type: ignore[arg-type]
