"""The page "Long dependencies" in a real Chromium: its numbers are those of core and of the run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.opened import wire
from core.recurrent.cells import KINDS
from core.recurrent.through_time.answer import gradients
from core.recurrent.through_time.gradient import GradientSetting
from core.recurrent.through_time.rules import GradientNumber, opened
from tests.browser.conftest import Open
from tests.browser.test_look import PHONE
from tests.browser.training import Training

PAGE = "/long-dependencies"
LONG = f"{PAGE}?cell=gru&run_length=50&run_hidden=8&steps=5000"
"""A run of the adding problem with quick steps, of which there are more than anybody waits for."""


class Lab(Training):
    """The page as a person meets it: the way of the gradient above, the adding problem below."""

    def ready(self) -> Lab:
        self.page.wait_for_selector("[data-fp=gradients][data-answers]:not([data-playing])")
        super().ready()
        return self

    def arrow(self, cell: str, step: int) -> float:
        """The number that an arrow stands for, in full."""
        arrow = self.page.locator(f"path.backward[data-cell={cell}][data-step='{step}']")
        return float(arrow.get_attribute("data-value") or "nan")

    def arrows(self, cell: str) -> list[int]:
        """The steps that have an arrow of their own."""
        drawn = self.page.locator(f"path.backward[data-cell={cell}]").all()
        return [int(arrow.get_attribute("data-step") or 0) for arrow in drawn]

    def thickness(self, cell: str, step: int) -> float:
        """How thick an arrow's shaft is, in pixels."""
        arrow = self.page.locator(f"path.backward[data-cell={cell}][data-step='{step}']")
        parts = (arrow.get_attribute("d") or "").replace("H", " ").split("M")[1].split()
        return 2 * abs(float(parts[1]) - self.middle(cell))

    def middle(self, cell: str) -> float:
        tips = self.page.locator(f"path.backward[data-cell={cell}]").first.get_attribute("d") or ""
        return float(tips.split("L")[1].split()[1].split("L")[0])

    def number(self, cell: str, step: int) -> str:
        """What is written at an arrow."""
        return self.part(f"norm-{cell}-{step}").text_content() or ""

    def slide(self, name: str, value: float) -> None:
        """Move a slider, and wait for the answer."""
        self.drag(name, value)
        self.settled()


@pytest.fixture
def lab(open_page: Open) -> Lab:
    return Lab(open_page(PAGE), "adding").ready()


