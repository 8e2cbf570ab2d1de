"""The page "Train a CNN": its state is one setting and one drawing, and what it says is true."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.opened import Cell
from core.vision import mnist
from core.vision.hand import sample
from core.vision.mnist import fetch as mnist_fetch
from core.vision.training.job import JOB
from core.vision.training.presets import PRESETS
from core.vision.training.setting import CnnSetting
from pages.kit import mnist_missing
from pages.kit.exchange import Exchange
from pages.train_a_cnn import lesson
from pages.train_a_cnn import page as train_a_cnn
from pages.train_a_cnn import run as cnn_run
from pages.train_a_cnn import view as cnn
from pages.train_a_cnn import words as cnn_words
from tests.patience import PATIENCE

Shown = list[dict[str, Any]]
FAST = CnnSetting(**PRESETS["fast"]).write()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """What the picture has been given, config and view together; it tells nothing."""
    given: Shown = []

    def picture(told: Exchange, config: dict[str, Any], **_: Any) -> None:
        given.append(config | {"drawing": told.view["drawing"]})

    monkeypatch.setattr(cnn, "cnn_picture", picture)
    monkeypatch.setattr(mnist_missing, "available", lambda: True)
    return given


def _page() -> None:
    from pages.train_a_cnn import page as train_a_cnn

    train_a_cnn.page()


def opened(prepare: Callable[[AppTest], None] | None = None, **query: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    if prepare:
        prepare(app)
    app.run()
    assert not app.exception
    return app


# -- the state ----------------------------------------------------------------------------------


def test_an_untouched_page_is_the_fast_preset_with_a_sample(shown: Shown) -> None:
    opened()
    assert shown == [FAST | {"drawing": sample(cnn_run.SAMPLE).lists()}]
    assert JOB.read({k: v for k, v in shown[0].items() if k != "drawing"})


def test_every_field_of_the_setting_is_a_field_of_the_page() -> None:
    names = set(cnn_run.FIELDS) - set(cnn_run.RACE)
    assert names == {*vars(CnnSetting()), "drawing", "number", "image", "edits", "run", "at"}


def test_a_link_is_a_setting(shown: Shown) -> None:
    opened(architecture="lenet5", activation="tanh", epochs="0.5", norm="1", images="500")
    config = shown[0]
    assert (config["architecture"], config["activation"]) == ("lenet5", "tanh")
    assert (config["epochs"], config["norm"], config["images"]) == (0.5, True, 500)


@pytest.mark.parametrize(
    "query",
    [{"channels": "65"}, {"epochs": "nan"}, {"architecture": "resnet"}, {"drawing": "<script>"}],
)
def test_rubbish_in_a_link_is_the_default(query: dict[str, str], shown: Shown) -> None:
    opened(**query)
    assert shown == [FAST | {"drawing": sample(cnn_run.SAMPLE).lists()}]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_sets_every_field(name: str, shown: Shown) -> None:
    app = opened(channels="7", seed="3", dropout="0.25")
    assert app.selectbox(key="fp.cnn.preset").value is None
    app.selectbox(key="fp.cnn.preset").select(name).run()
    assert shown[-1] | CnnSetting(**PRESETS[name]).write() == shown[-1]
    assert app.selectbox(key="fp.cnn.preset").value == name
    assert list(cnn_words.preset_names()) == list(PRESETS)


def test_every_choice_has_a_name_of_its_own() -> None:
    for field, names in (
        ("architecture", cnn_words.architecture_names()),
        ("augment", cnn_words.augment_names()),
        ("activation", cnn_words.activation_names()),
        ("padding", cnn_words.padding_names()),
        ("schedule", cnn_words.schedule_names()),
        ("data", cnn_words.data_names()),
    ):
        assert tuple(names) == CnnSetting.schema[field].kind.options
        assert len(set(names.values())) == len(names)


# -- the drawing --------------------------------------------------------------------------------


def test_what_was_drawn_on_the_other_page_goes_through_the_network(shown: Shown) -> None:
    theirs = sample(17)

    def drawn_there(app: AppTest) -> None:
        kept = {"values": {"drawing": theirs}, "hidden": frozenset(), "ignored": ()}
        app.session_state["fp.state.draw"] = kept | {"hiding": set(), "labels": {}}

    app = opened(drawn_there)
    assert shown[-1]["drawing"] == theirs.lists()
    app.run()
    assert shown[-1]["drawing"] == theirs.lists()


OPEN = {"number": "conv2.1.2.3", "image": "", "edits": ""}


def state_after(view: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The state of the page after the picture has told this."""
    monkeypatch.setattr(cnn, "cnn_picture", lambda told, *_, **__: told.on_view(view))
    values: dict[str, Any] = opened().session_state["fp.state.cnn"]["values"]
    return values


