"""The page "Sine, live": its state is one setting, and what it says is computed by a model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from core.recurrent.series.job import JOB as SERIES
from core.recurrent.series.presets import PRESETS as SERIES_PRESETS
from core.recurrent.series.setting import SeriesSetting
from core.recurrent.sine.job import JOB
from core.recurrent.sine.presets import PRESETS
from core.recurrent.sine.setting import SineSetting
from core.training import shipped
from pages.kit.numbers import short
from pages.kit.run import inspection
from pages.kit.run import words as training_words
from pages.sine_live import lesson as sine_lesson
from pages.sine_live import page as sine_live
from pages.sine_live import series
from pages.sine_live import view as sine
from pages.sine_live.data import read_values, write_values
from tests.patience import PATIENCE

EXAMPLE = inspection.Inspected("", None, sine_lesson.EXAMPLE)
Shown = list[dict[str, Any]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """The configs that the picture has been given; it tells nothing."""
    configs: Shown = []
    monkeypatch.setattr(sine, "sine_picture", lambda config, **_: configs.append(config))
    return configs


def _page() -> None:
    from pages.sine_live import page as sine_live

    sine_live.page()


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


# -- the state ----------------------------------------------------------------------------------


def test_an_untouched_page_is_the_race_that_it_shows(shown: Shown) -> None:
    opened()
    assert JOB.read(shown[0]) == SineSetting(**PRESETS["race"])
    opened(seed="0")
    assert JOB.read(shown[1]) == SineSetting()
    saved = shipped.load("sine_race")  # what is drawn before anything was trained
    assert JOB.read(shown[0]) == JOB.read(saved.config) and saved.step == 500
    assert JOB.read(saved.config).cells == ("rnn", "gru", "lstm")


def test_every_field_of_a_setting_is_a_field_of_the_page() -> None:
    shown = {"run", "at", "number"}
    real = {*vars(SeriesSetting()), *shown, "curve"} - {"source"}
    assert set(sine_live.TABLE.fields) == {
        *vars(SineSetting()), *shown, "data", "hours", *(f"series_{name}" for name in real)
    }  # fmt: skip


def test_a_link_is_a_setting(shown: Shown) -> None:
    opened(cell="gru", hidden="5", dropout="0.25", kind="table", values="1.5,2.0,-3.0")
    config = shown[0]
    assert (config["cell"], config["hidden"], config["dropout"]) == ("gru", 5, 0.25)
    assert config["values"] == [1.5, 2.0, -3.0]


@pytest.mark.parametrize(
    "query",
    [
        {"hidden": "129"},
        {"learning_rate": "nan"},
        {"cell": "transformer"},
        {"values": "1,two,3"},
        {"values": "1;<script>"},
        {"epochs": "1e9"},
        {"run": "another person's"},
    ],
)
def test_rubbish_in_a_link_is_the_default(query: dict[str, str], shown: Shown) -> None:
    opened(**query)
    assert shown == [SineSetting().write()]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_sets_every_field(name: str, shown: Shown) -> None:
    app = opened(hidden="7", seed="3", layers="2")
    app.selectbox(key="fp.sine.preset").select(name).run()
    assert shown[-1] == SineSetting(**PRESETS[name]).write()
    assert app.selectbox(key="fp.sine.preset").value == name


def test_a_setting_that_is_no_preset_is_called_so(shown: Shown) -> None:
    assert opened(hidden="7").selectbox(key="fp.sine.preset").value is None


def state_after(view: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The state of the page after the picture has told this."""
    monkeypatch.setattr(sine, "sine_picture", lambda *_, on_view, **__: on_view(view))
    values: dict[str, Any] = opened().session_state["fp.state.sine"]["values"]
    return values


def test_what_the_picture_tells_is_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    config = SineSetting(cell="lstm", learning_rate=0.003).write()
    values = state_after({"run": "abc", "at": 40, "config": config}, monkeypatch)
    assert (values["cell"], values["learning_rate"]) == ("lstm", 0.003)
    assert (values["run"], values["at"]) == ("abc", 40)


