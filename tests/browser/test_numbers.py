"""Every number and every colour on the page is a tensor of the model that is running."""

from __future__ import annotations

import numpy as np
import pytest
from torch import Tensor

from core.vision import forward, number
from core.vision.drawing import SIDE
from core.vision.place import SHAPES, Place
from core.vision.preprocess import NAMES as STAGES
from core.vision.preprocess import place
from core.vision.trace import SIGNED
from tests.browser.conftest import Open
from tests.browser.hand import SEVEN, THREE
from tests.browser.screen import MAPS, PAINTED, Screen


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-5, abs=1e-5)


def test_logits_and_probabilities_are_those_of_the_drawing_on_the_page(screen: Screen) -> None:
    screen.draw_anew(SEVEN)
    run = forward.run(screen.question)
    verdict = forward.verdict(screen.question, run)

    def same() -> None:
        for digit in range(10):
            assert screen.value(f"logit-{digit}") == near(float(run["logits"][0, digit]))
            assert screen.value(f"probability-{digit}") == near(float(verdict.probabilities[digit]))

    screen.until(same)
    assert screen.digit == str(int(verdict.probabilities.argmax()))


def test_any_number_of_any_layer_can_be_clicked_and_is_the_tensors(screen: Screen) -> None:
    screen.draw_anew(THREE)
    random = np.random.default_rng(5)
    for layer in PAINTED:
        chosen = int(random.integers(SHAPES[layer][0]))
        screen.pick(layer, chosen)
        screen.until(lambda layer=layer: screen.body["place"]["layer"] == layer)
        if layer in MAPS:
            _, height, width = SHAPES[layer]
            row, column = int(random.integers(height)), int(random.integers(width))
            screen.pick_pixel(row, column)
            wanted = Place(layer, chosen, row, column)
        else:
            unit = int(random.integers(SHAPES[layer][0]))
            screen.pick_pixel(*divmod(unit, 32))
            wanted = Place(layer, unit)
        _shows(screen, wanted)


def test_a_logit_and_a_probability_can_be_clicked_too(screen: Screen) -> None:
    screen.draw_anew(SEVEN)
    for part, layer in (("logit", "logits"), ("probability", "probabilities")):
        screen.click(f"{part}-7")
        _shows(screen, Place(layer, 7))


def test_what_stands_beside_the_layers_opens(screen: Screen) -> None:
    """A pixel of a stage, the answer to it, and under "why" a pixel and what a filter does."""
    screen.draw_anew(SEVEN)
    _pick_above_the_middle(screen, "stage-crop")
    _opens(screen, "crop.ink.0.13.14")
    screen.click("onward")
    _opens(screen, "crop.distance.0.13.14")
    screen.click("answer-fit")
    _opens(screen, "fit.probabilities.7")
    screen.click("why")
    screen.page.wait_for_selector(".why > :not(.stale) [data-fp=why-conv2]")
    _pick_above_the_middle(screen, "why-conv2")
    _opens(screen, "why.cam2.6.7")
    opens = screen.page.locator(".effects .opens").first
    effect = (opens.get_attribute("data-fp") or "").removeprefix("open-").replace("-", ".")
    opens.click()
    _opens(screen, f"why.{effect}")


def test_a_filter_that_is_switched_off_is_off_in_every_number(screen: Screen) -> None:
    screen.draw_anew(THREE)
    screen.pick("relu1", 9)
    screen.until(lambda: screen.body["place"]["layer"] == "relu1")
    before = screen.value("logit-3")
    screen.click("switch-off")
    screen.until(lambda: screen.body["off"] == {"conv1": [9]})
    expected = float(forward.run(screen.question)["logits"][0, 3])
    assert expected != near(before)
    screen.until(lambda: screen.value("logit-3") == near(expected))
    screen.until(lambda: (screen.map_pixels("relu1", 9) == screen.paper).all())
    screen.click("switch-off")
    screen.until(lambda: screen.value("logit-3") == near(before))


def test_a_stage_can_be_switched_off_and_the_answers_stand_beside_it(screen: Screen) -> None:
    screen.draw_anew(SEVEN)
    for key in STAGES:
        frame = screen.page.locator(".frame", has=screen.part(f"stage-{key}"))
        frame.locator("button.stage").click()
        screen.settled()
        assert screen.body["stages"][key] is False and screen.body["strip"]
        question = screen.question
        run = forward.run(question)
        answer = forward.verdict(question, run)
        logit = near(float(run["logits"][0, 7]))
        said = str(int(answer.probabilities.argmax())) if answer.is_digit else ""
        screen.until(lambda logit=logit: screen.value("logit-7") == logit)
        assert screen.part("answer-pen").get_attribute("data-digit") == said


