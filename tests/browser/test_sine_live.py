"""Sine, live: a person trains a network on a wave, and steers it while it learns."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from core.recurrent.sine.job import JOB
from core.training import shipped
from tests.browser.conftest import GONE, Open
from tests.browser.training import Training

CARD = Path(__file__).parents[2] / "models" / "sine_race.json"
SMALL = "/sine-live?samples=100&hidden=8"
LONG = SMALL + "&batch=4&epochs=1000"
"""A run with quick steps, of which there are more than anybody waits for."""


@pytest.fixture
def lab(open_page: Open) -> Training:
    """The page with a small run, as first seen."""
    return Training(open_page(LONG), "sine").ready()


def scores(lab: Training, cells: tuple[str, ...] = ("rnn",)) -> dict[str, float]:
    """The errors on the page, in full."""
    return {f"{cell}.{key}": lab.value(f"{cell}-{key}")
            for cell in cells for key in ("one_step", "free_run")}  # fmt: skip


def chosen(marks: dict[str, Any], names: dict[str, float]) -> dict[str, float]:
    return {name: marks[name] for name in names}


# -- first sight ---------------------------------------------------------------------------------


def test_first_sight_is_an_example_with_its_own_numbers(open_page: Open) -> None:
    lab = Training(open_page("/sine-live"), "sine").ready()
    shown = scores(lab, ("rnn", "gru", "lstm"))
    marks = json.loads(CARD.read_text())["marks"]
    assert shown == pytest.approx(chosen(marks, shown), rel=1e-6)
    assert lab.part("origin").inner_text() == "trained beforehand, comes with the application"
    assert lab.value("persistence-one_step") == pytest.approx(0.005, rel=0.02)
    assert "example" in lab.status_text and lab.part("time-text").inner_text() == "step 500 of 500"


def test_an_error_opens_down_to_a_hidden_unit(open_page: Open) -> None:
    lab = Training(open_page("/sine-live"), "sine").ready()
    recording = shipped.load("sine_race")
    config, state = JOB.read(recording.config), recording.saved[-1].state
    query = {"of": "lstm", "mode": "free_run"}
    lab.click("open-lstm-free_run")
    for level in ("window", "time", "unit", ""):
        wanted = JOB.inspections["score"](config, state, query)["number"]
        lab.until(lambda wanted=wanted: lab.value("opened-total") == pytest.approx(wanted["value"]))
        if level:
            query[level] = str(wanted["terms"][0]["at"][-1])
            lab.click("term-0")
    lab.until(lambda: f"number={'.'.join(query.values())}" in lab.page.url)
    lab.page.get_by_role("tab", name="PyTorch").click()
    lab.page.get_by_text("The PyTorch of this number").wait_for()
    lab.click("opened-close")
    lab.until(lambda: lab.part("opened").is_hidden())


# -- play, pause, step, stop, reset ----------------------------------------------------------------


def test_play_trains_and_pause_freezes_what_the_server_has(lab: Training) -> None:
    lab.play()
    first = lab.step
    lab.until(lambda: lab.step > first)
    assert lab.part("origin").inner_text() == "trained here, just now"
    lab.pause()
    stands, shown = lab.step, scores(lab)
    run = lab.run()
    assert run["status"] == "paused"
    assert lab.step == stands == run["step"] == len(run["series"]["rnn.loss"])
    assert scores(lab) == shown == pytest.approx(chosen(run["marks"], shown), rel=1e-6)
    lab.click("step")
    lab.until(lambda: lab.step == stands + 1 and lab.status == "paused")
    lab.click("play")
    lab.until(lambda: lab.step > stands + 1)


def test_one_step_is_exactly_one_and_ten_are_ten(lab: Training) -> None:
    lab.click("step")
    lab.until(lambda: lab.step == 1 and lab.status == "paused")
    lab.click("step")
    lab.until(lambda: lab.step == 2 and lab.status == "paused")
    lab.click("steps")
    lab.until(lambda: lab.step == 12 and lab.status == "paused")
    assert lab.run()["step"] == 12


def test_stop_ends_it_and_reset_begins_again_with_the_same_numbers(lab: Training) -> None:
    lab.play()
    lab.click("stop")
    lab.reaches("stopped")
    assert lab.part("step").is_disabled() and lab.part("stop").is_disabled()
    before = lab.run()["series"]["rnn.loss"]
    lab.click("reset")
    lab.until(lambda: lab.step == 0 and lab.status == "paused")
    assert lab.part("origin").inner_text() == "random, not trained"
    lab.click("play")
    lab.until(lambda: lab.step >= len(before))
    lab.pause()
    assert lab.run()["series"]["rnn.loss"][: len(before)] == before


def test_the_learning_rate_changes_in_flight(lab: Training) -> None:
    lab.play()
    name = lab.id
    lab.drag("rate", -3)
    lab.until(lambda: lab.run()["learning_rate"] == pytest.approx(0.001))
    lab.until(lambda: "learning_rate=0.001" in lab.page.url)
    rates = lab.run()["rates"]
    assert lab.id == name and len(rates) == 2 and rates[1][0] > 0
    assert lab.part("rate-text").inner_text() == "0.001"


def test_too_large_a_learning_rate_says_what_to_lower(open_page: Open) -> None:
    lab = Training(open_page("/sine-live?optimiser=sgd&learning_rate=1.0"), "sine").ready()
    lab.click("play")
    lab.reaches("diverged")
    assert "Lower the learning rate" in lab.status_text
    run = lab.run()
    assert run["trouble"] == "diverged" and run["step"] < run["steps"]
    shown = scores(lab)
    assert shown == pytest.approx(chosen(run["marks"], shown), rel=1e-6)


# -- other settings --------------------------------------------------------------------------------


def test_another_hidden_size_is_a_new_run_that_plays_and_the_old_one_is_kept(lab: Training) -> None:
    lab.play()
    old = lab.id
    lab.page.get_by_role("slider", name="Hidden size").press("ArrowRight")
    lab.until(lambda: lab.id != old and lab.step > 0)
    assert lab.run()["config"]["hidden"] == 9 and lab.status == "running"
    assert lab.run(old)["status"] == "paused"
    lab.until(lambda: {old, lab.id} <= set(lab.rows))
    assert "hide" in lab.page.locator(f".runs tr[data-run='{old}']").inner_text()
    lab.page.locator(f".runs tr[data-run='{old}'] button").first.click()
    lab.until(lambda: lab.id == old)
    lab.until(lambda: "hidden=8" in lab.page.url)
    lab.idle()
    lab.settled()
    assert lab.id == old  # the controls follow the run, and begin none


def test_looking_under_more_changes_nothing(lab: Training) -> None:
    lab.page.get_by_role("button", name="More", exact=True).click()
    lab.page.get_by_label("Samples", exact=True).wait_for()
    lab.idle()
    assert lab.page.get_by_label("Samples", exact=True).input_value() == "100"
    assert lab.page.get_by_label("Epochs").input_value() == "1000"
    assert "samples=100" in lab.page.url and "epochs=1000" in lab.page.url
    assert lab.id.startswith("shipped")


def test_a_column_of_ones_own_is_trained_on(lab: Training) -> None:
    lab.page.get_by_role("button", name="More", exact=True).click()
    lab.page.get_by_label("Series", exact=True).click()
    lab.page.get_by_role("option", name="a column of your own").click()
    lab.until(lambda: "Paste a column" in lab.status_text)
    box = lab.page.get_by_label("Paste numbers")
    box.fill("\n".join(str(n % 17) for n in range(300)))
    box.press("Control+Enter")
    lab.until(lambda: lab.status == "paused" and lab.step == 0)
    config = lab.run()["config"]
    assert config["kind"] == "table" and config["values"][:18] == [*range(17), 0]


def test_a_file_of_an_office_is_asked_about_its_gap_and_trained_on(lab: Training) -> None:
    lab.page.get_by_role("button", name="More", exact=True).click()
    lab.page.get_by_label("Series", exact=True).click()
    lab.page.get_by_role("option", name="a column of your own").click()
    lab.until(lambda: "Paste a column" in lab.status_text)
    rows = [f"{n},{n % 17}.5" if n != 3 else "3," for n in range(300)]
    table = "\n".join(["서울의 기온", "", "날짜,기온(℃)", *rows]).encode("cp949")
    file = lab.page.locator("input[type=file]")
    file.set_input_files({"name": "기온.csv", "mimeType": "text/csv", "buffer": table})
    lab.page.get_by_text("The header is in line 3. Passed over: line 1.").wait_for()
    lab.page.get_by_text("Numbers are missing in line 7").wait_for()
    lab.page.get_by_text("a straight line between the neighbours").click()
    lab.until(lambda: lab.status == "paused" and lab.step == 0)
    assert lab.run()["config"]["values"][:5] == [0.5, 1.5, 2.5, 3.5, 4.5]


def test_after_the_end_another_rate_is_another_run(open_page: Open) -> None:
    lab = Training(open_page(SMALL + "&epochs=3"), "sine").ready()
    lab.click("play")
    lab.reaches("done")
    first = lab.id
    lab.drag("rate", -3)
    lab.until(lambda: "learning_rate=0.001" in lab.page.url)
    lab.idle()
    lab.click("play")
    lab.until(lambda: lab.id != first and lab.status == "done")
    assert lab.run()["config"]["learning_rate"] == 0.001
    assert lab.run(first)["status"] == "done"


def test_a_race_has_three_curves_and_three_rows(open_page: Open) -> None:
    lab = Training(open_page(LONG + "&cell=race"), "sine").ready()
    lab.play()
    lab.pause()
    shown = scores(lab, ("rnn", "gru", "lstm"))
    assert shown == pytest.approx(chosen(lab.run()["marks"], shown), rel=1e-6)
    assert {f"{cell}.loss" for cell in ("rnn", "gru", "lstm")} <= set(lab.run()["series"])


def test_a_setting_that_costs_too_much_is_refused_in_a_sentence(
    open_page: Open, forgiven: list[str]
) -> None:
    forgiven.append(r"422")
    link = "/sine-live?hidden=128&layers=3&samples=5000&length=200&cell=race"
    lab = Training(open_page(link), "sine").ready()
    lab.click("play")
    lab.until(lambda: "possible" in lab.status_text)
    assert lab.id.startswith("shipped")


# -- going back in time ----------------------------------------------------------------------------


def test_the_past_is_looked_at_and_gone_on_from(lab: Training) -> None:
    lab.play()
    lab.until(lambda: len(lab.run()["saved"]) > 4)
    lab.pause()
    last, name, saved = lab.step, lab.id, lab.run()["saved"]
    lab.part("time").focus()
    lab.page.keyboard.press("Home")
    lab.page.keyboard.press("ArrowRight")
    past = saved[1]
    lab.until(lambda: lab.part("time-text").inner_text() == f"step {past} of 20,000")
    marks = lab.at(past)["marks"]
    lab.until(lambda: scores(lab) == pytest.approx(chosen(marks, scores(lab)), rel=1e-6))
    lab.page.keyboard.press("End")
    lab.until(lambda: lab.part("time-text").inner_text() == f"step {last:,} of 20,000")
    lab.page.keyboard.press("Home")
    lab.page.keyboard.press("ArrowRight")
    lab.click("fork")
    lab.until(lambda: lab.id != name and lab.step > past)
    lab.pause()
    fork, old = lab.run(), lab.run(name)
    shared = min(fork["step"], old["step"])
    assert fork["series"]["rnn.loss"][:shared] == old["series"]["rnn.loss"][:shared]


# -- keeping ---------------------------------------------------------------------------------------


def test_a_reload_finds_the_run(lab: Training) -> None:
    lab.play()
    name, before = lab.id, lab.step
    lab.page.reload()
    lab.ready()
    assert lab.id == name
    lab.until(lambda: lab.step > before)


def test_another_page_and_back_finds_the_run(lab: Training) -> None:
    lab.play()
    name = lab.id
    lab.page.locator(".st-key-fp-brand a").click()
    lab.page.wait_for_selector(".st-key-fp-home")
    lab.idle()
    lab.page.locator(".st-key-fp-sidebar a[href$=sine-live]").click()
    lab.ready()
    assert lab.id == name


def test_a_link_opens_the_setting(open_page: Open) -> None:
    lab = Training(open_page("/sine-live?cell=gru&hidden=5&seed=7&kind=saw"), "sine").ready()
    lab.click("step")
    lab.until(lambda: lab.step == 1)
    config = lab.run()["config"]
    assert (config["cell"], config["hidden"], config["seed"], config["kind"]) == (
        "gru",
        5,
        7,
        "saw",
    )


# -- how it feels ----------------------------------------------------------------------------------

_WATCH = """() => {
  const app = document.querySelector('[data-testid=stApp]')
  window.reruns = 0
  new MutationObserver(() => { if (app.dataset.testScriptState === 'running') window.reruns++ })
    .observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] })
}"""


def test_nothing_flickers_while_it_trains(lab: Training) -> None:
    lab.play()
    lab.drag("rate", -3)
    lab.until(lambda: "learning_rate=0.001" in lab.page.url)  # all that the page is told is told
    lab.idle()
    lab.page.evaluate(_WATCH)
    canvases = lab.page.locator(".chart canvas")
    nodes = canvases.element_handles()
    boxes = [canvases.nth(i).bounding_box() for i in range(canvases.count())]
    updates = lab.updates
    lab.until(lambda: lab.updates > updates + 8)
    assert lab.page.evaluate("window.reruns") == 0
    for i, node in enumerate(nodes):
        assert canvases.nth(i).evaluate("(now, then) => now === then", node)
        assert canvases.nth(i).bounding_box() == boxes[i]


def test_it_is_steered_by_keyboard_alone(lab: Training) -> None:
    keyboard = lab.page.keyboard
    lab.page.get_by_role("button", name="More", exact=True).focus()
    reached: list[str] = []
    for _ in range(12):
        keyboard.press("Tab")
        name = lab.page.evaluate(
            "() => { let e = document.activeElement; while (e && e.shadowRoot)"
            " e = e.shadowRoot.activeElement; return e && e.dataset.fp || '' }"
        )
        reached.append(name)
        if name == "play":
            keyboard.press("Space")
            lab.until(lambda: lab.status == "running" and lab.step > 0)
            keyboard.press("Space")
            lab.reaches("paused")
    assert [name for name in reached if name][:8] == [
        "play", "step", "count", "steps", "stop", "reset", "rate", "time",
    ]  # fmt: skip


def test_values_are_read_out_with_the_arrow_keys(open_page: Open) -> None:
    lab = Training(open_page("/sine-live"), "sine").ready()
    chart = lab.page.locator("[data-block=loss] canvas")
    chart.focus()
    lab.page.keyboard.press("End")
    lab.until(lambda: "step 500" in (chart.get_attribute("aria-valuetext") or ""))
    loss = lab.run()["series"]["lstm.loss"][-1]
    digits, power = f"{loss:.2e}".split("e")
    shown = f"LSTM {digits}·10⁻{'⁰¹²³⁴⁵⁶⁷⁸⁹'[-int(power)]}"
    assert shown in (chart.get_attribute("aria-valuetext") or "")


def test_a_run_is_taken_away(lab: Training) -> None:
    lab.click("steps")
    lab.until(lambda: lab.step == 10 and lab.status == "paused")
    with lab.page.expect_download() as download:
        lab.click("export-csv")
    with open(download.value.path(), newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    losses = [float(row["RNN, loss"]) for row in rows if row["RNN, loss"]]
    assert losses == pytest.approx(lab.run()["series"]["rnn.loss"], rel=1e-6)
    with lab.page.expect_download() as download:
        lab.click("export-png")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


# -- screens and languages -------------------------------------------------------------------------


def test_in_the_dark_the_charts_are_painted_in_paper_and_ink(open_page: Open) -> None:
    for scheme in ("light", "dark"):
        lab = Training(open_page("/sine-live", color_scheme=scheme), "sine").ready()
        ink = lab.part("sine").evaluate("e => getComputedStyle(e).getPropertyValue('--ink')")
        canvas = lab.page.locator("[data-block=scores] .cell td").first
        assert (lab.rgb(canvas.evaluate("e => getComputedStyle(e).color")) == lab.rgb(ink)).all()


def test_trouble_on_the_line_is_said_and_mended(lab: Training, forgiven: list[str]) -> None:
    forgiven.append(GONE)
    lab.play()
    lab.page.context.set_offline(True)
    lab.click("play")
    lab.until(lambda: "cannot be reached" in lab.status_text)
    lab.page.context.set_offline(False)
    lab.click("play")
    lab.reaches("paused")
    lab.until(lambda: "cannot be reached" not in lab.status_text)


# -- refusals --------------------------------------------------------------------------------------


def test_a_run_that_is_too_large_is_refused_in_the_language_of_the_page(
    open_page: Open, forgiven: list[str]
) -> None:
    forgiven.append("422")
    opened = open_page("/sine-live?lang=ko&hidden=128&layers=3&length=200&samples=5000")
    lab = Training(opened, "sine").ready()
    lab.click("play")
    sentence = "한 스텝에 숫자 9억 2,160만 개를 담아야 하지만 최대 6,000만 개까지 됩니다."
    lab.page.get_by_text(sentence).locator("visible=true").first.wait_for()
