"""Sine, live: recurrent networks learn to continue a wave, or a real series, while one watches."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import streamlit as st

from core.recurrent.series import frames
from core.recurrent.series.opened import SeriesNumber
from core.recurrent.series.presets import PRESETS as SERIES_PRESETS
from core.recurrent.series.setting import SeriesSetting
from core.recurrent.sine import thumbnail as picture
from core.recurrent.sine.opened import ScoreNumber
from core.recurrent.sine.presets import PRESETS
from core.recurrent.sine.setting import SineSetting
from core.schema import Table, choice, custom, fields_of, mark, maybe, nested, text, whole
from pages.kit.controls import Control, more, presets
from pages.kit.guess import sent as guessed
from pages.kit.language import _, language
from pages.kit.query import asked
from pages.kit.run import words as training_words
from pages.kit.run.inspection import Inspected
from pages.kit.state import PageState, page_state, stored
from pages.sine_live import series
from pages.sine_live import view as sine
from pages.sine_live.data import own_column, own_table, read_values, write_values
from pages.sine_live.guess import guess
from pages.sine_live.lesson import EXAMPLE, Judged
from pages.sine_live.lesson import lesson as show_lesson

SERIES = {f"series_{name}": name for name in SeriesSetting.schema if name != "source"}
"""Fields of the page, each with the name that a run on a real series has for it."""
OWN = ("names", "unit", "times", "values")
"""Those of them that hold a table of one's own."""

TABLE = Table(
    "sine",
    {
        "data": choice(("sine", "stocks", "weather", "table", "drawn")),
        **SineSetting.schema,
        "values": custom((), read_values, write_values, tuple, list),
        "run": text("", 60, linked=False),
        "at": whole(-1, -1, 1_000_000, linked=False),
        "number": maybe(nested(ScoreNumber)),
        "hours": choice(("daily", "hourly")),
        **fields_of(SeriesSetting, SERIES),
        "series_curve": SeriesSetting.schema["values"],
        "series_run": text("", 60, linked=False),
        "series_at": whole(-1, -1, 1_000_000, linked=False),
        "series_number": maybe(nested(SeriesNumber)),
    },
    PRESETS["race"],
)
"""The fields of the setting; then which run the picture shows, which of its saved states, and which
number is open. The same of a real series, where one is chosen, and the curve drawn by hand."""
SETTING = {name: name for name in SineSetting.schema}

PARTS = {"learning_rate": ("rate", mark("Learning rate"))}
"""Fields that are set in the picture itself, each with its part of the picture."""

STEPS = [
    ("all", mark("A network reads a wave, value by value, and says each time what comes next.")),
    ("panel", mark("Play trains it here and now. Every curve below is the run's own.")),
    ("loss", mark("Its error, on a logarithmic axis. Below persistence it has learned something.")),
    ("one", mark("One step ahead it is given the true past at every step. That is easy.")),
    (
        "free",
        mark("Free-running it gets only its own outputs, and its errors come back to it."),
    ),
    ("scores", mark("Both errors, beside two baselines that have nothing to learn.")),
    (
        "panel",
        mark("Drag the time back: the network of that moment answers, and can go on."),
    ),
    (
        "scores",
        mark("Now choose prices or weather above: is there more in them than the value before?"),
    ),
    ("runs", mark("Every run of this session stays, to be compared and taken away.")),
]


REAL = [
    ("all", mark("A real series. Its last fifth is held out: nothing has been trained on it.")),
    ("whole", mark("The grey window goes in, and the marked row is to come out.")),
    ("scaled", mark("What the network really reads, normalised by the training part alone.")),
    ("panel", mark("Play trains it, in seconds.")),
    ("forecast", mark("One row ahead: what came, what was said, and a band for nine of ten.")),
    ("scores", mark("An error in units says little until it stands beside those who learn less.")),
    ("shifts", mark("Where is the curve lowest? At 1 the network follows what was.")),
    ("runs", mark("Now change the normalisation, train again, and compare the two runs.")),
]
"""The walk where a real series is shown."""


