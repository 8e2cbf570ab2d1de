"""The page "Inside the cell": what the picture tells becomes its state, and rubbish does not."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.opened import Cell
from core.recurrent.cell.place import Place
from core.recurrent.words import job as words
from core.schema import Refusal
from pages.inside_the_cell import page as inside_the_cell
from pages.inside_the_cell.lesson import _subsets
from pages.kit.run.inspection import inspect
from tests.patience import PATIENCE

GOOD = {
    "cell": "gru",
    "name": "Marie",
    "place": {"gate": "reset", "layer": 0, "time": 4, "unit": 12},
    "number": {"array": "influence", "index": [2]},
    "run": "abc",
    "step": 40,
}


def _page() -> None:
    from pages.inside_the_cell import page as inside_the_cell

    inside_the_cell.page()


def _run(**query: str) -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def state_after(view: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The state of the page after the picture has told this."""
    monkeypatch.setattr(inside_the_cell.cell, "cell_picture", lambda told, **__: told.on_view(view))
    values: dict[str, Any] = _run().session_state["fp.state.cell"]["values"]
    return values


def test_what_the_picture_tells_is_the_state_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    values = state_after(GOOD, monkeypatch)
    assert values["cell"] == "gru"
    assert values["name"] == "Marie"
    assert values["place"] == Place("reset", 0, 4, 12)
    assert values["number"] == Cell("influence", (2,))
    assert (values["run"], values["step"]) == ("abc", 40)


@pytest.mark.parametrize(
    "change",
    [
        {"cell": "transformer"},
        {"place": {"gate": "reboot", "layer": 0, "time": 4, "unit": 12}},
        {"place": {"gate": "h", "layer": 0, "time": -1, "unit": 0}},
        {"place": 7},
        {"cell": None},
    ],
)
def test_rubbish_from_the_picture_is_no_traceback(
    change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state_after(GOOD | change, monkeypatch)["place"] == Place("forget", 0, 3, 0)


def test_the_picture_is_told_what_a_link_says(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    monkeypatch.setattr(
        inside_the_cell.cell,
        "cell_picture",
        lambda told, **more: seen.update(more, view=told.view),
    )
    _run(cell="rnn", distance="17", place="h.0.2.5", forget="1", hide="run", lang="ko", seed="9")
    assert seen["view"]["cell"] == "rnn"
    assert seen["view"]["place"] == {"gate": "h", "layer": 0, "time": 2, "unit": 5}
    assert (seen["distance"], seen["talk"], seen["hidden"]) == (17, 9, ["panel"])
    assert seen["config"]["language"] == seen["language"] == "ko"
    assert seen["config"]["forget_bias"] == 1.0
    assert words.JOB.write(words.JOB.read(seen["config"])).items() >= seen["config"].items()


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("source", ["sentence", "sine"])
def test_the_page_stands_in_both_languages_without_an_engine(lang: str, source: str) -> None:
    test = _run(lang=lang, source=source, lesson="numbers")
    assert len(test.tabs) == 5
    assert len(test.caption) >= 1


def test_a_link_with_rubbish_opens_the_page_with_defaults() -> None:
    test = _run(cell="transformer", distance="4000", place="forget.0.1", hidden="0", name="x" * 41)
    state = test.session_state["fp.state.cell"]
    assert state["values"]["distance"] == 8
    assert {ignored.name for ignored in state["ignored"]} == {
        "cell", "distance", "place", "hidden", "name",
    }  # fmt: skip


def test_measuring_fills_the_table() -> None:
    test = _run(lesson="costs")
    table = next(each.value for each in test.markdown if "| RNN |" in each.value)
    assert "| – |" in table
    test.button(key="fp.cell.measure").click().run()
    table = next(each.value for each in test.markdown if "| RNN |" in each.value)
    assert "| – |" not in table
    assert "µs" in table


def test_every_choice_of_members_is_offered_once() -> None:
    subsets = _subsets({"rnn": 0, "gru": 0, "lstm": 0})
    assert len(subsets) == len(set(subsets)) == 7
    assert ("rnn", "lstm") in subsets


def test_a_run_that_is_not_there_is_said_to_be() -> None:
    with pytest.raises(Refusal, match="no run"):
        inspect("never", None, "number", {})
