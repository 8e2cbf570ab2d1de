"""The tab "Teach it your handwriting": fields make a config, questions are about real runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.training import shipped
from core.vision.finetune.job import JOB
from core.vision.finetune.prepared import ink
from core.vision.finetune.setting import NETWORKS, FinetuneSetting
from core.vision.hand import sample
from core.vision.ink import as_text
from pages.kit import routes
from pages.train_a_cnn.hand import api, lesson, view
from pages.train_a_cnn.hand import words as hand_words
from tests.pages.application import application
from tests.patience import PATIENCE


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the picture has been given; it tells nothing."""
    given: list[dict[str, Any]] = []
    monkeypatch.setattr(
        view.PICTURE, "_component", lambda *, key, data, **_: given.append({key: data})
    )
    return given


def _page() -> None:
    from pages.train_a_cnn import page as train_a_cnn

    train_a_cnn.page()


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in {"tab": "hand", **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_an_untouched_tab_is_the_config_of_the_example(shown: list[dict[str, Any]]) -> None:
    opened()
    config = shipped.load("hand_run").config
    asked = shown[0]["hand"]["config"]
    assert asked == {name: config[name] for name in asked}
    assert JOB.read(asked | {"drawings": config["drawings"]})


def test_a_link_is_a_setting(shown: list[dict[str, Any]]) -> None:
    opened(hand_network="notes", hand_rehearsal="0.5", hand_frozen="body", hand_steps="40")
    config = shown[0]["hand"]["config"]
    assert (config["network"], config["rehearsal"]) == ("notes", 0.5)
    assert (config["frozen"], config["steps"]) == ("body", 40)


@pytest.mark.parametrize("query", [{"hand_rehearsal": "1"}, {"hand_network": "vgg"}])
def test_rubbish_in_a_link_is_the_default(
    query: dict[str, str], shown: list[dict[str, Any]]
) -> None:
    opened(**query)
    config = shown[0]["hand"]["config"]
    assert (config["rehearsal"], config["network"]) == (0.0, FinetuneSetting.network)


def test_an_old_link_to_a_collection_is_the_tab_and_what_was_not_used(
    shown: list[dict[str, Any]],
) -> None:
    app = opened(hand_pot="ABCDEF", hand_steps="40")
    assert shown[0]["hand"]["config"]["steps"] == 40
    ignored = app.session_state["fp.state.cnn"]["ignored"]
    assert [(each.name, each.text) for each in ignored] == [("hand_pot", "ABCDEF")]


def test_a_drawing_is_prepared_and_nothing_is_kept() -> None:
    drawing = sample(3).lists()
    with TestClient(application(routes.served(api.LIVE))) as client:
        answer = client.post("/forward-pass/prepared", json={"drawing": drawing})
        assert answer.json() == {"image": as_text(ink(drawing))}
        for body in ({}, {"drawing": []}, {"drawing": "<b>"}):
            refused = client.post("/forward-pass/prepared", json=body)
            assert refused.status_code == 422 and refused.text.endswith(".")


def test_the_questions_are_about_what_was_measured() -> None:
    forgotten, rehearsed = lesson._questions()
    assert "99.3%" in forgotten.prompt
    assert (forgotten.answer, rehearsed.answer) == ("50", "99")
    assert "52.2%" in forgotten.explanation


def test_a_missing_example_is_a_sentence(
    shown: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ValueError("The recording is missing.")

    monkeypatch.setattr(shipped, "load", missing)
    assert "The recording is missing." in [each.value for each in opened(lesson="predict").caption]


@pytest.mark.parametrize(
    ("names", "choices"),
    [
        (hand_words.network_names, NETWORKS),
        (hand_words.frozen_names, FinetuneSetting.schema["frozen"].kind.options),
    ],
)
def test_every_choice_has_a_name(names: Callable[[], dict[str, str]], choices: Any) -> None:
    assert list(names()) == list(choices)


def test_every_share_of_rehearsal_has_a_name() -> None:
    shares = hand_words.words()["values"]["rehearsal"]
    assert list(shares.values()) == [f"{10 * i}%" for i in range(10)]
