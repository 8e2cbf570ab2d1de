"""What the games ask, as the page's state has it: questions for the lesson and for a run."""

from __future__ import annotations

from typing import Any

from core.language.bert.examples import examples
from core.language.bert.numbers import NumberQuestion, Place
from core.language.bert.question import Game, GameQuestion
from core.language.bert.topics import Language
from pages.kit.state import PageState

_FIRST = {"hidden": "text", "follows": "first", "sentiment": "review", "answer": "question"}
"""The field of the page that may stand for an example, by game."""
_FIELDS = {
    "hidden": {"text": "text", "next": "next"},
    "follows": {"text": "first", "next": "second"},
    "sentiment": {"text": "review"},
    "answer": {"question": "question", "passage": "passage"},
}
"""Names in a question, each with the field of the page."""


def game_question(state: PageState, game: Game, language: Language) -> dict[str, Any]:
    """A question of a game, as plain values."""
    about = {"game": game, "language": language}
    known = examples(language)
    if game == "write":
        text = _example(state["prefix"], known["write"])
        begun = {name: state[name] for name in ("length", "seed", "temperature")}
        return about | begun | {"text": state["prefix"] if text is None else text}
    shown = "hidden" if game == "draw" else game
    fields = _FIELDS[shown]
    row = _example(state[_FIRST[shown]], known[shown])
    given = {name: row[name] if row else state[field] for name, field in fields.items()}
    if game == "draw":
        return about | given | {"seed": state["draw"]}
    if game == "hidden":
        covered = state["covered"]
        given["hide"] = row["hide"] if row and covered is None else list(covered or ())
    return about | given


def number_question(state: PageState, game: Game, language: Language) -> NumberQuestion | None:
    """The number that is opened, of a game; None where the page's texts cannot be read."""
    place: Place | None = state["cell"]
    drawn = game == "hidden" and place is not None and place.net == "draw"
    try:
        about = GameQuestion.read(game_question(state, "draw" if drawn else game, language))
    except ValueError:  # parts of a link that make no sense together: the route says why
        return None
    return NumberQuestion(about, place, state["order"])


def _example(text: str, rows: list[Any]) -> Any:
    """The example that a text stands for: "" is the first, "#2" another one."""
    if not text:
        return rows[0]
    number = text[1:]
    known = text[0] == "#" and number.isascii() and number.isdigit() and int(number) < len(rows)
    return rows[int(number)] if known else None
