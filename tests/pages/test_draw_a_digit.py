"""The page "Draw a digit": what the picture tells becomes its state, and rubbish does not."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import weights
from core.vision import adopted, number
from core.vision.hand import sample
from core.vision.models import SimpleCNN
from core.vision.off import Off
from pages.draw_a_digit import page as draw_a_digit
from tests.patience import PATIENCE

GOOD = {
    "drawing": sample(8).lists(),
    "stages": {"crop": True, "fit": True, "centre": False, "pen": True},
    "place": {"layer": "fc1", "map": 7, "row": 0, "column": 0},
    "off": {"conv1": [3]},
    "why": True,
    "number": "why.cam1.14.9",
}


def state_after(view: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The state of the page after the picture has told this."""
    monkeypatch.setattr(draw_a_digit.digit, "digit_picture", lambda told, **__: told.on_view(view))
    test = AppTest.from_function(_page, default_timeout=PATIENCE).run()
    assert not test.exception
    values: dict[str, Any] = test.session_state["fp.state.draw"]["values"]
    return values


def _page() -> None:
    from pages.draw_a_digit import page as draw_a_digit

    draw_a_digit.page()


def test_what_the_picture_tells_is_the_state_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    values = state_after(GOOD, monkeypatch)
    assert values["drawing"] == sample(8)
    assert values["stages"].centre is False
    assert values["place"].map == 7
    assert values["off"] == Off(conv1=(3,))
    assert values["why"] is True
    assert number.write(values["number"]) == "why.cam1.14.9"


@pytest.mark.parametrize(
    "change",
    [
        {"drawing": [[[1, 2]]] * 300},
        {"drawing": "rubbish"},
        {"stages": {"blur": True}},
        {"place": {"layer": "conv9", "map": 0}},
        {"off": {"conv1": [99]}},
        {"off": 7},
        {"why": "yes"},
        {"number": "cam1.14.9"},
        {"number": 7},
    ],
)
def test_rubbish_from_the_picture_is_no_traceback(
    change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = state_after(GOOD | change, monkeypatch)
    assert values["seed"] == 3


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_a_network_that_was_trained_here_is_the_page_s_network() -> None:
    model = weights.load("simple_cnn_notes")[0]
    assert isinstance(model, SimpleCNN)
    trained = adopted.Adopted(model, {"trained": "in this session"})
    adopted.STORED.put("run-of-a-test", trained, 1, "the test")
    app = opened(own="run-of-a-test", lesson="doubt")
    assert not app.exception
    assert "None of this has been measured" in " ".join(each.value for each in app.markdown)
    app.button(key="fp-draw-shipped").click().run()
    assert not app.exception
    assert not [each for each in app.button if each.key == "fp-draw-shipped"]


def test_a_forgotten_network_gives_way_to_a_shipped_one() -> None:
    app = opened(own="run-long-gone")
    assert not app.exception
    assert "forgotten" in app.warning[0].value
