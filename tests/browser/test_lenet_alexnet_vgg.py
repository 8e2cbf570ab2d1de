"""LeNet, AlexNet, VGG: a person selects layers, draws for five networks, and compares them."""

from __future__ import annotations

import pytest
import torch

from core.headed import read_head
from core.vision.architectures.answer import FiveQuestion, network
from core.vision.architectures.number import opened as number_opened
from core.vision.architectures.number import read_number
from core.vision.architectures.stacks import layers
from core.vision.architectures.table import table
from core.vision.fair.results import picture
from core.vision.hand import sample
from core.vision.models import normalise
from core.vision.preprocess import render
from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.browser.test_look import PHONE

PATH = "/lenet-alexnet-vgg"


def ready(screen: Screen) -> Screen:
    for name, mark in (("arch", "painted"), ("five", "answers"), ("fair", "painted")):
        screen.page.wait_for_selector(f"[data-fp={name}][data-{mark}]")
    screen.idle()
    screen.settled()
    return screen


@pytest.fixture
def networks(open_page: Open) -> Screen:
    return ready(open_page(f"{PATH}?seed=3"))


def text(screen: Screen, name: str) -> str:
    return screen.part(name).inner_text()


def test_a_block_opens_its_row_its_formulas_and_its_field(networks: Screen) -> None:
    assert text(networks, "layer") == "conv2"
    assert text(networks, "formula-parameters") == "(5·5·96/2 + 1)·256 = 307,456"
    assert text(networks, "sum-parameters") == "60,965,224"
    networks.click("open-parameters")
    networks.until(lambda: networks.value("count-number") == 60_965_224)
    networks.click("count-onward-1")
    networks.until(
        lambda: networks.value("count-number") == table("alexnet_2012").rows[1].parameters
    )
    networks.click("left-2")
    networks.until(lambda: text(networks, "layer") == "C3")
    assert text(networks, "sum-parameters") == "60,000"
    assert text(networks, "formula-parameters").endswith("= 1,516")
    seen = table("lenet5_1998").rows[2].sees
    assert seen is not None and f"{seen.size} × {seen.size} pixels" in text(networks, "field-said")
    networks.click("row-0")
    networks.until(lambda: text(networks, "layer") == "C1")
    networks.until(lambda: "side=left" in networks.page.url and "layer=0" in networks.page.url)


def test_the_keyboard_walks_through_the_layers(networks: Screen) -> None:
    networks.part("blocks-right").focus()
    networks.page.keyboard.press("ArrowRight")
    networks.until(lambda: text(networks, "layer") == "norm2")
    networks.page.keyboard.press("End")
    networks.until(lambda: text(networks, "layer") == "fc8")
    assert "all 227 × 227 pixels" in text(networks, "field-said")


def test_in_front_of_each_stack_lies_a_map_of_the_drawing(open_page: Open) -> None:
    """A page as first met: LeNet-5 runs here, and AlexNet of 2012 does not."""
    networks = ready(open_page(PATH))
    net = network("lenet5").net
    sheets = networks.part("blocks-left").locator("image")
    networks.until(lambda: sheets.count() == 1 + len(table("lenet5").rows))
    assert networks.part("blocks-right").locator("image").count() == 0
    assert networks.part("says-left").inner_text().split()[0] == "3"
    networks.click("left-2")
    networks.until(lambda: text(networks, "layer") == "conv2")
    networks.click("open-cell")
    x = normalise(torch.from_numpy(render(sample(3))))[None, None]
    front = layers(net, x)[2]
    expected = float(front.output[front.front, 5, 5])
    networks.until(lambda: networks.value("cell-number") == pytest.approx(expected, abs=1e-5))
    networks.part("says-left").locator("button").click()
    networks.until(lambda: networks.value("cell-number") == pytest.approx(1, abs=1e-2))


def test_vgg16_can_be_put_beside_it(networks: Screen) -> None:
    networks.part("left").select_option("vgg16")
    networks.until(lambda: text(networks, "sum-parameters") == "138,357,544")
    networks.click("row-17")  # pool5: wider than the picture, yet a corner does not see all of it
    networks.until(lambda: "212 × 212 pixels of 224 × 224" in text(networks, "field-said"))
    networks.click("scale-true")
    networks.until(lambda: "left=vgg16" in networks.page.url and "scale=true" in networks.page.url)


