"""Real series on "Sine, live": trained, judged in units, opened, and drawn by hand."""

from __future__ import annotations

import re

import pytest

from core.recurrent.series.job import JOB
from tests.browser.conftest import Open
from tests.browser.training import Training


def test_prices_are_learned_and_each_number_of_the_judge_opens(open_page: Open) -> None:
    lab = Training(
        open_page("/sine-live?data=stocks&series_scaling=log_returns&series_epochs=2"), "series"
    ).ready()
    said = lab.part("series-verdict")
    lab.until(lambda: "weights are random still" in said.inner_text())
    lab.play()
    lab.reaches("done")
    run = lab.run()
    marks = run["marks"]
    assert JOB.read(run["config"]).scaling == "log_returns"
    wanted = {what: marks[f"lstm.{what}"] for what in ("error", "over", "coverage")}

    def shown() -> dict[str, float]:
        return {what: lab.value(f"series-{what}-lstm") for what in wanted}

    lab.until(lambda: shown() == pytest.approx(wanted))
    assert lab.part("series-error-lstm").inner_text().startswith("$")
    lab.click("open-lstm-error")
    lab.until(lambda: lab.value("opened-total") == pytest.approx(marks["lstm.error"]))
    lab.click("term-0")  # a month: what was said of it, in dollars
    for way in ("growth", "output"):
        lab.click(f"way-{way}")
    lab.click("term-0")  # a unit of the hidden state that the output is read from
    lab.until(lambda: re.search(r"number=lstm\.error\.\d+\.1\.\d", lab.page.url) is not None)
    verdict = lab.part("series-verdict").locator("p")
    assert verdict.get_attribute("data-stands") == str(int(marks["lstm.stands"]))
    assert "random" not in verdict.inner_text()


def test_a_curve_that_is_drawn_is_learned(open_page: Open) -> None:
    lab = Training(open_page("/sine-live?data=drawn"), "series").ready()
    before = lab.run()
    box = lab.part("series-curve").bounding_box()
    assert box
    mouse = lab.page.mouse
    mouse.move(box["x"] + 20, box["y"] + 20)
    mouse.down()
    mouse.move(box["x"] + 200, box["y"] + box["height"] - 20, steps=4)
    mouse.up()
    lab.until(lambda: lab.run()["id"] != before["id"])
    values = JOB.read(lab.run()["config"]).values
    assert len(values) == 240 and max(values[:20]) > 0.8 and min(values[:60]) < 0.2
