"""The parts that pages share, each in a small script of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from safetensors import safe_open
from streamlit.testing.v1 import AppTest

from pages.kit import tabs
from pages.kit.downloads import HEADINGS, worded
from pages.kit.language import ROOT
from pages.kit.quiz import Question, number
from pages.kit.run import columns
from tests.pages.listings import listings
from tests.patience import PATIENCE


def _quiz(number: bool) -> None:
    import streamlit as st

    from pages.kit.quiz import Question, ask

    about = st.session_state.get("about", "a")
    if number:
        slips = {16: "That is half of them."}
        ask(Question("count", about, "?", 32, "Because.", slips, hint="Count.", tolerance=0.5))
    else:
        named = {"3": "three", "8": "eight"}
        why = {"8": "It is open on the left."}
        ask(Question("digit", about, "Which one?", "3", "Because of the bow.", why, named))


def _run(script: Any, *args: Any) -> AppTest:
    return AppTest.from_function(script, args=args, default_timeout=PATIENCE).run()


def _texts(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in [*app.markdown, *app.caption])


def test_the_answer_is_hidden_until_a_prediction_is_made() -> None:
    app = _run(_quiz, False)
    assert "Because" not in _texts(app)
    assert app.button[0].disabled
    app.button_group[0].set_value("8").run()
    app.button[0].click().run()
    assert "Not quite." in _texts(app) and "eight" in _texts(app)
    assert "It is open on the left." in _texts(app), "one choice left is no second try"
    assert "Because of the bow." in _texts(app)
    assert "0 of 1 right so far" in _texts(app)


def test_another_state_asks_anew_and_the_score_goes_on() -> None:
    app = _run(_quiz, False)
    app.button_group[0].set_value("3").run()
    app.button[0].click().run()
    assert "1 of 1 right" in _texts(app)
    app.session_state["about"] = "b"
    app.run()
    assert "Because" not in _texts(app)
    app.button_group[0].set_value("8").run()
    app.button[0].click().run()
    assert "1 of 2 right" in _texts(app)


def _explained() -> None:
    from pages.kit.quiz import Question, ask

    named = {"3": "three", "8": "eight", "5": "five"}
    why = {"8": "It is open on the left.", "5": "It has no corner."}
    ask(Question("digit", "a", "Which one?", "3", "Because of the bow.", why, named))


@pytest.mark.parametrize(("second", "verdict"), [("3", "Right."), ("5", "Not quite.")])
def test_a_wrong_choice_is_explained_and_tried_again(second: str, verdict: str) -> None:
    app = _run(_explained)
    app.button_group[0].set_value("8").run()
    app.button[0].click().run()
    assert "It is open on the left." in _texts(app) and "Because" not in _texts(app)
    assert app.button_group[0].options == ["three", "five"]
    app.button_group[0].set_value(second).run()
    app.button[0].click().run()
    assert verdict in _texts(app) and "Because of the bow." in _texts(app)
    assert ("It has no corner." in _texts(app)) is (second == "5")
    assert "0 of 1 right so far" in _texts(app), "only the first try counts"


def test_a_question_that_does_not_explain_every_wrong_choice_is_refused() -> None:
    named = {"a": "A", "b": "B", "c": "C"}
    with pytest.raises(ValueError, match="nothing explains b, c"):
        Question("n", "", "?", "a", "", {"a": "why"}, named)
    with pytest.raises(ValueError, match="nothing explains other numbers"):
        Question("n", "", "?", 1, "", {2: "why"})


@pytest.mark.parametrize(("first", "told"), [(16, "That is half of them."), (5, "Count.")])
def test_a_wrong_number_is_told_its_slip_or_a_hint_and_tried_again(first: float, told: str) -> None:
    app = _run(_quiz, True)
    for given in (first, 32):
        assert "Because." not in _texts(app)
        app.number_input[0].set_value(given).run()
        app.button[0].click().run()
        assert (told in _texts(app)) is (given == first)
    assert "Right." in _texts(app) and "Because." in _texts(app)


def test_a_number_may_be_off_by_the_tolerance() -> None:
    app = _run(_quiz, True)
    app.number_input[0].set_value(32.4).run()
    app.button[0].click().run()
    assert "Right." in _texts(app)


@pytest.mark.parametrize(
    ("value", "tolerance", "written"),
    [
        (1_000_000.0, 0, "1,000,000"),
        (1_000_001, 0, "1,000,001"),
        (4480.0, 0, "4,480"),
        (1016.0, 0, "1,016"),
        (0.0033512, 0.0005, "0.00335"),
        (97.53, 0.5, "97.53"),
        (32.4, 0, "32.4"),
        (-2.5, 0, "-2.5"),
    ],
)
def test_a_number_is_printed_in_full(value: float, tolerance: float, written: str) -> None:
    assert number(value, tolerance) == written


@pytest.mark.parametrize(("given", "right"), [(1.0, True), (1.5, True), (1.6, False), (0.4, False)])
def test_right_is_within_the_tolerance(given: float, right: bool) -> None:
    assert Question("n", "", "?", 1.0, "", {}, hint="Near.", tolerance=0.5).right(given) is right


@pytest.mark.parametrize("choices", [{"a": "A"}, None])
def test_a_question_without_its_answer_is_refused(choices: dict[str, str] | None) -> None:
    with pytest.raises(ValueError, match="answer"):
        Question("n", "", "?", "b", "", {}, choices)


def test_the_badge_opens_the_card() -> None:
    def script() -> None:
        from pages.kit.provenance import provenance

        card = {"scores": {"test_accuracy": 0.99640001}, "seeds": [1, 2], "note": "a|b"}
        provenance("digit", "shipped", card)
        provenance("noise", "random")

    app = _run(script)
    assert "| scores, test accuracy | 0.9964 |" in _texts(app)
    assert "| seeds | 1, 2 |" in _texts(app)
    assert "a\\|b" in _texts(app)
    assert "random, not trained" in _texts(app)


def test_bytes_are_made_only_when_they_are_asked_for() -> None:
    def script() -> None:
        from pages.kit.code import code
        from pages.kit.downloads import downloads

        def fails() -> bytes:
            raise AssertionError("made too early")

        downloads("maps", title="Maps", png=fails, csv=fails)
        code("digit", "print(1)\n")

    app = _run(script)
    assert not app.exception
    assert [button.proto.label for button in app.get("download_button")] == [
        "Picture (PNG)",
        "Slide (SVG)",
        "Numbers (CSV)",
        "Program (Python)",
        "Notebook (Jupyter)",
    ]
    assert listings(app) == ["print(1)"]


def test_the_columns_of_a_table_are_named_in_words_and_its_rows_stay() -> None:
    names = {"layer": "층", "lstm": "a, b"}
    table = worded(b"layer,multiply_adds,lstm\r\n1,2,3\r\n", lambda key: names.get(key, key))
    assert table.decode("utf-8-sig") == '층,multiply_adds,"a, b"\n1,2,3\r\n'
    assert table.startswith(b"\xef\xbb\xbf")


def test_every_column_of_our_tables_has_a_name() -> None:
    """What a table writes is either a word of `HEADINGS` or the name of a cell."""
    from core.recurrent.cells import KINDS
    from core.vision.architectures import sheet

    assert set(sheet.COLUMNS) <= set(HEADINGS) and not set(KINDS) & set(HEADINGS)


def test_every_column_of_a_run_has_a_name() -> None:
    from core.vision.shuffled.job import MEMBERS

    names = set(MEMBERS)
    for card in ROOT.glob("models/*.json"):
        about = json.loads(card.read_text(encoding="utf-8"))
        if isinstance(about, dict) and "job" in about:
            with safe_open(card.with_suffix(".safetensors"), "pt") as file:
                names |= {key.removeprefix("series/") for key in file.keys() if "series/" in key}
            names |= about.get("marks", {}).keys()
    parts = {part for name in names for part in name.split(".")}
    assert len(parts) > 30 and parts <= set(columns.PARTS)
    assert columns.heading("lstm.free_run", str.upper) == "LSTM, FREE-RUNNING"


@pytest.mark.parametrize(("asked", "index"), [("", 0), ("numbers", 1), ("rubbish", 0)])
def test_a_link_opens_a_tab_of_the_lesson_by_its_name(asked: str, index: int) -> None:
    app = AppTest.from_function(_tabs, default_timeout=PATIENCE)
    if asked:
        app.query_params["lesson"] = asked
    (container,) = app.run().main.get("tab_container")
    assert container.proto.tab_container.default_tab_index == index
    assert [text.value for text in app.text] == [["prose", "formula"][index]], "no shut tab"


def test_a_tab_that_was_opened_in_another_language_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The language may change while the tab is on its way to the server."""
    state = {"tab": "Formel"}
    monkeypatch.setattr("streamlit.session_state", state)
    tabs._keep("kept", "tab", {"numbers": "Formula"})
    assert "kept" not in state
    state["tab"] = "Formula"
    tabs._keep("kept", "tab", {"numbers": "Formula"})
    assert state["kept"] == "numbers"