@pytest.mark.parametrize(
    "view",
    [
        None,
        {},
        {"run": "abc", "at": "forty", "config": {}},
        {"run": 7, "at": 0, "config": {}},
        {"run": "abc", "at": 0, "config": {"hidden": 1000}},
        {"run": "abc", "at": 0, "config": {"colour": "red"}},
        {"run": "abc", "at": 0, "config": [1]},
    ],
)
def test_rubbish_from_the_picture_is_no_traceback(
    view: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state_after(view, monkeypatch)["hidden"] == 32


# -- a column of one's own ------------------------------------------------------------------------


def _column() -> None:
    from pages.kit.state import page_state
    from pages.sine_live.data import own_column
    from pages.sine_live.page import TABLE

    own_column(page_state(TABLE))


def pasted(text: str) -> AppTest:
    app = AppTest.from_function(_column).run()
    app.text_area[0].set_value(text).run()
    assert not app.exception
    return app


def values_of(app: AppTest) -> tuple[float, ...]:
    found: tuple[float, ...] = app.session_state["fp.state.sine"]["values"]["values"]
    return found


def test_a_pasted_column_is_taken_and_described() -> None:
    app = pasted("temperature\n20.5\n21\n19\n")
    assert values_of(app) == (20.5, 21.0, 19.0)
    assert "3 numbers, 19 to 21" in app.caption[-1].value and not app.error


def test_of_several_columns_one_is_chosen() -> None:
    app = pasted("day,warm,cold\n1,20,3\n2,24,9\n3,22,7\n")
    assert app.selectbox[0].value == "warm" and values_of(app) == (20.0, 24.0, 22.0)
    app.selectbox[0].select("cold").run()
    assert values_of(app) == (3.0, 9.0, 7.0)


def test_the_letters_of_a_file_can_be_chosen() -> None:
    """The names tell whether they are right; the numbers are the same either way."""
    app = AppTest.from_function(_column).run()
    content = "日付,気温\n1,20.5\n2,21.0\n3,19.5\n".encode("cp932")
    app.file_uploader[0].set_value(("a.csv", content, "text/csv")).run()
    assert not app.error and app.caption[-1].value.startswith("3 numbers, 19.5 to 21")
    app.selectbox[0].select("cp932").run()
    assert not app.exception and app.caption[-1].value.startswith("3 numbers, 19.5 to 21")
    assert app.selectbox(key="fp.sine.column.which").options == ["日付", "気温"]


def test_a_column_that_cannot_be_read_leaves_the_others_to_choose() -> None:
    app = pasted("warm,cold\n20,3\nmany,9\n22,7\n")
    app.selectbox[0].select("warm").run()
    assert "Line 3 has 'many'" in app.error[0].value
    app.selectbox[0].select("cold").run()
    assert not app.error and values_of(app) == (3.0, 9.0, 7.0)


def test_the_lines_that_are_no_numbers_are_said() -> None:
    app = pasted("Weather\nday,warm\n,°C\n1,20\n2,24\n3,22\nSource: office\n")
    assert app.caption[0].value == "The header is in line 2, 3. Passed over: line 1, 7."
    assert pasted("1\n2\n").caption[0].value == "There is no header line."


def test_missing_numbers_are_asked_for() -> None:
    app = pasted("1\n2\nNA\n-999\n5\n")
    assert not values_of(app) and "missing in line 3, 4" in app.error[0].value
    assert "-999" in app.caption[1].value
    for filling, values in {
        "fill": (1, 2, 3, 4, 5),
        "carry": (1, 2, 2, 2, 5),
        "drop": (1, 2, 5),
    }.items():
        app.radio[0].set_value(filling).run()
        assert not app.error and values_of(app) == values


def test_what_a_comma_means_is_asked_where_nothing_tells() -> None:
    app = pasted("v\n1,234\n5,678\n")
    assert not values_of(app) and "'1,234'" in app.error[0].value
    app.radio[0].set_value(",").run()
    assert not app.error and values_of(app) == (1.234, 5.678)
    app.radio[0].set_value(".").run()
    assert values_of(app) == (1234, 5678)


def test_whether_the_first_line_is_a_header_is_asked_where_nothing_tells() -> None:
    app = pasted("2022;2023\n5;6\n7;4\n6;3\n")
    assert values_of(app) == (5, 7, 6)
    app.radio[0].set_value(False).run()
    assert values_of(app) == (2022, 5, 7, 6)


@pytest.mark.parametrize(
    "text", ["1\nmany\n3", "7", "a,b\n1,2\n3", "1\n\x00", "\n".join(["1"] * 9000)]
)
def test_a_bad_column_is_said_and_the_one_before_stays(text: str) -> None:
    app = pasted("1\n2\n3")
    app.text_area[0].set_value(text).run()
    assert not app.exception
    assert len(app.error) == 1 and app.error[0].value.endswith(".")
    assert values_of(app) == (1.0, 2.0, 3.0)


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=40))
def test_a_column_makes_the_way_into_a_link_and_back(values: list[float]) -> None:
    assert read_values(write_values(tuple(values))) == tuple(values)