def cells(**asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = gradients(asked)["cells"]
    return found


# -- the way of the gradient ---------------------------------------------------------------------


def test_every_arrow_carries_the_number_of_core(lab: Lab) -> None:
    for kind, cell in cells().items():
        steps = lab.arrows(kind)
        assert steps[0] == 1 and steps[-1] == 50 and len(steps) > 8
        for step in steps:
            assert lab.arrow(kind, step) == cell["norms"][step - 1]
        assert lab.value(f"ratio-{kind}") == cell["ratio"]


def test_a_larger_gradient_is_a_thicker_arrow(lab: Lab) -> None:
    steps = lab.arrows("rnn")
    widths = [lab.thickness("rnn", step) for step in steps]
    assert widths == sorted(widths)
    assert widths[-1] > 3 * widths[0]


def test_sliders_move_the_picture_and_stay_in_the_link(lab: Lab) -> None:
    lab.slide("forget_bias", 3)
    assert lab.arrow("lstm", 1) == cells(forget_bias=3.0)["lstm"]["norms"][0]
    lab.slide("length", 12)
    assert lab.arrows("gru") == list(range(1, 13))
    lab.until(lambda: "forget_bias=3.0" in lab.page.url and "length=12" in lab.page.url)
    lab.idle()
    lab.page.reload()
    lab.ready()
    lab.until(lambda: lab.arrow("lstm", 1) == cells(forget_bias=3.0, length=12)["lstm"]["norms"][0])


@pytest.mark.parametrize(
    ("preset", "asked", "word"),
    [
        ("default", {}, "All three vanish"),
        ("bias1", {"forget_bias": 1.0}, "Better, and still far too little"),
        ("bias3", {"forget_bias": 3.0}, "The LSTM keeps"),
        ("edge", {"scale": 2.5}, "on the edge"),
        ("explode", {"scale": 4.0}, "grows on its way back"),
    ],
)
def test_one_click_and_the_truth_about_it(
    open_page: Open, preset: str, asked: dict[str, float], word: str
) -> None:
    lab = Lab(open_page(f"{PAGE}?scale=0.5"), "adding").ready()
    lab.click(f"preset-{preset}")
    wanted = cells(**asked)
    lab.until(lambda: lab.arrow("lstm", 1) == wanted["lstm"]["norms"][0])
    assert lab.arrow("rnn", 1) == wanted["rnn"]["norms"][0]
    assert word in lab.part("verdict").inner_text()
    assert lab.part(f"preset-{preset}").get_attribute("aria-pressed") == "true"


def test_a_step_is_chosen_by_pointer_and_by_keys(lab: Lab) -> None:
    picture = lab.part("unrolled")
    picture.focus()
    for key, step in (("ArrowRight", 2), ("PageUp", 12), ("End", 50), ("Home", 1), ("Home", 1)):
        lab.page.keyboard.press(key)
        assert picture.get_attribute("aria-valuenow") == str(step)
    box = lab.box("unrolled")
    picture.click(position={"x": box["width"] * 0.6, "y": 40})
    step = int(picture.get_attribute("aria-valuenow") or 0)
    assert 20 < step < 40
    digits = f"{cells()['gru']['norms'][step - 1]:.1e}".partition("e")[0].replace(".0", "")
    assert lab.number("gru", step).startswith(digits)
    lab.until(lambda: f"step={step}" in lab.page.url)


def test_the_gradient_is_followed_back_cell_by_cell(lab: Lab) -> None:
    hidden = "path.backward[visibility=hidden]"
    count = "(button, all) => (button.click(), button.getRootNode().querySelectorAll(all).length)"
    assert lab.part("play-back").evaluate(count, hidden) > 0
    lab.until(lambda: lab.page.locator(hidden).count() == 0)
    assert lab.part("unrolled").get_attribute("aria-valuenow") == "1"


def test_with_less_motion_each_press_is_one_cell(open_page: Open) -> None:
    lab = Lab(open_page(PAGE, reduced_motion="reduce"), "adding").ready()
    steps = list(reversed(lab.arrows("rnn")))
    for step in steps[:3]:
        lab.click("play-back")
        assert lab.part("unrolled").get_attribute("aria-valuenow") == str(step)
        lab.let_pass(250)
        assert lab.part("unrolled").get_attribute("aria-valuenow") == str(step)


class OpenNumber:
    """The number that is open in one of the two pictures."""

    def __init__(self, lab: Lab, picture: str) -> None:
        self.lab, self.panel = lab, lab.page.locator(f"[data-fp={picture}] [data-fp=opened]")

    def shows(self, value: float) -> None:
        total = self.panel.locator("[data-fp=opened-total]")

        def there() -> bool:
            found = total.get_attribute("data-value") or "nan"
            return float(found) == pytest.approx(value, rel=1e-6)

        self.lab.until(there)

    def click(self, name: str) -> None:
        self.panel.locator(f"[data-fp={name}]").click()


def test_a_norm_opens_into_factors_a_factor_into_a_jacobian(lab: Lab) -> None:
    open_number = OpenNumber(lab, "gradients")
    lab.click("open-mean-lstm")  # of the verdict
    open_number.shows(opened(GradientSetting(), GradientNumber("lstm", 1, 0)).value)
    lab.click("open-gate")
    open_number.shows(opened(GradientSetting(), GradientNumber("lstm", gate=True)).value)
    lab.click("open-norm-lstm")
    open_number.shows(cells()["lstm"]["norms"][0])
    setting = GradientSetting()
    number = GradientNumber("lstm", 1, 3)
    open_number.click("factor-2")
    open_number.shows(opened(setting, number).value)
    for level in ("unit", "row"):
        largest = wire(opened(setting, number))["terms"][0]["at"][0]
        number = replace(number, **{level: largest})
        open_number.click("term-0")
        open_number.shows(opened(setting, number).value)
    lab.until(lambda: f"number=lstm.1.3.{number.unit}.{number.row}" in lab.page.url)
    open_number.click("opened-back")
    unit = replace(number, row=None)
    open_number.shows(opened(setting, unit).value)
    lab.slide("length", 12)
    open_number.shows(opened(GradientSetting(length=12), unit).value)
    open_number.click("opened-close")
    lab.until(open_number.panel.is_hidden)


# -- the adding problem --------------------------------------------------------------------------


def test_first_sight_is_an_example_that_tells_the_truth(lab: Lab) -> None:
    assert lab.id.startswith("shipped")
    marks = lab.run()["marks"]
    for kind in KINDS:
        assert lab.value(f"{kind}-test") == marks[f"{kind}.test"]
    fates = [lab.part(f"{kind}-fate").inner_text() for kind in KINDS]
    assert fates == ["remembers nothing", "solved", "solved"]


def test_a_prediction_opens_into_the_last_hidden_state(lab: Lab) -> None:
    open_number = OpenNumber(lab, "adding")
    run = lab.run()
    lab.click("open-gru")
    open_number.shows(run["marks"]["gru.test"])
    lab.click("says-lstm-1")
    open_number.shows(run["pictures"]["lstm.says"][1])
    open_number.click("term-0")
    lab.until(lambda: "sum=lstm.1." in lab.page.url and "sum=lstm.1.&" not in lab.page.url)
    open_number.click("opened-back")
    open_number.click("term-0")


def test_a_run_of_ones_own_starts_pauses_and_takes_one_step(open_page: Open) -> None:
    lab = Lab(open_page(LONG), "adding").ready()
    lab.play()
    lab.pause()
    stood = lab.step
    marks = lab.run()["marks"]
    lab.until(lambda: lab.value("gru-test") == marks["gru.test"])
    assert lab.page.locator("[data-fp=rnn-test]").is_hidden()
    lab.click("step")
    lab.until(lambda: lab.step == stood + 1 and lab.status == "paused")
    assert len(lab.page.locator(".sequence").all()) == 3


def test_the_gradient_answers_while_a_run_trains(open_page: Open) -> None:
    lab = Lab(open_page(LONG), "adding").ready()
    lab.play()
    canvas = lab.page.locator(".adding canvas").element_handle()
    lab.slide("length", 30)
    assert lab.arrow("rnn", 1) == cells(length=30)["rnn"]["norms"][0]
    assert canvas is not None and canvas.evaluate("c => c.isConnected")
    lab.pause()


# -- both languages, themes, a phone -------------------------------------------------------------


def test_a_phone_shows_both_pictures_in_its_width(open_page: Open) -> None:
    lab = Lab(open_page(PAGE, color_scheme="dark", **PHONE), "adding").ready()
    for part in ("gradients", "unrolled", "adding", "play", "verdict"):
        box = lab.box(part)
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390, part
    wide = """() => [...document.querySelectorAll('[data-testid=stMain], html')]
        .filter(e => e.scrollWidth > e.clientWidth + 1).length"""
    assert lab.page.evaluate(wide) == 0
    assert len(lab.arrows("lstm")) >= 4
