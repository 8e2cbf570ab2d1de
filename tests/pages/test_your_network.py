"""The page "Your network": in both languages, files that open, and files that are refused."""

from __future__ import annotations

import json
from typing import Any

import onnx
import pytest
import torch
from safetensors.torch import save
from streamlit.testing.v1 import AppTest
from torch import nn

from core.networks import shelf
from pages.kit.language import LANGUAGES
from tests.core.networks.zoo import EXAMPLES, onnx_of
from tests.patience import PATIENCE

LENET = EXAMPLES[0]


def _page() -> None:
    from pages.your_network import page as network

    network.page()


def opened(language: str = "en", **query: str) -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in ({"lang": language} | query).items():
        test.query_params[name] = value
    return test.run()


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.network"]["values"]
    return found


def brought(test: AppTest, name: str, content: bytes, beside: bytes | None = None) -> AppTest:
    if beside is not None:
        test.file_uploader[1].set_value(("layers.json", beside, "application/json"))
    test.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    assert not test.exception
    return test


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tab", ["see", "bring", "numbers", "predict"])
def test_the_page_is_drawn_in_both_languages(language: str, tab: str) -> None:
    assert not opened(language, lesson=tab).exception


@pytest.mark.parametrize("example", shelf.EXAMPLES)
def test_every_example_is_drawn(example: str) -> None:
    assert not opened(example=example).exception


def test_an_open_number_has_its_formula_and_its_program() -> None:
    test = opened(number="layer_10.4", lesson="numbers")
    assert not test.exception and test.latex


def test_a_file_opens_and_a_pickle_leaves_it_open() -> None:
    test = brought(opened(off="layer_1.2"), "lenet.onnx", LENET.exported()[2])
    net = values(test)["net"]
    assert shelf.find(net).name == "lenet.onnx" and values(test)["off"] == ""
    brought(test, "other.pt", b"PK\x03\x04")
    assert "pickle" in test.error[0].value
    assert values(test)["net"] == net


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_file_is_refused_and_the_example_stays(language: str) -> None:
    test = brought(opened(language), "broken.onnx", b"\x08\x08 hello")
    assert test.error and not values(test).get("net")


def test_a_name_of_theirs_is_no_markdown() -> None:
    model = onnx.load_from_string(LENET.exported()[2])
    model.graph.node[0].op_type = "![seen](http://elsewhere/pixel.png)"
    test = brought(opened(), "odd.onnx", model.SerializeToString())
    assert r"\!\[seen\]\(http\://elsewhere" in test.error[0].value


def test_safetensors_ask_for_their_layers() -> None:
    network, _given = LENET.built()
    content = save(network.state_dict())
    test = brought(opened(), "lenet.safetensors", content)
    assert "list of layers" in test.error[0].value
    listed = {"input": [1, 28, 28], "layers": [{"kind": "conv", "name": "0"}, "relu"]}
    brought(test, "lenet.safetensors", content, json.dumps(listed).encode())
    assert not test.error
    assert shelf.find(values(test)["net"]).shapes == {"input": (1, 1, 28, 28)}


def test_an_open_size_is_asked_for() -> None:
    network = nn.LSTM(3, 4, batch_first=True).eval()
    axes = {"x": {1: "time"}}
    content = onnx_of(network, (torch.zeros(1, 5, 3),), input_names=["x"], dynamic_axes=axes)
    test = brought(opened(), "lstm.onnx", content)
    assert "time" in test.info[0].value and not values(test).get("net")
    test.number_input[0].set_value(7)
    next(each for each in test.button if each.label == "Open this network").click().run()
    assert not test.exception and not test.info
    assert shelf.find(values(test)["net"]).shapes["x"] == (1, 7, 3)


def test_another_example_closes_what_was_brought() -> None:
    test = brought(opened(), "lenet.onnx", LENET.exported()[2])
    test.button_group[0].set_value("sine").run()
    assert not test.exception and values(test)["net"] == "" and values(test)["scale"] == "unit"