def steps() -> Sequence[tuple[str, str]]:
    """The walk through what is shown."""
    return STEPS if stored("sine", "data", "sine") == "sine" else REAL


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    _data(state)
    with st.container(key="picture"):
        if source(state) == "sine":
            _controls(state)
            sine.sine_picture(
                config(state),
                number=TABLE["number"].write(state["number"]),
                guess=guessed(guess),
                hidden=state.hidden_parts(PARTS),
                language=language(),
                on_view=lambda view: _receive(state, view),
            )
        else:
            _series(state)
    run = Inspected(state["run"], state["at"] if state["at"] >= 0 else None, EXAMPLE)
    show_lesson(config(state), run, state["number"], _judged(state))


def source(state: PageState) -> str:
    """What the page is about: the sine and other waves, or the source of a real series."""
    data: str = state["data"]
    return "hourly" if data == "weather" and state["hours"] == "hourly" else data


def series_config(state: PageState) -> dict[str, Any]:
    """The setting of a run on a real series that begins here, as plain values."""
    values, about = state.plain(SERIES), source(state)
    if about != "table":
        values |= {name: SeriesSetting.schema[name].default for name in OWN}
    if about == "drawn":
        values["values"] = list(state["series_curve"])
    return values | {"source": about}


def _judged(state: PageState) -> Judged | None:
    """What the lesson needs to know of a real series; None where a wave is shown."""
    if source(state) == "sine":
        return None
    at = state["series_at"]
    run = Inspected(state["series_run"], at if at >= 0 else None, EXAMPLE)
    return Judged(series_config(state), run, state["series_number"])


def _series(state: PageState) -> None:
    """Show a real series: its controls and its picture."""
    _series_controls(state)
    curve = state["series_curve"] or tuple(frames.example().values[:, 0].round(3).tolist())
    series.series_picture(
        series_config(state),
        curve=list(curve),
        number=TABLE["series_number"].write(state["series_number"]),
        hidden=state.hidden_parts({"series_learning_rate": PARTS["learning_rate"]}),
        language=language(),
        on_view=lambda view: _receive_series(state, view),
    )


def _receive_series(state: PageState, view: Any) -> None:
    """Take over what was chosen in the picture of a real series; a table stays the page's."""
    names = {name: theirs for name, theirs in SERIES.items() if theirs not in OWN}
    with suppress(KeyError, TypeError, ValueError):  # the routes refuse the same, and say why
        chosen = dict(view["config"])
        values = chosen.get("values")
        kept = {name: value for name, value in chosen.items() if name in names.values()}
        state.take(view | {"config": kept}, names, ("run", "at", "number"), "series_")
        if state["data"] == "drawn" and values:
            state.set("series_curve", tuple(values))


def config(state: PageState) -> dict[str, Any]:
    """The setting of a run that begins here, as plain values."""
    values = state.plain(SETTING)
    return values if state["kind"] == "table" else values | {"values": []}


def _receive(state: PageState, view: Any) -> None:
    """Take over the run that the picture shows, and what was chosen in it."""
    column = state["values"]
    state.take(view, SETTING, ("run", "at", "number"))
    if not state["values"]:  # a column that is out of use now stays to be chosen again
        state.set("values", column)


def thumbnail() -> str:
    """The shipped race: its curves, and its forecasts when it had learned little."""
    return picture.race((_("Loss"), _("Free-running")))


def _data(state: PageState) -> None:
    """Which series; another one comes with the settings that are worth starting from.

    So does one that a link names, unless the page wrote the link: then its seed is in it, and what
    is not in it is a default.
    """
    names = {
        "sine": _("sine"),
        "stocks": _("stock prices"),
        "weather": _("weather"),
        "table": _("your table"),
        "drawn": _("drawn by hand"),
    }
    state.control("data", _("Part"), names=names, label_visibility="collapsed")
    now, key = source(state), "fp.sine.source"
    if key not in st.session_state and now != "sine" and "seed" not in asked():
        state.begin(_preset(now))
    before = st.session_state.setdefault(key, now)
    if now != before:
        st.session_state[key] = now
        if now != "sine":
            for name, value in _preset(now).items():
                state.set(name, value)