# -- real series ----------------------------------------------------------------------------------


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """The configs that the picture of a real series has been given; it tells nothing."""
    configs: Shown = []
    monkeypatch.setattr(sine, "sine_picture", lambda *_, **__: None)
    monkeypatch.setattr(series, "series_picture", lambda config, **_: configs.append(config))
    return configs


@pytest.mark.parametrize(
    ("data", "scaling", "source"),
    [
        ("stocks", "log_returns", "stocks"),
        ("weather", "zscore", "weather"),
        ("drawn", "zscore", "drawn"),
    ],
)
def test_another_series_comes_with_what_is_worth_starting_from(
    data: str, scaling: str, source: str, judged: Shown
) -> None:
    app = opened()
    assert not judged
    app.button_group(key="fp.sine.data").set_value(data).run()
    assert not app.exception
    assert (judged[-1]["scaling"], judged[-1]["source"]) == (scaling, source)
    assert SERIES.read(judged[-1]).windows


@pytest.mark.parametrize("data", ["stocks", "weather"])
def test_a_link_that_names_a_series_alone_opens_its_best_settings(data: str, judged: Shown) -> None:
    def settled() -> SeriesSetting:
        return SeriesSetting.read(judged[-1])

    opened(data=data)
    assert settled() == SeriesSetting.read({"source": data} | SERIES_PRESETS[data])
    opened(data=data, series_epochs="2", series_cell="nonsense")
    assert settled() == SeriesSetting.read({"source": data} | SERIES_PRESETS[data] | {"epochs": 2})
    opened(data=data, seed="0")  # as the page itself writes it: all else is a default
    assert settled() == SeriesSetting(source=data)


def test_the_walk_is_about_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Path(series.__file__).with_suffix(".js").read_text(encoding="utf-8")
    blocks = {*re.findall(r'block\("(\w+)"', script), "all", "panel", "runs"}
    assert {part for part, _ in sine_live.REAL} <= blocks
    monkeypatch.setattr(sine_live, "stored", lambda *_: "weather")
    assert sine_live.steps() is sine_live.REAL
    monkeypatch.setattr(sine_live, "stored", lambda *_: "sine")
    assert sine_live.steps() is sine_live.STEPS


def test_a_link_to_a_real_series_is_its_setting(judged: Shown) -> None:
    opened(data="weather", hours="hourly", series_scaling="differences", series_cell="race")
    config = SERIES.read(judged[0])
    assert (config.source, config.scaling, config.cell) == ("hourly", "differences", "race")
    opened(data="drawn", series_curve=",".join(["0.5", "0.25"] * 40))
    assert SERIES.read(judged[-1]).values == (0.5, 0.25) * 40


def test_a_curve_that_is_drawn_is_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    view = {"run": "", "at": -1, "number": None, "config": {"values": [0.5] * 60, "hidden": 5}}
    monkeypatch.setattr(series, "series_picture", lambda *_, on_view, **__: on_view(view))
    values = opened(data="drawn").session_state["fp.state.sine"]["values"]
    assert values["series_curve"] == (0.5,) * 60 and values["series_hidden"] == 5
    assert not values["series_values"]


@pytest.mark.parametrize(
    "view",
    [None, {}, {"config": 3}, {"config": {"values": ["x"]}}, {"config": {"hidden": 1000}}],
)
def test_rubbish_from_the_picture_of_a_series_is_no_traceback(
    view: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "series_picture", lambda *_, on_view, **__: on_view(view))
    values = opened(data="drawn").session_state["fp.state.sine"]["values"]
    assert values["series_hidden"] == 8 and not values["series_curve"]


def _table() -> None:
    from pages.kit.state import page_state
    from pages.sine_live.data import own_table
    from pages.sine_live.page import TABLE

    own_table(page_state(TABLE))


