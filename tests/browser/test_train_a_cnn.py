"""Train a CNN: a person trains a small network on generated digits, looks into it and breaks it."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.hand import Stroke
from tests.browser.training import Training

CARD = Path(__file__).parents[2] / "models" / "cnn_run.json"
SMALL = "/train-a-cnn?" + urlencode(
    {
        "data": "pen",
        "images": 100,
        "architecture": "own",
        "channels": 4,
        "kernel": 3,
        "padding": "valid",
        "batch": 20,
        "epochs": 20,
        "precision": "float32",
        "schedule": "constant",
    }
)
"""A run that is quick on a busy machine; it needs no MNIST."""
ONE: list[Stroke] = [[(0.5, 0.2), (0.5, 0.5), (0.5, 0.8)]]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def lab(open_page: Open) -> Training:
    """The page with a small run that has taken one batch."""
    lab = Training(open_page(SMALL), "cnn").ready()
    lab.click("step")
    lab.until(lambda: lab.step == 1 and lab.status == "paused")
    return with_refusals(lab)


def with_refusals(lab: Training) -> Training:
    """Wait until a digit has gone through the network on show."""
    lab.until(lambda: lab.value("answer-0") >= 0)
    lab.settled()
    return lab


def inspect(lab: Training, name: str, **query: Any) -> Any:
    """What the server answers about the run at the step on show."""
    return lab._get(f"/runs/{lab.id}/look/{name}?{urlencode({'step': lab.step, **query})}")


def ink(lab: Training) -> str:
    """What the network gets, as it travels, read off the small picture."""
    shown = lab.pixels("ink")
    paper, full = lab.rgb("#fcfbf8"), lab.rgb("#16204a")
    share = (paper - shown).sum(2) / (paper - full).sum()
    code = np.clip(np.rint(share * 255), 0, 255).astype(np.uint8)
    return base64.urlsafe_b64encode(code.tobytes()).decode().rstrip("=")


def test_first_sight_is_an_example_with_its_own_numbers(open_page: Open) -> None:
    lab = with_refusals(Training(open_page("/train-a-cnn"), "cnn").ready())
    marks = json.loads(CARD.read_text())["marks"]
    assert lab.part("origin").inner_text() == "trained beforehand, comes with the application"
    assert lab.value("validation") == pytest.approx(marks["validation_accuracy"])
    assert lab.value("answer-3") > 0.9  # a sample of a 3


def test_a_whole_number_that_is_typed_is_taken(open_page: Open) -> None:
    lab = Training(open_page(SMALL), "cnn").ready()
    field = lab.page.get_by_label("Training images")
    field.fill("1500")
    field.press("Enter")
    lab.until(lambda: "images=1500" in lab.page.url)
    expect(field).to_have_value("1500")


def test_one_batch_is_told_by_the_program_as_the_run_has_it(lab: Training) -> None:
    run = lab.run()
    lab.until(lambda: lab.part("made-loss").text_content() != "")
    loss = float(lab.part("made-loss").text_content() or "nan")
    assert loss == pytest.approx(run["series"]["loss"][-1], rel=1e-3)
    assert (lab.part("made-data").text_content() or "").startswith("20 × 1 × 28 × 28")
    parts = ("data", "forward", "loss", "backward", "update")
    assert sum(lab.value(f"share-{part}") for part in parts) == pytest.approx(1, abs=1e-3)
    for i, name in enumerate(("conv1", "conv2", "fc1", "logits")):
        norm = run["pictures"]["gradients"][i][0]
        assert lab.value(f"gradient-{name}") == pytest.approx(norm, rel=1e-6)


def test_an_epoch_goes_to_its_end(lab: Training) -> None:
    lab.click("epoch")
    lab.until(lambda: lab.step == 5 and lab.status == "paused")
    assert lab.value("validation") == pytest.approx(lab.run()["marks"]["validation_accuracy"])


def test_the_answer_is_the_network_s_and_follows_the_hand(lab: Training) -> None:
    def answers() -> list[float]:
        return [lab.value(f"answer-{digit}") for digit in range(10)]

    lab.until(lambda: abs(sum(answers()) - 1) < 1e-4)
    first = answers()
    found = inspect(lab, "maps", image=ink(lab))["probabilities"]
    assert first == pytest.approx(found, abs=0.01)  # read off colours: ink to within a level or two
    lab.click("clear")
    lab.draw(ONE)
    lab.until(lambda: answers() != first)
    lab.settled()
    found = inspect(lab, "maps", image=ink(lab))["probabilities"]
    lab.until(lambda: answers() == pytest.approx(found, abs=0.01))
    lab.until(lambda: "drawing=" in lab.page.url)


def opened(lab: Training, place: str) -> dict[str, Any]:
    """Wait until a number of the network is open, and return what the server says of it."""
    lab.page.wait_for_selector(f"[data-block=number]:visible[data-number^='{place}']")
    number = lab.page.locator("[data-block=number]:visible").get_attribute("data-number")
    found: dict[str, Any] = inspect(lab, "number", image=ink(lab), number=number)["opened"]
    return found


def test_numbers_open_and_are_followed_down_to_the_picture(lab: Training) -> None:
    lab.part("answer-7").scroll_into_view_if_needed()
    lab.click("answer-7")
    assert opened(lab, "probabilities.7")["index"] == [7]
    lab.until(lambda: lab.value("number") == pytest.approx(lab.value("answer-7"), rel=1e-5))
    for layer in ("logits", "act3", "fc1"):
        if layer == "act3":
            lab.page.locator("[data-block=number]:visible .parts button").first.click()
        else:
            lab.click("onward")
        found = opened(lab, f"{layer}.")
        lab.until(lambda found=found: lab.value("number") == pytest.approx(found["value"], abs=0.1))
    lab.until(lambda: "number=fc1." in lab.page.url)
    lab.page.get_by_role("tab", name="Formula and PyTorch").click()
    shown = f"{lab.value('number'):.3f}".replace("-0.000", "0.000")
    lab.until(
        lambda: (
            shown in (lab.page.locator(".katex:not(.fp-definition *)").last.text_content() or "")
        )
    )
    lab.click("close-number")
    lab.until(lambda: "number=" not in lab.page.url)


def test_a_click_on_a_map_opens_that_number_after_the_edits(lab: Training) -> None:
    maps = lab.part("act1")
    maps.scroll_into_view_if_needed()
    box = lab.box("act1")
    columns, side = 4 * 27 - 1, 26  # four maps of 26 x 26, a texel between two
    at = {"x": (27 + 20.5) / columns * box["width"], "y": 9.5 / side * box["height"]}
    maps.click(position=at)
    found = opened(lab, "act1.1.9.20")
    assert found["kind"] == "activation" and found["sources"][0]["array"] == "conv1"
    lab.until(lambda: lab.value("number") == pytest.approx(found["value"], abs=0.05))
    assert lab.page.locator("[data-block=act1] .outlines .chosen").count() == 1
    lab.click("onward")
    conv = opened(lab, "conv1.1.9.20")
    lab.until(lambda: lab.value("number") == pytest.approx(conv["value"], abs=0.05))
    assert conv["sources"][0]["spans"] == [[0, 1], [9, 12], [20, 23]]
    lab.part("break").scroll_into_view_if_needed()
    lab.drag("filter", 1)
    lab.click("off")
    maps.click(position=at)
    lab.until(lambda: lab.value("number") == 0)
    panel = lab.page.locator("[data-block=number]:visible")
    lab.until(lambda: "switched off" in panel.inner_text())


def test_looking_back_shows_the_kernels_of_then(lab: Training) -> None:
    lab.click("epoch")
    lab.until(lambda: lab.step == 5 and lab.status == "paused")
    late = lab.pixels("kernels")
    lab.part("time").focus()
    lab.page.keyboard.press("Home")
    lab.until(lambda: (lab.part("time-text").text_content() or "").startswith("batch 0 "))
    lab.until(lambda: lab.part("origin").inner_text() == "random, not trained")
    lab.until(lambda: not np.array_equal(lab.pixels("kernels"), late))
    lab.page.keyboard.press("End")
    lab.until(lambda: np.array_equal(lab.pixels("kernels"), late))


def test_a_square_of_the_matrix_opens_to_its_digits(lab: Training) -> None:
    heat = lab.part("heat-confusion")
    heat.scroll_into_view_if_needed()
    lab.until(lambda: lab.value("class-0") >= 0)
    matrix = np.array(inspect(lab, "confusion")["matrix"])
    true, said = np.unravel_index(matrix.argmax(), matrix.shape)
    box = lab.box("heat-confusion")
    heat.click(
        position={
            "x": (said + 0.5) / 10 * box["width"],
            "y": (true + 0.5) / 10 * box["height"],
        }
    )
    shown = lab.page.locator("[data-fp=cell] .thumb")
    lab.until(lambda: shown.count() == min(24, matrix.max()))
    lab.click("cell-count")
    lab.until(lambda: lab.value("score-number") == matrix.max())
    lab.click("open-accuracy")
    accuracy = lab.run()["marks"]["validation_accuracy"]
    lab.until(lambda: lab.value("score-number") == pytest.approx(accuracy, abs=1e-6))
    lab.click("open-loss")
    loss = inspect(lab, "score", number="loss", part="batch")["opened"]["value"]
    lab.until(lambda: lab.value("score-number") == pytest.approx(loss, rel=1e-3))
    assert "of the last batch" in lab.part("score-title").inner_text()
    assert "before its step" in lab.page.locator(".scored").inner_text()  # unlike the curve
    assert "print(value.item())" in (lab.part("score-written").text_content() or "")


@pytest.mark.parametrize("forgiven", [["status of 422 .*look/(rescored|maps)"]])
def test_a_filter_is_switched_off_and_comes_back(lab: Training) -> None:
    lab.part("break").scroll_into_view_if_needed()
    lab.until(lambda: lab.value("before") >= 0)
    learned = lab.value("before")
    lab.click("off")
    lab.until(lambda: "filter 0 off" in lab.part("break").inner_text())
    edits = '{"off": [{"layer": "conv1", "out": 0}]}'
    after = inspect(lab, "rescored", edits=edits)["after"]
    lab.until(lambda: lab.value("after") == pytest.approx(after))
    lab.click("undo-edit")
    lab.until(lambda: lab.value("after") == pytest.approx(learned))
    lab.drag("stride", 4)
    lab.until(lambda: "stride 4" in lab.part("break").inner_text())
    lab.until(lambda: lab.part("break-note").inner_text() or lab.part("break-trouble").inner_text())


def test_the_test_set_is_counted(lab: Training) -> None:
    assert lab.value("peeks") == 0
    lab.part("test").scroll_into_view_if_needed()
    lab.click("test")
    lab.until(lambda: lab.value("peeks") == 1)
    found = inspect(lab, "test")
    assert lab.value("test-says") == pytest.approx(found["accuracy"])
    lab.click("open-share")
    lab.until(lambda: lab.value("score-number") == pytest.approx(found["accuracy"], abs=1e-6))
