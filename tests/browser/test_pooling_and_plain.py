"""Pooling and "Why not a plain network": a person pools, shifts, shuffles, and trains."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from core.vision.hand import sample
from core.vision.plain.network import mean_distance
from core.vision.pooling import answer as core_answer
from core.vision.pooling import rules
from core.vision.pooling.question import PoolingQuestion
from core.vision.rules import read_cell
from core.vision.shuffled.job import MEMBERS
from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.browser.training import Training

PATH = "/convolution-and-pooling?tab="
FIRST: dict[str, Any] = {"drawing": sample(3).lists(), "row": 5, "column": 7}


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-5)


def answer(**asked: Any) -> dict[str, Any]:
    return core_answer.answer(PoolingQuestion.read(FIRST | asked))


def pooling(open_page: Open, query: str = "", **options: Any) -> Screen:
    screen = open_page(f"{PATH}pooling{query}", **options)
    screen.page.wait_for_selector("[data-fp=pooling][data-answers]")
    screen.idle()
    screen.settled()
    return screen


def cell(screen: Screen) -> str:
    return screen.part("pooling").get_attribute("data-cell") or ""


def value(screen: Screen) -> float:
    return float(screen.part("pool-sum").get_attribute("data-value") or "nan")


def press(screen: Screen, name: str, row: int, column: int, rows: int) -> None:
    """Press on a cell of a plane that has so many rows and is as high as it is wide."""
    box = screen.box(f"plane-{name}")
    side = min(56.0, int(box["width"] / rows))
    place = {"x": (column + 0.5) * side, "y": (row + 0.5) * side}
    screen.part(f"plane-{name}").click(position=place)


def opens(screen: Screen, question: PoolingQuestion, text: str) -> None:
    """The panel shows that number, as it is."""
    panel = screen.page.locator(".opened-number")
    screen.until(lambda: panel.get_attribute("data-number") == text)
    cell = read_cell(text)
    assert cell is not None
    screen.until(lambda: screen.value("number") == near(rules.number(question, cell).value))


def test_the_window_that_is_open_is_torchs(open_page: Open) -> None:
    screen = pooling(open_page)
    assert cell(screen) == "5.7"
    assert value(screen) == pytest.approx(answer()["cell"]["number"]["value"], abs=1e-6)
    screen.click("pool-kind-average")
    wanted = answer(setting={"kind": "average"})["cell"]["number"]["value"]
    screen.until(lambda: value(screen) == pytest.approx(wanted, abs=1e-6))
    expect(screen.part("pool-size")).to_contain_text("⌊(28 + 2·0 − 2) / 2⌋ + 1 = 14")


def test_keys_walk_over_the_output_and_the_link_follows(open_page: Open) -> None:
    screen = pooling(open_page, "&pool_source=matrix&pool_row=0&pool_column=0")
    assert value(screen) == 9
    screen.part("plane-pool-output").focus()
    screen.page.keyboard.press("ArrowRight")
    screen.until(lambda: cell(screen) == "0.1" and value(screen) == 2)
    screen.page.keyboard.press("ArrowDown")
    screen.until(lambda: cell(screen) == "1.1" and value(screen) == 3)
    press(screen, "pool-output", 2, 2, 3)
    screen.until(lambda: cell(screen) == "2.2" and value(screen) == 6)
    screen.until(lambda: "pool_row=2" in screen.page.url)
    screen.idle()


def test_a_number_is_typed_and_wins(open_page: Open) -> None:
    screen = pooling(open_page, "&pool_source=matrix&pool_row=0&pool_column=0")
    plane = screen.part("plane-pool-input")
    side = min(56.0, int(screen.box("plane-pool-input")["width"] / 6))
    plane.dblclick(position={"x": side / 2, "y": side / 2})
    screen.part("type-pool-input").fill("20")
    screen.page.keyboard.press("Enter")
    screen.until(lambda: value(screen) == 20)
    assert "The other 3 are forgotten" in screen.part("pool-sum").inner_text()


def test_gradient_loss_and_shift_have_the_numbers_of_core(open_page: Open) -> None:
    screen = pooling(open_page)
    screen.click("pool-gradient-ones")
    found = answer(gradient="ones")["gradient"]
    expect(screen.part("pool-said")).to_contain_text(f"reaches {found['reached']} of 784")
    question = PoolingQuestion.read(FIRST | {"gradient": "ones"})
    press(screen, "pool-left", 10, 14, 28)
    opens(screen, question, "routed.10.14")
    screen.click("pool-view-lost")
    lost = answer(view="lost")["lost"]
    expect(screen.part("pool-said")).to_contain_text(f"{lost['kept']} are exactly as they were")
    screen.click("open-kept")
    opens(screen, question, "kept")
    screen.click("open-missing")
    opens(screen, question, "missing")
    screen.click("pool-view-shift")
    here = answer(view="shift")["shift"]["here"]
    for way in ("max", "none"):
        wanted = f"{100 * here[way]['norm']:.1f}%"
        expect(screen.part(f"pool-norm-{way}")).to_have_text(wanted)
    screen.click("pool-norm-average")
    opens(screen, question, "average_norm")


def test_an_impossible_window_says_the_rule(open_page: Open, forgiven: list[str]) -> None:
    forgiven.append("422")
    query = "&lang=ko&pool_source=matrix&pool_matrix=1 2;3 4&pool_window=3"
    screen = open_page(f"{PATH}pooling{query}")
    message = screen.part("pool-message")
    expect(message).to_contain_text("최대 2")
    screen.click("pool-source-drawing")
    screen.page.wait_for_selector("[data-fp=pooling][data-answers]")
    expect(message).to_have_text("")
    screen.idle()


def test_a_plain_layer_is_counted_and_a_shuffle_is_another_one(open_page: Open) -> None:
    screen = open_page(f"{PATH}plain")
    screen.page.wait_for_selector("[data-fp=plain][data-answers]")
    expect(screen.part("plain-connected")).to_have_text("1,000,001,000")
    expect(screen.part("plain-convolution")).to_have_text("640")
    screen.click("plain-connected")
    screen.until(lambda: screen.value("count-number") == 1_000_001_000)
    screen.click("count-onward")
    screen.until(lambda: screen.value("count-number") == 1_000_000)
    screen.click("open-connected_times")
    screen.until(lambda: screen.value("count-number") == pytest.approx(1_000_001_000 / 640))
    screen.click("open-mixed_mean")
    mean = mean_distance(28, 1)
    screen.until(lambda: screen.value("count-number") == pytest.approx(mean))
    before = screen.pixels("strip-mixed")
    screen.click("plain-other")
    screen.until(lambda: bool((screen.pixels("strip-mixed") != before).any()))
    screen.until(lambda: "plain_shuffle=2" in screen.page.url)
    screen.idle()


def test_the_experiment_is_shown_and_repeated(open_page: Open) -> None:
    screen = Training(open_page(f"{PATH}plain&plain_steps=40&plain_width=4"), "shuffled").ready()
    shipped = screen.run()["marks"]
    for name in MEMBERS:
        shown = float(screen.part(f"shuffled-{name}").get_attribute("data-value") or "nan")
        assert shown == pytest.approx(shipped[f"{name}.accuracy"], abs=1e-6)
    expect(screen.part("says-cnn")).to_contain_text("3 (")
    screen.click("says-mlp_shuffled")
    screen.until(lambda: screen.value("number") == near(screen.value("says-mlp_shuffled")))
    screen.play()
    screen.reaches("done")
    marks = screen.run()["marks"]
    screen.until(lambda: screen.part("shuffled-mlp").get_attribute("data-value") != "")
    shown = float(screen.part("shuffled-mlp").get_attribute("data-value") or "nan")
    assert shown == pytest.approx(marks["mlp.accuracy"], abs=1e-6)
