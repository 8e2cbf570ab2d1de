"""Every page asks one thing before it shows it, in both languages, at a step of its walk."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.schema import Refusal, mark
from pages import registry
from pages.convolution_and_pooling.pooling import view as pooling
from pages.draw_a_digit import guess as draw
from pages.kit.guess import Guess, sent
from pages.kit.language import LANGUAGES
from pages.kit.picture import Picture
from pages.kit.quiz import Question
from tests.patience import PATIENCE

OWN = ("bert",)
"""Pages whose first picture is a game of guessing already."""
ASKING = [page for page in registry.PAGES if page.folder not in OWN and page.questions]


def _page(path: str) -> None:
    from pages import registry

    next(page for page in registry.PAGES if page.path == path).module.page()


PICTURES = [(page, "") for page in ASKING] + [
    (page, tab)
    for page in ASKING
    for tab in ("pooling",)
    if page.folder == "convolution_and_pooling"
]
"""Pages, and the tabs of theirs that ask something of their own."""


@pytest.mark.parametrize(
    ("page", "tab"), PICTURES, ids=[f"{page.folder} {tab}".strip() for page, tab in PICTURES]
)
def test_a_page_asks_in_both_languages_at_a_step_of_its_walk(
    page: registry.Entry, tab: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(Picture, "show", lambda self, receiver, **data: shown.append(data))
    asked: dict[str, Any] = {}
    for code in LANGUAGES:
        shown.clear()
        app = AppTest.from_function(_page, kwargs={"path": page.path}, default_timeout=PATIENCE)
        app.query_params["lang"] = code
        if tab:
            app.query_params["tab"] = tab
        assert not app.run().exception
        (asked[code],) = [data["guess"] for data in shown if data.get("guess")]
    for guess in asked.values():
        choices = [key for key, _ in guess["choices"]]
        assert guess["answer"] in choices and len(choices) > 1
        assert set(guess["wrong"]) == {*choices} - {guess["answer"]}
        assert guess["covers"] and set(guess["picks"]) <= set(choices)
        texts = [guess["prompt"], guess["explanation"], *guess["wrong"].values()]
        assert all(texts) and not any("{" in text for text in texts)
    assert asked["en"]["prompt"] != asked["ko"]["prompt"]
    steps = pooling.STEPS if tab == "pooling" else getattr(page.module, "STEPS", None)
    if isinstance(steps, dict):
        steps = steps["move"]
    assert any(asked["en"]["step"] in name.split() for name, _ in steps)


def test_where_the_answer_cannot_be_computed_nothing_is_asked() -> None:
    def refuses() -> Guess:
        raise Refusal(mark("There is nothing at this address."))

    assert sent(refuses) is None and sent(lambda: None) is None


def test_a_guess_is_a_choice() -> None:
    number = Question("n", "", "How many?", 3, "Three.", {}, hint="Count.")
    with pytest.raises(ValueError, match="choice"):
        Guess(number, "all", ".all")


def test_another_drawing_is_another_question() -> None:
    from core.vision.drawing import Drawing
    from core.vision.hand import sample
    from core.vision.question import DrawingQuestion

    three, blank = (
        draw.guess(DrawingQuestion(drawing)).question for drawing in (sample(3), Drawing())
    )
    assert three.about != blank.about and (three.answer, blank.answer) == ("certain", "refused")