def test_a_table_is_taken_with_its_dates_and_columns() -> None:
    app = AppTest.from_function(_table).run()
    days = [f"2024-01-{day:02d},{day % 5},{day % 3}" for day in range(30, 0, -1)]
    app.text_area[0].set_value("\n".join(["day,warm (°C),rain", *days])).run()
    assert not app.exception and not app.error
    app.multiselect[0].set_value(["rain"]).run()
    values = app.session_state["fp.state.sine"]["values"]
    assert values["series_names"] == ("warm (°C)", "rain") and values["series_unit"] == "°C"
    assert values["series_times"][0] == 19723 and values["series_values"][:4] == (1, 1, 2, 2)
    said = " ".join(caption.value for caption in app.caption)
    assert "2024-01-01 to 2024-01-30" in said and "30 rows of warm (°C), rain" in said


@pytest.mark.parametrize(
    "text", ["sky\nsunny\nrain\nrain", "a,b\n1,2\n3", "v\n" + "1\n" * 6000, "7"]
)
def test_a_table_that_cannot_be_used_is_said_and_the_one_before_stays(text: str) -> None:
    app = AppTest.from_function(_table).run()
    app.text_area[0].set_value("v\n1\n2\n3").run()
    app.text_area[0].set_value(text).run()
    assert not app.exception and len(app.error) == 1 and app.error[0].value.endswith(".")
    assert app.session_state["fp.state.sine"]["values"]["series_values"] == (1, 2, 3)


# -- what is said --------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped run answers, whichever is asked for."""
    recording = shipped.load("sine_race")
    config = JOB.read(recording.config)

    def inspect(_run: str, _step: int | None, name: str, query: Mapping[str, str]) -> Any:
        return JOB.inspections[name](config, recording.saved[-1].state, query)

    monkeypatch.setattr(inspection, "inspect", inspect)
    inspection._inspected.cache_clear()


def _lesson() -> None:
    from core.recurrent.sine.opened import ScoreNumber
    from core.recurrent.sine.setting import SineSetting
    from pages.kit.run.inspection import Inspected
    from pages.sine_live.lesson import EXAMPLE, lesson

    lesson(SineSetting().write(), Inspected("", None, EXAMPLE), ScoreNumber("lstm", window=1))


def test_the_broadcast_lesson_is_predicted_first_and_shows_the_models_two_numbers(
    asked: None,
) -> None:
    app = AppTest.from_function(_lesson, default_timeout=PATIENCE)
    app.query_params["lesson"] = "broadcast"
    app.run()
    recording = shipped.load("sine_race")
    found = JOB.inspections["broadcast"](JOB.read(recording.config), recording.saved[-1].state, {})
    numbers = [short(found[name]) for name in ("reported", "true")]
    text = "\n".join(element.value for element in app.markdown)
    assert not any(f"**{number}**" in text for number in numbers)
    for wrong in ("zero", "error"):  # each is explained, then the answer is shown
        app.button_group(key="fp.quiz.broadcast").set_value(wrong).run()
        app.button(key="fp.quiz.broadcast.reveal").click().run()
        assert not app.exception
    text = "\n".join(element.value for element in app.markdown)
    assert all(f"**{number}**" in text for number in numbers) and "Not quite." in text
    assert found["reported"] > 1000 * found["true"]


def test_the_questions_answers_are_those_of_the_model(asked: None) -> None:
    questions = {q.name: q for q in sine_lesson._questions(SineSetting().write(), EXAMPLE)}
    assert questions["weights"].answer == 4 * (32 + 32 * 32 + 2 * 32)
    still = questions["persistence"]
    recording = shipped.load("sine_race")
    found = JOB.inspections["forecast"](JOB.read(recording.config), recording.saved[-1].state, {})
    assert still.choices is not None
    error = found["persistence"]["one_step_mse"]
    assert still.choices[str(still.answer)] == short(error)
    lstm = found["cells"]["lstm"]
    assert short(lstm["one_step_mse"]) in questions["free"].prompt
    assert short(lstm["free_run_mse"]) in questions["free"].explanation
    assert questions["free"].answer in ("10", "100")


def test_without_an_engine_the_lesson_still_has_its_text() -> None:
    app = AppTest.from_function(_lesson, default_timeout=PATIENCE).run()
    assert not app.exception
    assert "one value at a time" in "\n".join(element.value for element in app.markdown)


def test_every_word_of_the_list_names_a_field() -> None:
    words = sine.words()
    assert set(words["fields"]) == {*vars(SineSetting())} - {"values"}
    assert set(words["values"]["cell"]) == {"rnn", "gru", "lstm", "race"}
    assert words["statuses"].keys() >= {"waiting", "running", "paused", "done", "stopped"}
    assert training_words.words(named=[], fields={}, values={})["play"] == "Play"
