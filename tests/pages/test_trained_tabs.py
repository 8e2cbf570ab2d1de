"""The tabs "Train it" and "A real encoder": state, languages, and what their pictures tell."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.attention.encoder import named_heads
from core.attention.trained.training.job import JOB
from core.attention.trained.training.setting import ReferentSetting
from core.training import shipped
from pages.attention_in_a_trained_model import page
from pages.attention_in_a_trained_model.encoder import view as encoder
from pages.attention_in_a_trained_model.train import lesson as run_lesson
from pages.attention_in_a_trained_model.train import view as trained_run
from tests.pages.listings import listings
from tests.patience import PATIENCE


def _page() -> None:
    from pages.attention_in_a_trained_model import page as attention_in_a_trained_model

    attention_in_a_trained_model.page()


def opened(tab: str, language: str = "en", **query: str) -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in ({"tab": tab, "lang": language} | query).items():
        test.query_params[name] = value
    return test.run()


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.trained"]["values"]
    return found


# -- train it ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "word"), [("en", "Weight decay"), ("ko", "가중치 감쇠")])
def test_the_tab_in_both_languages(language: str, word: str) -> None:
    test = opened("train", language)
    assert not test.exception
    assert any("torch.set_num_threads" in text for text in listings(test))
    assert word in test.session_state["fp.state.trained"]["labels"].values()


def test_a_link_opens_the_setting() -> None:
    test = opened("train", run_layers="3", run_heads="8", run_inner="128", run_seed="7")
    assert not test.exception
    config = {name: values(test)[field] for field, name in trained_run.RUN.items()}
    assert (config["layers"], config["heads"], config["inner"], config["seed"]) == (
        3, 8, 128, 7,
    )  # fmt: skip
    assert any("'heads': 8" in text for text in listings(test))


def test_rubbish_in_a_link_is_ignored() -> None:
    rubbish = {"run_heads": "3", "run_steps": "1e9", "run_rate": "nan", "run_objective": "x"}
    test = opened("train", **rubbish)
    assert not test.exception
    assert values(test)["run_heads"] == 4
    ignored = test.session_state["fp.state.trained"]["ignored"]
    assert {part.name for part in ignored} == set(rubbish)


@pytest.mark.parametrize("name", trained_run.PRESETS)
def test_every_preset_is_one_that_the_page_can_set(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(trained_run, "lesson", lambda config, *_: shown.append(config))
    test = opened("train")
    test.button_group(key="fp.trained_run.preset").set_value(name).run()
    assert not test.exception
    assert shown[-1] == JOB.write(ReferentSetting(**trained_run.PRESETS[name]))


def test_every_run_that_the_page_allows_is_one_that_the_job_allows() -> None:
    for end in ("low", "high"):
        for field, name in trained_run.RUN.items():
            bound = getattr(page.TABLE[field].kind, end, None)
            if bound is not None:
                JOB.read({name: bound})
    for heads in page.TABLE["run_heads"].kind.options:
        for width in page.TABLE["run_width"].kind.options:
            JOB.read({"heads": heads, "width": width})


class Told:
    """What a picture tells, instead of the picture."""

    def __init__(self, key: str, view: Any) -> None:
        self.key, self.view = key, view

    def __call__(self, *, key: str, on_view_change: Any, **_: Any) -> None:
        import streamlit as st

        st.session_state[self.key] = {"view": self.view}
        on_view_change()


def state_after(monkeypatch: pytest.MonkeyPatch, tab: str, view: Any) -> dict[str, Any]:
    module = {"train": trained_run, "encoder": encoder}[tab]
    monkeypatch.setattr(module.PICTURE, "_component", Told(module.PICTURE.name, view))
    test = opened(tab)
    assert not test.exception
    return values(test)


def test_what_the_picture_of_a_run_tells_is_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    view = {
        "config": vars(ReferentSetting(layers=1, heads=2, width=32, learning_rate=0.01, seed=5))
    }
    state = state_after(monkeypatch, "train", view)
    found = {name: state[field] for field, name in trained_run.RUN.items()}
    assert found == view["config"]


@pytest.mark.parametrize(
    "view",
    [{}, {"config": 3}, {"config": {"heads": 3}}, {"config": {"hidden": 2}}, {"config": None}],
)
def test_rubbish_from_the_picture_of_a_run_changes_nothing(
    view: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state_after(monkeypatch, "train", view) == page.TABLE.defaults() | {"tab": "train"}


def test_the_questions_are_answered_by_the_shipped_run() -> None:
    run = shipped.load("it_run")
    order = run_lesson._order()
    right = run_lesson._measured().right
    assert run.series["accuracy"][right - 1] >= 0.99
    assert order.answer == "answers"
    assert run.at(right).marks["best_head"] < run_lesson.SHOWS
    assert run_lesson._heads().answer == "one"


# -- a real encoder ------------------------------------------------------------------------------

VIEW: dict[str, Any] = {
    "name": "owner/tiny",
    "sentence": "고양이가 <b>cat</b> 🐈",
    "view": "rollout",
    "norms": True,
    "special": False,
    "head": [7, 9],
    "told": 1,
}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_tab_of_encoders_is_drawn_without_any(language: str) -> None:
    test = opened("encoder", language)
    assert not test.exception


def test_what_the_picture_of_an_encoder_tells_is_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    state = state_after(monkeypatch, "encoder", VIEW)
    assert (state["enc_name"], state["enc_head"], state["enc_view"]) == (
        "owner/tiny", (7, 9), "rollout",
    )  # fmt: skip
    assert state["enc_sentence"] == VIEW["sentence"]
    assert page.TABLE.link(state)["enc_head"] == "8.10"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../etc"},
        {"name": 3},
        {"sentence": "c" * 3_000},
        {"view": "lines"},
        {"norms": 1},
        {"head": [0]},
        {"head": "8.10"},
        {"head": [70, 0]},
        {"head": [-1, 0]},
    ],
)
def test_rubbish_from_the_picture_of_an_encoder_changes_nothing(
    change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = state_after(monkeypatch, "encoder", VIEW | change)
    assert state == page.TABLE.defaults() | {"tab": "encoder"}


def test_every_named_head_has_its_words() -> None:
    assert {named.relation for named in named_heads.HEADS} == set(encoder.relations())
    assert {rule for named in named_heads.HEADS for rule in named.rules} == set(encoder.rules())


def test_a_head_finds_what_is_meant_less_often_than_a_rule_based_system_does() -> None:
    """As the lesson says: Clark et al. 2019, the table on coreference."""
    (found,) = (one for one in named_heads.HEADS if (one.layer, one.head) == (5, 4))
    nearest, match, system = found.rules.values()
    assert nearest < match < found.share < system


# -- walking -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tab", "module", "files"),
    [
        ("train", trained_run, ("attention_in_a_trained_model/train/view.js", "kit/run/panel.js")),
        ("encoder", encoder, ("attention_in_a_trained_model/encoder/view.js",)),
    ],
)
def test_every_step_of_a_tab_is_a_block_of_its_picture(
    tab: str, module: Any, files: tuple[str, ...]
) -> None:
    from pages.kit.assets import ROOT

    source = "".join((ROOT / file).read_text(encoding="utf-8") for file in files)
    for names, _sentence in module.STEPS:
        for name in names.split():
            assert f'"{name}"' in source, name