def _preset(name: str) -> dict[str, Any]:
    """The fields of the page that a setting worth starting from sets."""
    fields = {name: field.default for name, field in SeriesSetting.schema.items()}
    chosen = fields | dict(SERIES_PRESETS[name])
    return {f"series_{n}": v for n, v in chosen.items() if n not in ("source", "symbol", *OWN)}


def _series_controls(state: PageState) -> None:
    """The controls of a real series."""
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        if source(state) == "stocks":
            state.control("series_symbol", _("Share"), listed=True, width=110)
        if state["data"] == "weather":
            state.control("hours", _("Rows"), names={"daily": _("days"), "hourly": _("hours")})
        state.control(
            "series_scaling",
            _("Normalisation"),
            names=series.scaling_names(),
            listed=True,
            width=150,
            help=_("Fitted to the training part alone; what it is for stands with the picture."),
        )
        state.control("series_cell", _("Cell"), names=sine.cell_names(), listed=True, width=170)
        more(state, "fp-more-series", *_further_series())
    if state["data"] == "table":
        with st.container(key="controls-table"):
            own_table(state)


def _further_series() -> tuple[dict[str, Control], dict[str, Control]]:
    """The controls of the rest of the setting of a real series."""
    inputs = {"all": _("every column"), "target": _("the one that is forecast")}
    return (
        {
            "series_inputs": (_("The network reads"), {"names": inputs}),
            "series_length": (_("Rows in a window"), {}),
            "series_period": (_("Period of the seasonal baseline"), {"number": True}),
            "series_seed": (_("Seed"), {"number": True}),
        },
        {
            "series_hidden": (_("Hidden size"), {}),
            "series_batch": (_("Windows in a step"), {"number": True}),
            "series_epochs": (_("Epochs"), {"number": True}),
        },
    )


def _controls(state: PageState) -> None:
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        _presets(state)
        state.control("cell", _("Cell"), names=sine.cell_names())
        state.control("hidden", _("Hidden size"), width=200)
        more(state, "fp-more", *_further(), after={"kind": lambda: _column(state)})


def _presets(state: PageState) -> None:
    presets(
        state,
        "fp.sine.preset",
        {
            "notes": _("the notes' run"),
            "fast": _("fast"),
            "race": _("the race"),
            "too_large": _("too large a learning rate"),
            "hidden_1": _("hidden size 1"),
        },
        {name: vars(SineSetting(**fields)) for name, fields in PRESETS.items()},
        {name: state[name] for name in SETTING},
    )


def _further() -> tuple[dict[str, Control], dict[str, Control]]:
    """The controls of the rest of the setting: of the data, and of the way it learns."""
    every = {"every": _("every step"), "last": _("last step")}
    schedules = {"constant": _("constant"), "decay": _("falling")}
    return (
        {
            "kind": (_("Series"), {"names": sine.kind_names()}),
            "samples": (_("Samples"), {"number": True}),
            "length": (_("Sequence length"), {}),
            "warm_up": (_("Warm-up steps excluded from the loss"), {}),
            "output": (_("Output"), {"names": every}),
            "seed": (_("Seed"), {"number": True}),
        },
        {
            "layers": (_("Layers"), {}),
            "dropout": (_("Dropout between layers"), {}),
            "optimiser": (_("Optimiser"), {"names": training_words.optimisers()}),
            "schedule": (_("Learning rate over time"), {"names": schedules}),
            "batch": (_("Batch size (0: all at once)"), {"number": True}),
            "epochs": (_("Epochs"), {"number": True}),
            "clip": (_("Largest gradient norm (0: no clipping)"), {}),
        },
    )


def _column(state: PageState) -> None:
    if state["kind"] == "table":
        own_column(state)
