"""Every page from the entry script, in each language, with good links and with rubbish."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.schema import Table, choice, custom, flag, mark, whole
from core.weights import WeightsError
from pages import registry
from pages.kit.language import LANGUAGES
from pages.kit.room import panel
from pages.kit.state import page_state
from pages.registry import Entry
from tests.patience import PATIENCE

SCRIPT = Path(__file__).resolve().parents[2] / "pages" / "main.py"


def _open(page: str = "", **query: str) -> AppTest:
    app = AppTest.from_file(str(SCRIPT), default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    if page:
        app._page_hash = _hash(page)
    return app.run()


def _hash(url_path: str) -> str:
    from streamlit.util import calc_hash

    return calc_hash(url_path)


def _texts(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in [*app.title, *app.markdown, *app.text])


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A page of the tests' own beside the real ones."""
    module: Any = ModuleType("pages.test_page.page")
    module.TABLE = Table(
        "sample",
        {
            "seed": whole(1, 0, 9),
            "model": choice(("a", "b")),
            "crop": flag(True),
            "dots": custom("", str, str, linked=True),
        },
    )
    module.STEPS = [("first", mark("Present"))]
    module.fails = None

    def page() -> None:
        if module.fails:
            raise module.fails
        state = page_state(module.TABLE)
        state.control("model", "Model", names={"a": "First", "b": "Second"})
        state.control("seed", "Seed", number=True)
        state.control("crop", "Crop")
        st.button("Dot", on_click=lambda: state.set("dots", state["dots"] + "."))
        st.button("Reset", on_click=state.reset)
        st.text(repr(state.values))
        st.text(f"link {state.link()}")

    module.page = page
    monkeypatch.setitem(sys.modules, "pages.test_page", ModuleType("pages.test_page"))
    monkeypatch.setitem(sys.modules, "pages.test_page.page", module)
    entry = Entry("test-page", mark("Draw a digit"), "Convolution", mark("Present"))
    monkeypatch.setattr(registry, "PAGES", [entry])
    return module


def _values(app: AppTest) -> dict[str, Any]:
    text = next(t.value for t in app.text if t.value.startswith("{"))
    values: dict[str, Any] = ast.literal_eval(text)
    return values