def test_what_the_picture_tells_is_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = sample(8).lists()
    view = {"run": "abc", "at": 40, "config": {"learning_rate": 0.003}, "drawing": drawn} | OPEN
    values = state_after(view, monkeypatch)
    assert values["number"] == Cell("conv2", (1, 2, 3)) and values["image"] == ""
    assert (values["run"], values["at"], values["learning_rate"]) == ("abc", 40, 0.003)
    assert values["drawing"].lists() == drawn


@pytest.mark.parametrize(
    "view",
    [
        None,
        {},
        {"run": 7, "at": 0, "config": {}, "drawing": []} | OPEN,
        {"run": "a", "at": 0, "config": {"channels": 1000}, "drawing": []} | OPEN,
        {"run": "a", "at": 0, "config": {}, "drawing": "a lot"} | OPEN,
        {"run": "a", "at": 0, "config": {}, "drawing": []} | OPEN | {"number": "conv2"},
    ],
)
def test_rubbish_from_the_picture_is_no_traceback(
    view: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = state_after(view, monkeypatch)
    assert values["channels"] == FAST["channels"] and values["drawing"] in (None, values["drawing"])


# -- what is asked and said ------------------------------------------------------------------------


def test_the_questions_are_answered_by_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    setting = JOB.read({"architecture": "own", "channels": 4, "data": "pen", "images": 100})
    state, _log = JOB.start(setting)
    found = {name: JOB.inspections[name](setting, state, {}) for name in ("shape",)}
    matrix = [[90 if i == j else 0 for j in range(10)] for i in range(10)]
    matrix[4][4], matrix[4][9] = 60, 30
    classes = [
        {"right": row[i], "of": sum(row), "interval": (0, 1)} for i, row in enumerate(matrix)
    ]
    found["confusion"] = {"matrix": matrix, "classes": classes}
    monkeypatch.setattr(lesson, "inspect", lambda run, step, name, query: found[name])
    config = CnnSetting(images=1000, batch=64).write()
    batches, weights, hardest = lesson._questions(config, "a run", None)
    assert batches.answer == 16  # 15 batches of 64, and one of 40
    assert weights.answer == "linear" and "6,794" in weights.prompt
    assert hardest.answer == "4" and "9" in hardest.explanation


def test_without_a_run_only_what_needs_none_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: Any) -> Any:
        raise LookupError

    monkeypatch.setattr(lesson, "inspect", nothing)
    lesson._of_example.cache_clear()
    assert [q.name for q in lesson._questions(FAST, "", None)] == ["batches"]


# -- where MNIST is missing ---------------------------------------------------------------------


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No MNIST anywhere, and no download from before."""
    monkeypatch.setattr(mnist, "places", lambda: [tmp_path])
    monkeypatch.setattr(mnist_fetch, "_fetch", None)
    monkeypatch.setattr(mnist_fetch, "HERE", tmp_path)
    return tmp_path


def test_without_mnist_it_says_so_and_trains_on_pen_digits(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configs: Shown = []
    monkeypatch.setattr(cnn, "cnn_picture", lambda _, config, **__: configs.append(config))
    fetched: list[Path] = []

    def away(root: Path) -> None:
        fetched.append(root)
        raise OSError("no network")

    monkeypatch.setattr(mnist, "download", away)
    app = opened()
    assert configs[-1]["data"] == "pen" and "generated" in app.warning[0].value
    app.button(key="fp-mnist-fetch").click().run()
    while (now := mnist_fetch.fetching()) and now.status == "running":
        pass
    app.run()
    assert fetched == [nowhere]
    assert re.search("could not be fetched.*yourself", app.error[0].value)
    assert app.button(key="fp-mnist-fetch")


def test_the_progress_is_what_has_come(nowhere: Path) -> None:
    fetch = mnist_fetch.Fetch(nowhere)
    assert fetch.share == 0
    raw = nowhere / "MNIST" / "raw"
    raw.mkdir(parents=True)
    (raw / "train-images-idx3-ubyte.gz").write_bytes(bytes(mnist_fetch.BYTES // 4))
    assert fetch.share == pytest.approx(0.25, abs=1e-6)
    assert mnist_fetch.Fetch(nowhere, "done").share == 1


def test_the_walk_names_parts_of_the_picture() -> None:
    folder = Path(cnn.__file__).parent
    shared = [folder.parent / "kit" / name for name in ("run/panel.js", "run/list.js")]
    source = "".join(file.read_text() for file in [*folder.glob("*.js"), *shared])
    for blocks, _sentence in train_a_cnn.STEPS[1:]:
        for block in blocks.split():
            assert f'"data-block": "{block}"' in source, block
