"""Your network: a file is opened in a real browser, a number of it, and a kernel is broken."""

from __future__ import annotations

import onnx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.core.networks.zoo import EXAMPLES

PATH = "/your-network"
HOSTILE = "<img src=x onerror=document.title=666>" + "very-long-" * 300


def ready(screen: Screen) -> Screen:
    screen.page.wait_for_selector("[data-fp=network][data-answers]")
    screen.idle()
    screen.settled()
    return screen


@pytest.fixture
def bench(open_page: Open) -> Screen:
    return ready(open_page(f"{PATH}?scale=signed"))


def test_a_number_opens_and_a_broken_kernel_makes_its_map_even(bench: Screen) -> None:
    maps = bench.part("maps")
    box = maps.bounding_box()
    assert box
    maps.click(position={"x": box["width"] / 12, "y": box["height"] / 12})
    expect(bench.part("title")).to_contain_text("/conv1/Conv 0,")
    value = float(bench.part("number").get_attribute("data-value") or "nan")
    assert value == value
    bench.part("break").click()
    expect(bench.part("row-layer_1")).to_have_class("is broken")
    bench.page.wait_for_url("**off=layer_1.0**")
    bench.part("mend-all").click()
    expect(bench.part("row-layer_1")).to_have_class("is")


def test_a_file_of_ones_own_opens_and_its_names_are_text(bench: Screen) -> None:
    model = onnx.load_from_string(EXAMPLES[1].exported()[2])
    model.graph.node[0].name = HOSTILE
    bench.page.get_by_text("Open a network of your own", exact=True).click()
    bench.page.locator("input[type=file]").first.set_input_files(
        {"name": "<b>mine.onnx", "mimeType": "", "buffer": model.SerializeToString()}
    )
    expect(bench.page.get_by_role("heading", name="<b>mine.onnx: 9 layers")).to_be_visible()
    expect(bench.part("row-layer_1")).to_contain_text("<img src=x")
    assert bench.page.title() != "666"
    bench.page.locator("input[type=file]").first.set_input_files(
        {"name": "mine.pt", "mimeType": "", "buffer": b"PK\x03\x04"}
    )
    expect(bench.page.get_by_text("is a pickle")).to_be_visible()
    expect(bench.page.get_by_role("heading", name="<b>mine.onnx: 9 layers")).to_be_visible()


def test_a_map_of_one_column_has_an_end(open_page: Open) -> None:
    bench = ready(open_page(f"{PATH}?example=sine"))
    expect(bench.part("maps-title")).to_contain_text("MatMul")
    box = bench.part("maps").bounding_box()
    assert box and box["height"] < 700 and box["width"] > 8


def test_a_recurrent_layer_opens_down_to_a_gate(open_page: Open) -> None:
    bench = ready(open_page(f"{PATH}?example=sine"))
    row = bench.page.locator("tr[data-fp^=row-]:has(td:text-is('LSTM'))")
    array = (row.get_attribute("data-fp") or "").removeprefix("row-")
    bench = ready(open_page(f"{PATH}?example=sine&layer={array}&number={array}.5.1.1.3"))
    expect(bench.part("title")).to_contain_text("LSTM 4, 0, 0, 2")
    bench.page.get_by_role("button", name="hidden state 4, 2").click()
    expect(bench.part("title")).to_contain_text("hidden state 4, 2")
    bench.page.get_by_role("button", name="output gate 4, 2").click()
    expect(bench.part("title")).to_contain_text("output gate 4, 2")
    bench.page.wait_for_url(f"**number={array}_forward_output.5.3**")
    value = float(bench.part("number").get_attribute("data-value") or "nan")
    assert 0 < value < 1
