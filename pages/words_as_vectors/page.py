"""Words as vectors: words that keep the same company move together. Four ways to arrange them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.language.corpora.texts import MAX_CHARACTERS, own
from core.language.embeddings import lesson
from core.language.embeddings.results import results
from core.language.embeddings.setting import EPOCHS, RATES, VectorsSetting
from core.schema import Field, Table, choice, mark, text, whole
from pages.kit.controls import Control, more
from pages.kit.exchange import View, exchange
from pages.kit.guess import sent as guessed
from pages.kit.language import LANGUAGES, _, language
from pages.kit.own_text import own_text
from pages.kit.state import PageState, page_state
from pages.words_as_vectors import files
from pages.words_as_vectors import lesson as vectors_lesson
from pages.words_as_vectors.guess import guess
from pages.words_as_vectors.view import methods, objectives, vectors_picture

TABS = ("move", "step", "count", "own")
TEXTS = ("page", "en", "ko", "own")
LONGEST = 64
"""Characters of a word that is looked at."""

DEFAULT = VectorsSetting()
"""The run that begins when nothing was chosen."""

RUN = {
    "method": "method",
    "objective": "objective",
    "dimension": "dimension",
    "window": "window",
    "negatives": "negatives",
    "rate": "learning_rate",
    "epochs": "epochs",
    "subsampling": "subsampling",
    "min_count": "min_count",
    "seed": "seed",
}
"""Fields of the page, each with the name that a run has for it."""

LOOK = {
    **{name: text("", LONGEST) for name in ("word", "a", "b", "c", "row", "column")},
    "focus": choice(("", "people", "country", "animal", "comparative", "tense")),
    "space": choice(("plane", "space", "tsne")),
    "arrows": choice(("auto", "0", "1")),
    "sentence": whole(0, 0, 999_999),
    "position": whole(4, 0, 9_999),
    "context": whole(-1, -1, 9_999),
    "kind": choice(("counts", "weights", "ppmi")),
    "number": text("", 2 * LONGEST),
    "asked": text("", 40 * LONGEST, linked=False),
}
"""What a person chooses in the picture itself; an empty word stands for the first example. "number"
is the one that is opened, "asked" the question that it answered: run, step and query as JSON.
The first example is shown as arrows, unless something else was chosen: a link without "arrows" is
of the neighbours of a word."""

CHOSEN = ("word", "a", "b", "c", "focus", "space")
"""What a person looks at otherwise than at first sight."""


OWN: dict[str, Mapping[str, float]] = {"rate": RATES, "epochs": EPOCHS}
"""Fields whose first value is each method's own; 0 stands for it."""


def _field(name: str) -> Field:
    field = VectorsSetting.schema[RUN[name]]
    return field.beginning(0, low=0) if name in OWN else field


TABLE = Table(
    "vectors",
    {
        "tab": choice(TABS),
        **{name: _field(name) for name in RUN},
        "corpus": choice(TEXTS),
        "text": text("", MAX_CHARACTERS, lines=True),
        **LOOK,
        **files.FIELDS,
    },
)

PARTS = {
    "word": ("near", mark("The selected word")),
    "a": ("analogy", mark("The sum of words")),
}

STEPS = {
    "move": [
        ("all", mark("Words of one text. Those that occur in the same contexts lie together.")),
        ("panel", mark("Play trains it here and now: from anywhere to their places.")),
        ("near", mark("The nearest of a word. Nobody has told it what the word means.")),
        (
            "analogy map",
            mark("King − man + woman. Press “the sum as arrows” and see it in the map."),
        ),
        ("scores", mark("With the three words of the question left out, and with them in.")),
        ("similar", mark("All cosines at once: the blocks are the kinds of words.")),
        ("beside", mark("Four methods on one text. The control without training does well.")),
    ],
    "step": [
        ("window", mark("A window slides over the text; each place makes pairs.")),
        ("look-up score", mark("One pair: a row is looked up, and multiplied with another.")),
        ("answer", mark("How likely was the word that really stands there?")),
        ("update", mark("And the vectors that took part move a little, against the gradient.")),
    ],
    "count": [
        ("counts", mark("Who stands near whom, and how often: all that any of them learns from.")),
        ("cell", mark("One cell: what GloVe fits, and what chance alone would give.")),
    ],
    "own": [("own-vectors", mark("Vectors that somebody trained on much more text."))],
}


def steps() -> Sequence[tuple[str, str]]:
    """The walk through the tab that is open."""
    return STEPS[page_state(TABLE)["tab"]]


