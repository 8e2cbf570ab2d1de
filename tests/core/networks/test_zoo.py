"""Twenty networks, exported by PyTorch, compute here what they compute there."""

from __future__ import annotations

import onnxruntime
import pytest
import torch

from core.networks import opening, running
from tests.core.networks.zoo import EXAMPLES, Example


@pytest.mark.parametrize("example", EXAMPLES, ids=[each.name for each in EXAMPLES])
def test_a_network_computes_what_torch_and_onnxruntime_compute(example: Example) -> None:
    network, given, content = example.exported()
    with torch.no_grad():
        expected = network(*given)
    opened = opening.read("network.onnx", content)
    feeds = {each.name: x for each, x in zip(opened.graph.inputs, given, strict=True)}
    made = running.run(opened.graph, feeds)[opened.graph.outputs[0]]
    torch.testing.assert_close(made, expected, rtol=0, atol=1e-5)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (theirs,) = session.run(None, {name: x.numpy() for name, x in feeds.items()})
    torch.testing.assert_close(made, torch.from_numpy(theirs), rtol=0, atol=1e-5)
    assert opened.sizes.shapes[opened.graph.outputs[0]] == tuple(expected.shape)