def test_the_receptive_field_is_outlined_where_it_lies_on_the_drawing(screen: Screen) -> None:
    for wanted in (Place("conv1", 2, 20, 6), Place("pool1", 2, 3, 11), Place("conv2", 2, 7, 7)):
        screen.pick(wanted.layer, wanted.map)
        screen.pick_pixel(wanted.row, wanted.column)
        _shows(screen, wanted)
        question = screen.question
        field = question.place.field
        corners = np.array([[field.left, field.top], [field.right, field.bottom]])
        expected = place(question.drawing, question.stages).canvas(corners)
        canvas = screen.box("canvas")
        outline = screen.page.locator(".fp .field").bounding_box()
        assert outline is not None
        unit = SIDE / canvas["width"]
        left, top = (outline["x"] - canvas["x"]) * unit, (outline["y"] - canvas["y"]) * unit
        shown = [[left, top], [left + outline["width"] * unit, top + outline["height"] * unit]]
        assert np.abs(np.array(shown) - expected).max() < 1.5 * unit, wanted


@pytest.mark.parametrize("scale", ["map", "layer"])
def test_the_colours_of_a_map_are_its_values(open_page: Open, scale: str) -> None:
    """Zero is paper, and paper turns to colour in a straight line; a sign has a hue."""
    screen = open_page(f"/draw-a-digit?scale={scale}").ready()
    run, paper = forward.run(screen.question), screen.paper
    for layer in ("conv1", "relu1", "pool1", "conv2", "pool2"):
        tensor = run[layer][0]
        index = int(tensor.flatten(1).abs().amax(1).argsort()[-3])  # strong, not the strongest
        values, pixels = tensor[index].numpy(), screen.map_pixels(layer, index)
        largest = _largest(tensor if scale == "layer" else tensor[index])
        assert (pixels[values == 0] == paper).all(), layer
        if layer in SIGNED:
            strong = np.abs(values) > 0.2 * largest
            blue = pixels[..., 2] > pixels[..., 0]
            assert blue[strong & (values > 0)].all() and not blue[strong & (values < 0)].any()
        for side in (values > 0, values < 0):
            if side.any():
                share = np.abs(values[side]) / largest
                away = np.abs(pixels[side] - paper).sum(1)
                slope = away[share.argmax()] / share.max()
                assert slope > 150, layer
                assert np.abs(away - slope * share).max() < 0.03 * slope, layer


def _largest(tensor: Tensor) -> float:
    return float(tensor.abs().max())


def _pick_above_the_middle(screen: Screen, name: str) -> None:
    """The pixel (13, 14) of 28 x 28, by the keys: it may be hardly larger than one of the screen's,
    and a click goes to a whole one."""
    host = screen.page.locator(f"[tabindex][data-fp={name}], button:has([data-fp={name}])")
    host.focus()
    screen.page.keyboard.press("ArrowUp")


def _opens(screen: Screen, text: str) -> None:
    """The panel shows that number, as it is."""
    panel = screen.page.locator(".opened-number")
    screen.until(lambda: panel.get_attribute("data-number") == text)
    value = number.opened(screen.question, number.read(text)).value
    screen.until(lambda: screen.value("number") == near(value))


def _shows(screen: Screen, wanted: Place) -> None:
    """The page asks for this number, shows its value and outlines what it is made of."""
    plain = {"layer": wanted.layer, "map": wanted.map, "row": wanted.row, "column": wanted.column}
    screen.until(lambda: screen.body["place"] == plain)
    question = screen.question
    run = forward.run(question)
    value = forward.opened(question, run).value
    if wanted.layer != "probabilities":
        assert value == float(run[wanted.layer][0][wanted.index])
    screen.until(lambda: screen.value("total") == near(value))


def test_a_result_that_is_blank_is_worked_out_with_the_keys(screen: Screen) -> None:
    screen.draw_anew(SEVEN)
    screen.pick("conv1", 3)
    screen.until(lambda: screen.body["place"]["layer"] == "conv1")
    screen.settled()
    keys, said = screen.page.keyboard, screen.part("fade-said")
    total = float(screen.part("total").get_attribute("data-value") or "nan")
    screen.part("fade-sum").focus()
    keys.press("Enter")
    screen.until(lambda: screen.part("total").inner_text().endswith("= ?"))
    for wrong in (True, False):
        keys.type(f"{-total if wrong else total:.3f}".replace(".", ","))
        keys.press("Enter")
        verdict = "sign" if wrong else "right"
        screen.until(lambda verdict=verdict: said.get_attribute("data-verdict") == verdict)
    screen.until(lambda: not screen.part("total").inner_text().endswith("= ?"))
    assert screen.page.locator(".opened-body input").count() == 0
    screen.part("fade-complete").click()