def test_a_tab_that_cannot_be_drawn_leaves_the_page_as_it_is() -> None:
    def script() -> None:
        from pages.kit.tabs import named

        named("page", see=("What you see", lambda: 1 / 0), numbers=("Numbers", lambda: None))

    app = _run(script)
    assert not app.exception and "ZeroDivisionError" in app.error[0].value


def test_a_control_in_a_tab_changes_the_page_s_link() -> None:
    def script() -> None:
        import streamlit as st

        from core.schema import Table, whole
        from pages.kit.state import page_state
        from pages.kit.tabs import named

        state = page_state(Table("waves", {"seed": whole(0, 0, 99)}))
        named("page", state, see=("See", lambda: state.control("seed", "Seed", number=True)))
        st.text(state.link().get("seed"))

    app = _run(script)
    app.number_input[0].set_value(7).run()
    assert app.text[0].value == "7"


def test_what_was_chosen_but_not_yet_revealed_outlives_the_tab() -> None:
    app = _run(_asking)
    app.number_input[0].set_value(16).run()
    app.session_state["fp.lesson.page"] = "numbers"
    assert not app.run().number_input
    app.session_state["fp.lesson.page"] = "see"
    assert app.run().number_input[0].value == 16
    app.button[0].click().run()
    assert app.number_input[0].value is None, "the second try begins anew"


