"""Predict first, then reveal: one question, one answer, why it is so, and the score so far.

A wrong prediction gets an explanation of its own and, where more than one choice is left, a second
try. The answer is computed by the page from the running model. When the page shows something else,
the question is open again; only the first prediction about a state counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.kit.language import _

_KEY = "fp.quiz"
_HERE = "fp.quiz.here"
TRIES = 2


@dataclass(frozen=True)
class Question:
    """A question about what is on the page.

    Attributes:
        name: tells it from other questions; free of language.
        about: the state that it asks about, as a text; another state is another question.
        prompt: the question, translated.
        answer: one of the choices' keys, or a number.
        explanation: why, translated; shown with the answer.
        wrong: what leads to a wrong choice and why it is wrong, translated, under its key; for a
            number, under those that a known slip leads to. Where the answer is computed, what
            turns out right may be among them.
        choices: what each key is called, translated; none for a number.
        hint: for a number, what any other wrong one is told, translated.
        tolerance: how far a number may be off and still be right.
    """

    name: str
    about: str
    prompt: str
    answer: str | float
    explanation: str
    wrong: Mapping[str, str] | Mapping[int, str]
    choices: Mapping[str, str] | None = None
    hint: str = ""
    tolerance: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a question whose answer cannot be given, or whose mistakes are not explained."""
        if self.choices is not None and self.answer not in self.choices:
            raise ValueError(f"{self.name}: the answer is not among the choices.")
        if self.choices is None and not isinstance(self.answer, int | float):
            raise ValueError(f"{self.name}: without choices the answer is a number.")
        if self.choices is None:
            unexplained = [] if self.hint else ["other numbers"]
        else:
            unexplained = [c for c in self.choices if c != self.answer and not self.why(c)]
        if unexplained:
            raise ValueError(f"{self.name}: nothing explains {', '.join(unexplained)}.")

    def right(self, given: str | float) -> bool:
        """Tell whether a prediction is right."""
        if self.choices is not None:
            return given == self.answer
        return math.isclose(float(given), float(self.answer), rel_tol=0, abs_tol=self.tolerance)

    def why(self, given: str | float) -> str:
        """What a wrong prediction is told."""
        return next((why for slip, why in self.wrong.items() if slip == given), self.hint)

    def settled(self, tries: tuple[str | float, ...]) -> bool:
        """Tell whether nothing more can be tried: the answer may be told."""
        if not tries:
            return False
        one_left = self.choices is not None and len(self.choices) - len(tries) < 2
        return self.right(tries[-1]) or one_left or len(tries) == TRIES


def begin() -> None:
    """Nothing has been asked yet on the page that is drawn now."""
    st.session_state[_HERE] = {}


def note(question: Question) -> None:
    """Note what the page asks now; a room may be asked the same."""
    st.session_state.setdefault(_HERE, {})[question.name] = question


def here() -> list[Question]:
    """What the page asks now, in its order."""
    return list(st.session_state.get(_HERE, {}).values())


def ask(*questions: Question) -> None:
    """Draw questions one below the other; after a prediction, draw the answer beside it."""
    for question in questions:
        _ask(question)


def _ask(question: Question) -> None:
    note(question)
    given = prediction(question)
    tries = _tries().get((question.name, question.about), ())
    with st.container(key=f"fp-quiz-{question.name}"):
        st.markdown(f"**{question.prompt}**")
        if given is None:
            if tries:
                st.markdown(
                    _("{given}: not quite. {why}").format(
                        given=f"**{_named(question, tries[0])}**", why=question.why(tries[0])
                    )
                )
            with st.container(horizontal=True, vertical_alignment="center"):
                _predict(question, tries)
        else:
            _reveal(question, given)


def prediction(question: Question) -> str | float | None:
    """Return what was predicted about this state, once nothing more can be tried.

    Then more may be told.
    """
    tries = _tries().get((question.name, question.about), ())
    return tries[-1] if question.settled(tries) else None


def score() -> tuple[int, int]:
    """Return how many predictions of this session were right, and how many there were."""
    right = st.session_state.get(f"{_KEY}.right", {})
    return sum(right.values()), len(right)


def _tries() -> dict[tuple[str, str], tuple[str | float, ...]]:
    """What was answered so far, under the name of the question and the state it is about."""
    tries: dict[tuple[str, str], tuple[str | float, ...]]
    tries = st.session_state.setdefault(_KEY, {})
    return tries


def _predict(question: Question, tries: tuple[str | float, ...]) -> None:
    key = f"{_KEY}.{question.name}"
    begun, place = st.session_state.setdefault(f"{_KEY}.begun", {}), (question.name, question.about)
    if key not in st.session_state and begun.get(place) is not None:
        st.session_state[key] = begun[place]  # its tab was shut, and Streamlit forgot the widget
    if question.choices is not None:
        named = {each: name for each, name in question.choices.items() if each not in tries}
        st.segmented_control(
            question.prompt,
            list(named),
            format_func=lambda choice: named[choice],
            key=key,
            label_visibility="collapsed",
        )
    else:
        st.number_input(
            question.prompt, value=None, step=1.0, key=key, label_visibility="collapsed", width=180
        )
    st.button(
        _("Try again") if tries else _("Reveal"),
        key=f"{key}.reveal",
        disabled=st.session_state.get(key) is None,
        on_click=_take,
        args=(question, key),
    )
    begun[place] = st.session_state.get(key)


def _take(question: Question, key: str) -> None:
    given = st.session_state.get(key)
    if given is None:
        return
    place = (question.name, question.about)
    if prediction(question) is None:
        _tries()[place] = (*_tries().get(place, ()), given)
    st.session_state.setdefault(f"{_KEY}.right", {}).setdefault(place, question.right(given))
    st.session_state[f"{_KEY}.begun"].pop(place, None)
    del st.session_state[key]


def _reveal(question: Question, given: str | float) -> None:
    verdict = _("Right.") if question.right(given) else _("Not quite.")
    answer = _named(question, question.answer)
    st.markdown(
        _("{verdict} You answered {given}. The answer is {answer}.").format(
            verdict=verdict, given=_named(question, given), answer=f"**{answer}**"
        )
    )
    if not question.right(given):
        st.markdown(question.why(given))
    st.markdown(question.explanation)
    right, answered = score()
    st.caption(_("{right} of {asked} right so far").format(right=right, asked=answered))


def _named(question: Question, value: str | float) -> str:
    if question.choices is not None:
        return question.choices[str(value)]
    return number(float(value), question.tolerance)


def number(value: float, tolerance: float = 0.0) -> str:
    """A number as it is read in a sentence: whole ones in full, others a digit finer than needed.

    >>> number(1_000_001), number(4480.0), number(0.0033512, tolerance=0.0005)
    ('1,000,001', '4,480', '0.00335')
    """
    if float(value).is_integer():
        return f"{value:,.0f}"
    if tolerance == 0:
        return f"{value:,.10g}"
    return f"{value:,.{max(0, 1 - math.floor(math.log10(tolerance)))}f}"
