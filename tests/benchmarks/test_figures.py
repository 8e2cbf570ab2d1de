"""The bookkeeping of the benchmarks; what they measure is no matter of tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import (  # noqa: F401  (they declare)
    a11y,
    accuracy,
    app,
    arrival,
    draw,
    house,
    pen,
    results,
    route,
    sine,
    transformer,
)
from benchmarks.figures import Figure, chosen, figures
from benchmarks.harness import percentile
from core.vision.answer import answer
from core.vision.question import DrawingQuestion

PROMISED = {
    "a11y.axe_violations": 0,
    "draw.pointer_to_painted_ms.p50": 16,
    "draw.pointer_to_painted_ms.p95": 25,
    "draw.painted_share_of_pointer_moves": 0.95,
    "draw.route_ms.p50": 4,
    "draw.route_ms.p95": 150,
    "app.page_switch_ms.p95": 300,
    "app.cold_start_s": 8,
    "app.first_view_kb": 300,
    "mnist.test_accuracy.notes": [0.991, 0.9945],
    "mnist.test_accuracy.ours": 0.996,
    "hand.accuracy": 0.97,
    "house.lines": 58_500,
    "house.files_for_a_conv_pixel": 3,
    "house.files_for_an_optimiser": 3,
    "house.files_for_a_page": 2,
    "present.smallest_px": 20,
    "load.cls.max": 0.05,
    "load.first_visit_kb": 1400,
    "load.next_page_kb": 60,
    "load.first_picture_over_streamlit": 1.3,
    "load.first_picture_hall_s": 3,
    "sine.engine_over_bare_loop": 1.15,
    "sine.fast.one_step_mse": 1e-5,
    "sine.fast.free_run_mse_150": 2e-3,
    "sine.notes_speedup": 3,
    "series.stock_over_persistence": 1.2,
    "series.weather_over_persistence": 0.8,
    "transformer.copy_s": 15,
    "transformer.reverse_s": 15,
    "transformer.translate.greedy_exact": 0.99,
    "transformer.translate.train_s": 120,
}


def test_what_was_promised_is_measured() -> None:
    goals = {figure.key: figure.goal for figure in figures()}
    assert {key: goals.get(key) for key in PROMISED} == PROMISED


def test_a_goal_is_a_bound_or_a_range() -> None:
    quick, good = Figure("a", "", "ms", at_most=4), Figure("b", "", "share", at_least=0.9)
    within = Figure("c", "", "share", 0.991, 0.9945)
    assert [quick.reached(value) for value in (3.9, 4, 4.1)] == [True, True, False]
    assert [good.reached(value) for value in (0.89, 0.9)] == [False, True]
    assert [within.reached(value) for value in (0.99, 0.993, 0.995)] == [False, True, False]
    assert Figure("d", "", "s").reached(1e9)
    assert quick.written(3.14159) == "3.1 ms" and quick.wanted == "at most 4 ms"
    assert within.wanted == "0.991 to 0.9945"
    assert Figure("e", "", "error", at_most=1e-5).written(1.52e-6) == "1.5e-06"
    assert Figure("f", "", "ratio", at_least=3).written(3.456) == "3.46"


def test_names_choose_whole_parts_of_keys() -> None:
    def keys(*names: str) -> list[str]:
        return [figure.key for declared, _ in chosen(names) for figure in declared]

    assert keys("app.cold_start_s") == ["app.cold_start_s"]
    assert keys("draw.route_ms.p50") == ["draw.route_ms.p50"]
    assert {key.split(".")[0] for key in keys("mnist", "hand")} == {"mnist", "hand"}
    assert keys() == [figure.key for figure in figures()]
    with pytest.raises(ValueError, match="Nothing is called dra"):
        chosen(["dra"])


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (50, 10), (95, 19), (100, 20)])
def test_a_percentile_is_a_value_that_was_measured(percent: float, expected: int) -> None:
    assert percentile(list(range(20, 0, -1)), percent) == expected


def test_results_are_kept_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(results, "README", tmp_path / "README.md")
    monkeypatch.setattr(results, "commit", lambda: "abc")
    results.README.write_text("a\n<!-- figures -->\nstale\n<!-- /figures -->\nz\n")
    results.keep({"draw.route_ms.p50": 5.25})
    results.keep({"app.cold_start_s": 4.0})
    results.into_readme()
    kept = json.loads(results.RESULTS.read_text())
    assert list(kept) == ["app.cold_start_s", "draw.route_ms.p50"]
    assert kept["draw.route_ms.p50"] == {
        "value": 5.25,
        "unit": "ms",
        "goal": 4,
        "machine": results.machine(),
        "commit": "abc",
    }
    text = results.README.read_text()
    assert text.startswith("a\n<!-- figures -->\n| what |") and text.endswith("figures -->\nz\n")
    assert "| 4.0 s | at most 8 s | yes |" in text and "| 5.2 ms | at most 4 ms | no |" in text
    assert "stale" not in text


def test_the_questions_are_those_of_a_pen_that_moves() -> None:
    asked = pen.questions(4, 60)
    assert 55 <= len(asked) <= 65
    for count, (plain, full) in enumerate(asked, 1):
        question = DrawingQuestion.read(json.loads(plain))
        assert question.drawing.points == count and not question.strip
        assert DrawingQuestion.read(json.loads(full)).strip
    assert answer(question)