def test_each_page_has_a_place_of_its_own_in_the_course() -> None:
    numbers = [entry.number for entry in registry.PAGES]
    assert len(numbers) == 16 and numbers == sorted(set(numbers))
    sections = list(dict.fromkeys(entry.section for entry in registry.PAGES))
    assert sections == list(registry.SECTIONS)
    assert [e for name in sections for e in registry.PAGES if e.section == name] == list(
        registry.PAGES
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("page", ["", *(entry.path for entry in registry.PAGES)])
def test_every_page_opens_in_every_language(page: str, code: str) -> None:
    app = _open(page, lang=code)
    assert not app.exception
    assert not app.error
    assert app.button(key="fp-language").label == next(
        name for other, name in LANGUAGES.items() if other != code
    )
    # A picture behind an address of its own may be fetched after its page is gone.
    pictures = [one.url for shown in app.get("image") for one in shown.proto.imgs]
    assert all(url.startswith("data:") for url in pictures)


@pytest.mark.parametrize("page", [entry.path for entry in registry.PAGES])
def test_rubbish_in_a_link_opens_the_page_and_is_named(page: str) -> None:
    app = _open(page, seed="x" * 50_000, drawing="☃", nonsense="1", hide="everything", lang="xx")
    assert not app.exception
    assert not app.error
    note = _texts(app)
    for name in ("seed", "nonsense", "everything"):
        assert name in note


def test_a_link_sets_the_values_and_hides_controls(sample: Any) -> None:
    app = _open("test-page", model="b", seed="4", dots="..", hide="crop")
    assert _values(app) == {"seed": 4, "model": "b", "crop": True, "dots": ".."}
    assert app.number_input[0].value == 4
    assert not app.toggle
    link = next(t.value for t in app.text if t.value.startswith("link"))
    assert link == "link {'seed': '4', 'model': 'b', 'dots': '..', 'hide': 'crop'}"


def test_a_control_changes_the_state_and_a_reset_gives_the_defaults_back(sample: Any) -> None:
    app = _open("test-page")
    app.number_input[0].set_value(7).run()
    app.toggle[0].set_value(False).run()
    assert _values(app) == {"seed": 7, "model": "a", "crop": False, "dots": ""}
    next(b for b in app.button if b.label == "Reset").click().run()
    assert _values(app) == sample.TABLE.defaults()
    assert app.number_input[0].value == 1
    assert app.toggle[0].value is True


def test_the_link_is_read_once_and_then_the_person_decides(sample: Any) -> None:
    app = _open("test-page", seed="4")
    app.number_input[0].set_value(5).run().run()
    assert _values(app)["seed"] == 5


def test_state_survives_a_page_switch_and_a_change_of_language(sample: Any) -> None:
    app = _open("test-page")
    app.number_input[0].set_value(5).run()
    next(b for b in app.button if b.label == "Dot").click().run()
    app.button(key="fp-language").click().run()
    assert _values(app)["seed"] == 5
    app._page_hash = _hash("")
    app.run()
    assert not app.number_input
    app._page_hash = _hash("test-page")
    app.run()
    assert _values(app) == {"seed": 5, "model": "a", "crop": True, "dots": "."}
    assert app.number_input[0].value == 5


def test_what_was_ignored_is_said_until_something_changes(sample: Any) -> None:
    app = _open("test-page", seed="44", model="z")
    assert "seed = 44" in _texts(app)
    app.number_input[0].set_value(5).run()
    assert "seed = 44" not in _texts(app)


def test_a_control_that_is_to_be_hidden_goes_into_the_link_only(sample: Any) -> None:
    app = _open("test-page")
    app.checkbox(key="fp.hide.sample.seed").check().run()
    assert app.number_input
    assert "'hide': 'seed'" in next(t.value for t in app.text if t.value.startswith("link"))


def test_a_drawing_too_long_for_a_link_leaves_the_page_whole(sample: Any) -> None:
    app = _open("test-page")
    app.session_state["fp.state.sample"]["values"]["dots"] = "." * 100_000
    app.run()
    assert not app.exception
    assert "dots" not in next(t.value for t in app.text if t.value.startswith("link"))


def test_a_page_that_fails_says_so_and_keeps_its_secrets(sample: Any) -> None:
    sample.fails = RuntimeError("secret /path")
    app = _open("test-page")
    assert "RuntimeError" in app.error[0].value
    assert "secret" not in app.error[0].value
    assert app.button(key="fp-language")


def test_a_page_that_cannot_be_imported_leaves_the_frame_and_the_map(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = Entry("no-such-page", mark("Draw a digit"), "Convolution", mark("Present"))
    monkeypatch.setattr(registry, "PAGES", [broken])
    assert not _open().error
    assert "ModuleNotFoundError" in _open("no-such-page").error[0].value


def test_missing_weights_are_named_with_their_command(sample: Any) -> None:
    sample.fails = WeightsError("The weights are missing. Make them: python -m make.them")
    assert "python -m make.them" in _open("test-page").error[0].value


def test_the_home_page_begins_with_a_start_and_has_a_card_for_each_page(sample: Any) -> None:
    app = _open(lang="en")
    links = [one.proto for one in app.get("page_link")]
    home = [link.label for link in links if link.label.startswith("**")]
    assert home == ["**Start: Draw a digit**", "**1\\. Draw a digit**", "**Forward Pass**"]
    assert "Convolution · about" in "".join(one.proto.body for one in app.get("html"))


def test_the_language_of_the_link_comes_first_then_the_switch_rules() -> None:
    app = _open(lang="ko")
    assert app.button(key="fp-language").label == "English"
    app.button(key="fp-language").click().run()
    assert app.button(key="fp-language").label == LANGUAGES["ko"]


def test_an_unknown_language_falls_back_to_the_browser() -> None:
    assert _open(lang="tlh").button(key="fp-language").label == LANGUAGES["ko"]


def test_the_map_computes_a_thumbnail_once_and_bears_one_that_fails(sample: Any) -> None:
    asked: list[str] = []

    def thumbnail() -> str:
        asked.append("")
        if len(asked) == 1:
            raise ValueError("not yet")
        return "data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E"

    sample.thumbnail = thumbnail
    app = _open()
    assert not app.exception
    assert "Present" in _texts(app)
    app.run().run()
    assert len(asked) == 2


def test_a_page_follows_each_thing_that_the_lecturer_shows_once(
    sample: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, Any] = {}
    monkeypatch.setattr(panel, "_told", lambda: {"follow": told})
    app = _open()
    told.update(page="test-page", link="seed=7&model=b&nonsense=1", number=1)
    assert (_values(app.run())["seed"], _values(app)["model"]) == (7, "b")
    app.number_input[0].set_value(5).run()
    assert _values(app)["seed"] == 5, "what is done meanwhile stays"
    told.update(link="model=b", number=2)
    assert _values(app.run())["seed"] == 1
    told.update(page="nowhere", link=3, number="x")
    assert _values(app.run())["seed"] == 1
    told.update(page="", link="", number=3)
    assert not app.run().number_input
    said = [{"follow": {"page": "test-page", "link": "seed=9", "number": 4}}]
    monkeypatch.setattr(panel, "_told", lambda: said.pop() if said else {})
    assert _values(app.run())["seed"] == 9, "a page that is left forgets what its panel told"