def page() -> None:
    """Show the page."""
    state = page_state(TABLE)
    names = {
        "move": _("Train"),
        "step": _("One update"),
        "count": _("Co-occurrence"),
        "own": _("Your own vectors"),
    }
    with st.container(horizontal=True, key="controls-vectors", vertical_alignment="bottom"):
        state.control("tab", _("Part"), names=names, label_visibility="collapsed")
        if state["tab"] != "own":
            _controls(state)
    if state["tab"] != "own" and state["corpus"] == "own":
        with st.container(key="controls-vectors-text"):
            own_text(
                state,
                "fp.vectors.text",
                _("Paste a text: a full stop or a new line ends a sentence"),
                MAX_CHARACTERS,
                lambda given: _about(given, state["min_count"]),
            )
    with st.container(key="picture"):
        if state["tab"] == "own":
            files.show(state)
        else:
            _picture(state)
    vectors_lesson.lesson(config(state), _number(state))


def _number(state: PageState) -> dict[str, Any] | None:
    """The number that is opened in the picture."""
    if state["tab"] == "own":
        return files.number(state)
    return vectors_lesson.number(state["asked"]) if state["number"] else None


def config(state: PageState) -> dict[str, Any]:
    """A run that begins here, as plain values."""
    chosen = {name: state[field] for field, name in RUN.items()}
    for field, values in OWN.items():
        chosen[RUN[field]] = state[field] or values[state["method"]]
    corpus = language() if state["corpus"] == "page" else state["corpus"]
    typed = corpus == "own"
    return chosen | {
        "language": DEFAULT.language if typed else corpus,
        "text": state["text"] if typed else "",
    }


def _picture(state: PageState) -> None:
    def receive(view: View) -> None:
        arrows = {True: "1", False: "0"}[view["view"]["arrows"]]
        for name, value in {**view["view"], "arrows": arrows}.items():
            if name in LOOK:
                state.set(name, value)
        _adopt(state, view["config"])

    vectors_picture(
        exchange("vectors", lambda: _look(state), receive),
        tab=state["tab"],
        config=config(state),
        own=state["corpus"] == "own",
        results=results(),
        guess=guessed(guess if state["tab"] == "move" else lambda: None),
        hidden=_hidden(state),
        language=language(),
    )


def _look(state: PageState) -> View:
    look = {name: state[name] for name in LOOK}
    untouched = all(state[name] == TABLE[name].default for name in CHOSEN)
    auto = state["arrows"] == "auto"
    return look | {"arrows": untouched if auto else state["arrows"] == "1"}


def _hidden(state: PageState) -> list[str]:
    parts = state.hidden_parts(PARTS)
    return parts if state.offer("rate", _("Learning rate")) else [*parts, "rate"]


def _adopt(state: PageState, config: dict[str, Any]) -> None:
    """Take over what was chosen in the picture: a learning rate, or the config of another run."""
    fields = {name: field for field, name in RUN.items()}
    for name, value in config.items():
        if name in fields:
            state.set(fields[name], value)
    for field, values in OWN.items():
        if state[field] == values[state["method"]]:
            state.set(field, state.table[field].default)
    if config.get("text"):
        state.set("corpus", "own")
        state.set("text", config["text"])
    elif "language" in config:
        state.set("corpus", "page" if config["language"] == language() else config["language"])


def _controls(state: PageState) -> None:
    texts = {
        "page": _("ours"),
        **LANGUAGES,
        "own": _("own text"),
    }
    short: dict[str, Any] = {"listed": True, "label_visibility": "collapsed", "width": 130}
    state.control("method", _("Method"), names=methods(), **short)
    objective: dict[str, Control] = {}
    if state["method"] in ("skip_gram", "cbow"):
        objective = {"objective": (_("Objective"), {"names": objectives()})}
    more(
        state,
        "fp-more-vectors",
        {
            "corpus": (_("Text"), {"names": texts}),
            **objective,
            "dimension": (_("Dimensions"), {}),
            "window": (_("Window"), {"help": _("Words on each side.")}),
            "negatives": (_("Negative samples"), {}),
            "epochs": (_("Epochs (0: automatic)"), {"number": True}),
            "subsampling": (
                _("Subsampling of frequent words (0: none)"),
                {"number": True, "format": "%.5f", "step": 0.001},
            ),
            "min_count": (_("Leave out words rarer than"), {"number": True}),
            "seed": (_("Seed"), {"number": True}),
        },
    )


def _about(given: str, min_count: int) -> str:
    """What a text of one's own holds."""
    corpus = own(given, min_count)
    return _("{tokens} words, {kinds} different ones kept, {sentences} sentences.").format(
        tokens=f"{len(corpus.ids):,}",
        kinds=f"{len(corpus.words):,}",
        sentences=f"{len(corpus.sentences):,}",
    )


def thumbnail() -> str:
    """The map of the shipped run, as a data URL."""
    return lesson.thumbnail(language())