def _tabs() -> None:
    import streamlit as st

    from pages.kit.tabs import named

    named(
        "page",
        see=("What you see", lambda: st.text("prose")),
        numbers=("Numbers", lambda: st.text("formula")),
    )


def _asking() -> None:
    from pages.kit.quiz import Question, ask
    from pages.kit.tabs import named

    question = Question("count", "a", "?", 32, "Because.", {16: "Half."}, hint="Count.")
    named("page", see=("See", lambda: ask(question)), numbers=("Numbers", lambda: None))


def test_a_notebook_tells_the_link_the_settings_and_where_numbers_come_from() -> None:
    def script() -> None:
        import streamlit as st

        from core.schema import Table, choice, flag, text, whole
        from pages.kit import notebook
        from pages.kit.provenance import provenance
        from pages.kit.state import page_state

        fields = {
            "seed": whole(0, 0, 99),
            "cell": choice(("rnn", "race")),
            "scaled": flag(True),
            "inner": text("a.b.c", 40),
        }
        state = page_state(Table("waves", fields))
        state.control("seed", "Start of chance")
        state.control("cell", "Cell", names={"rnn": "RNN", "race": "all three, as a race"})
        state.control("scaled", "Scaled")
        notebook.begin("Waves", "waves", state)
        provenance("noise", "random")
        make = notebook.maker(b"print(1)".strip)
        state.set("seed", 7)  # after the button has been drawn, as on the page
        state.set("cell", "race")
        st.session_state["made"] = make()

    app = _run(script)
    assert not app.exception
    cells = json.loads(app.session_state["made"])["cells"]
    texts = ["".join(cell["source"]) for cell in cells]
    assert "seed=7" in texts[0] and "cell=race" in texts[0]
    rows = texts[1].splitlines()[4:]
    assert rows == [
        "| Start of chance | 7 |",
        "| Cell | all three, as a race |",
        "| Scaled | yes |",
    ]
    assert "random, not trained" in texts[2] and texts[3] == "print(1)"


def test_what_a_link_says_in_vain_is_said_until_something_of_the_link_is_changed() -> None:
    def script() -> None:
        import streamlit as st

        from core.schema import Table, text, whole
        from pages.kit.state import page_state

        fields = {"seed": whole(0, 0, 99), "run": text("", 60, linked=False)}
        state = page_state(Table("waves", fields))
        for name, value in (("run", "of the picture"), ("seed", 0), ("seed", 3)):
            state.set(name, value)
            st.text(f"{name} = {value}: {[part.name for part in state.ignored]}")

    app = AppTest.from_function(script)
    app.query_params["seed"] = "-5"
    app.run(timeout=PATIENCE)
    assert [text.value.partition(": ")[2] for text in app.text] == ["['seed']", "['seed']", "[]"]