def test_five_networks_follow_the_pen(networks: Screen) -> None:
    shown = networks.part("said-lenet5")
    assert shown.get_attribute("data-digit") == "3"
    before = int(networks.part("five").get_attribute("data-answers") or 0)
    networks.part("sample").scroll_into_view_if_needed()
    networks.click("sample")
    networks.until(lambda: int(networks.part("five").get_attribute("data-answers") or 0) > before)
    networks.until(lambda: "drawing=" in networks.page.url)
    probability = _asked(4, "lenet5")
    networks.until(
        lambda: (
            float(shown.get_attribute("data-value") or 0) == pytest.approx(probability, abs=1e-5)
        )
    )
    networks.click("stage-last")
    networks.until(lambda: "pool2" in networks.part("five").inner_text())
    networks.click("measure")
    networks.until(lambda: networks.part("time-lenet5").is_visible())
    assert networks.value("time-lenet5") > 0


def _asked(number: int, name: str) -> float:
    from core.vision.architectures.answer import answer

    head, _codes = read_head(answer(FiveQuestion(sample(number))))
    assert network(name)
    return float(max(head["nets"][name]["probabilities"]))


def test_what_is_equal_can_be_chosen_and_an_idea_be_seen(networks: Screen) -> None:
    found = picture()
    dots = networks.part("dots-simple").locator("circle")
    for equal in ("parameters", "multiply_adds"):
        networks.part(f"equal-{equal}").scroll_into_view_if_needed()
        networks.click(f"equal-{equal}")
        runs = found["equal"][equal]["nets"][0]["runs"]
        networks.until(
            lambda runs=runs: (
                [float(dot.get_attribute("data-value") or 0) for dot in dots.all()]
                == [run["accuracy"] for run in runs]
            )
        )
    networks.click("try-dropout")
    verdict = networks.part("verdict-dropout")
    networks.until(lambda: verdict.is_visible())
    told = next(v for v in found["ideas"]["dropout"]["variants"] if v["name"] == "dropout")
    assert verdict.get_attribute("data-outcome") == told["outcome"]
    networks.until(lambda: "idea=dropout" in networks.page.url)


def test_the_walk_begins_with_the_first_picture(networks: Screen) -> None:
    networks.page.get_by_role("button", name="Walk me through").click()
    networks.until(lambda: 0 < networks.box("blocks-left")["y"] < 500)
    networks.page.keyboard.press("ArrowRight")
    dimmed = networks.page.locator("[data-block=right]")
    networks.until(lambda: "aside" in (dimmed.get_attribute("class") or ""))


def test_it_is_right_in_korean_on_a_phone_in_the_dark(open_page: Open) -> None:
    screen = ready(open_page(PATH, color_scheme="dark", locale="ko-KR", **PHONE))
    assert text(screen, "sum-parameters") == "60,965,224"
    assert "픽셀을 봅니다" in text(screen, "field-said")


def test_a_probability_opens_and_is_followed_down_to_a_convolution(networks: Screen) -> None:
    networks.click("open-tiny")
    panel = networks.part("number")
    networks.until(lambda: "probabilities" in networks.page.url)
    for layer in ("logits", "pool3", "act6", "conv6", "act5"):
        if layer == "pool3":
            networks.page.locator("[data-block=number] .parts button").first.click()
        else:
            networks.click("onward")
        networks.until(lambda layer=layer: f"number=tiny.{layer}." in networks.page.url)
        networks.page.wait_for_selector(f"[data-block=number][data-number^='tiny.{layer}.']")
    number = read_number(networks.page.url.split("number=")[1].split("&")[0])
    assert number is not None
    expected = number_opened(sample(3), number).value
    networks.until(
        lambda: float(panel.get_attribute("data-value") or "nan") == pytest.approx(expected)
    )
    networks.click("close-number")
    networks.until(lambda: not panel.is_visible() and "number=" not in networks.page.url)
