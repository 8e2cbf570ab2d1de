"""Every goal: a state of its page that reaches it, and that the page does not begin with one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from core import goals
from core.address import find
from core.attention.steps import answer as steps
from core.attention.steps import goals as steps_goals
from core.attention.steps.question import Cell, StepsQuestion, example, read_words
from core.attention.trained import answer as trained
from core.attention.trained import goals as trained_goals
from core.attention.trained.question import ReferentQuestion
from core.goals import Goal
from core.language.bert import answer as bert
from core.language.bert import goals as bert_goals
from core.language.bert.examples import examples
from core.language.bert.question import GameQuestion
from core.language.embeddings import goals as vectors_goals
from core.language.transformer import answer as transformer
from core.language.transformer import goals as transformer_goals
from core.language.transformer.tasks import task
from core.networks import answer as network
from core.networks import goals as network_goals
from core.recurrent.series import goals as series_goals
from core.recurrent.sine import goals as sine_goals
from core.recurrent.text import goals as text_goals
from core.recurrent.through_time import goals as long_goals
from core.recurrent.through_time.answer import gradients
from core.recurrent.words import goals as words_goals
from core.training import shipped
from core.training.jobs import JOBS
from core.vision import answer as digit
from core.vision import goals as digit_goals
from core.vision.architectures import answer as five
from core.vision.architectures import goals as five_goals
from core.vision.convolution import answer as convolution
from core.vision.convolution import goals as convolution_goals
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.drawing import Drawing
from core.vision.finetune import goals as hand_goals
from core.vision.hand import sample
from core.vision.imagenet import answer as pictured
from core.vision.imagenet import goals as pictures_goals
from core.vision.imagenet import pictures
from core.vision.imagenet.photographs import FOLDER
from core.vision.photo import answer as photo
from core.vision.photo import goals as photo_goals
from core.vision.photo.question import PhotoQuestion
from core.vision.question import DrawingQuestion
from core.vision.training import goals as cnn_goals

Asked = tuple[Any, Any]
"""A question, and the answer to it."""


def _convolution(**changes: Any) -> Asked:
    question = ConvolutionQuestion.read(changes)
    return question, convolution.answer(question)


def _row(row: int, *weights: float) -> list[list[float]]:
    return [[0, 0, row, column, weight] for column, weight in enumerate(weights)]


NOTHING = [edit for row in range(3) for edit in _row(row, 0, 0, 0)]
MATRIX = {"source": "matrix", "matrix": "1 2 1;2 4 2;1 2 1"}
PLAIN = {"edits": [*_row(0, -1, 0, 1), *_row(1, -1, 0, 1), *_row(2, -1, 0, 1)]}
CORNER = [[[653, 578], [437, 535], [546, 159], [481, 197]]]
FIVE_OR_TWO = [
    [[734, 230], [564, 238], [428, 444], [361, 702], [532, 759], [730, 792], [631, 525], [487, 463]]
]
TWO_OR_SEVEN = [
    [[501, 253], [473, 329], [663, 284], [637, 460], [381, 689], [391, 700], [356, 831], [455, 859]]
]
SCRIBBLE = [
    [[310, 401], [725, 623]],
    [[512, 513], [707, 687], [378, 623]],
    [[551, 526], [690, 452]],
]
CAT = "the cat sat on the mat because it was tired"


def _photo(**changes: Any) -> Asked:
    question = PhotoQuestion.read(changes)
    return question, photo.answer(question.example(), question)


def _said(label: int, **changes: Any) -> Asked:
    """Something said of the first digit of the example."""
    top, left, bottom, right = goals.read(_photo(**changes)[1])["digits"][0]["box"]
    place = {"row": (top + bottom) // 2, "column": (left + right) // 2, "label": label}
    return _photo(corrected=[place], **changes)


def _digit(strokes: Any = None, **more: Any) -> Asked:
    drawing = sample(3) if strokes is None else Drawing.of(strokes)
    question = DrawingQuestion(drawing, **more)
    return question, digit.answer(question)


def _five(strokes: Any = None) -> Asked:
    question = five.FiveQuestion(sample(3) if strokes is None else Drawing.of(strokes))
    return question, five.answer(question)


def _network(off: str = "", strokes: Any = None) -> Asked:
    drawing = sample(3) if strokes is None else Drawing.of(strokes)
    question = network.PassQuestion("simple", drawing, scale="signed", off=off)
    return question, network.answer(question)


def _steps(**changes: Any) -> Asked:
    question = StepsQuestion(read_words(example("en")[0]), **changes)
    return question, steps.answer(question)


def _trained(*cuts: dict[str, int]) -> Asked:
    question = ReferentQuestion.read({"sentence": CAT, "cuts": list(cuts)})
    return question, trained.answer(question)


def _heads(*places: tuple[int, int]) -> Asked:
    return _trained(*({"layer": layer, "head": head} for layer, head in places))


def _gradients(**question: Any) -> Asked:
    return question, gradients(question)


def _transformer(text: str, name: str = "en-ko", **more: Any) -> Asked:
    question = {"task": name, "text": text, "mode": "beam"} | more
    return question, transformer.answer(question)


def _hidden(*places: int, game: str = "hidden") -> Asked:
    row = examples("en")["hidden"][0]
    about = {"text": row["text"], "next": row["next"], "hide": list(places) or row["hide"]}
    question = GameQuestion.read(about | {"game": game})
    return question, bert.answer(question)


def _look(recording: str, view: str, step: int = -1, **query: str) -> Asked:
    run = shipped.load(recording)
    job = find(JOBS[run.job])
    config = job.read(run.config)
    return config, job.inspections[view](config, run.saved[step].state, query)


def _own(name: str) -> str:
    """One of the set as a visitor's own picture."""
    return pictures.hold((FOLDER / f"{name}.jpg").read_bytes(), "me" * 8)[0]


def _pictured(picture: str) -> Asked:
    question = pictured.PictureQuestion(picture=picture)
    return question, pictured.answer(question)


def _explained(method: str, picture: str) -> Asked:
    question = pictured.HeatQuestion(picture=picture, method=method, target=282)
    return question, pictured.heat(question)


def _cosine(a: str, b: str, array: str = "cosine") -> Asked:
    index = {} if array == "cosine" else {"index": "0"}
    return _look(
        "vectors_skip_gram_en", "arithmetic", about="cosine", a=a, b=b, array=array, **index
    )


def _analogy(step: int) -> Asked:
    """The first one that is missed at a step, or else the first of all."""
    config = find(JOBS["vectors"]).read(shipped.load("vectors_skip_gram_en").config)
    for _, (a, b, c, _) in config.corpus().questions:
        asked = _look("vectors_skip_gram_en", "analogy", step, a=a, b=b, c=c)
        if vectors_goals.missed(*asked):
            return asked
    return _look("vectors_skip_gram_en", "analogy", step, a="king", b="man", c="woman")


def _run(recording: str, status: str = "done", until: int | None = None) -> Asked:
    """A run that has left what a shipped one has, or its beginning."""
    whole = shipped.load(recording)
    left = whole if until is None else whole.until(until)
    config = find(JOBS[whole.job]).read(whole.config)
    return config, SimpleNamespace(status=status, step=left.step, recording=left)


def _weather(steps: int) -> Asked:
    about = {"source": "weather", "length": 14, "hidden": 8, "epochs": 10}
    return _trial("series", 0.01, steps, **about)


@cache
def _trial(job_name: str, rate: float, steps: int, **config: Any) -> Asked:
    """A few steps of a run."""
    job = find(JOBS[job_name])
    read = job.read(config | {"learning_rate": rate})
    state, _ = job.start(read)
    state, log = job.advance(read, state, steps, rate)
    recording = SimpleNamespace(series=log.series, saved=[SimpleNamespace(marks=log.marks)])
    status = log.failure or "paused"
    return read, SimpleNamespace(status=status, step=state.step, recording=recording)


def _sgd(rate: float) -> Asked:
    return _trial("sine", rate, 8, cell="rnn", optimiser="sgd")


def _cnn(rate: float) -> Asked:
    return _trial("cnn", rate, 10, data="pen", images=2000)


CASES: tuple[tuple[Goal, tuple[Callable[[], Asked], ...]], ...] = (
    (
        photo_goals.NEEDED,
        (lambda: _photo(flatten=False), _photo, lambda: _photo(paper="plain", unrule=False)),
    ),
    (photo_goals.MISTAKEN, (lambda: _said(7), _photo, lambda: _said(1))),
    (
        convolution_goals.ZERO,
        (
            lambda: _convolution(**MATRIX),
            _convolution,
            lambda: _convolution(source="matrix", matrix="0 0 0;0 0 0;0 0 0"),
            lambda: _convolution(source="matrix", matrix="5 5 5;5 5 5;5 5 5"),
            lambda: _convolution(**MATRIX, edits=NOTHING),
            lambda: _convolution(source="matrix", matrix="3 2 1;3 2 1;3 2 1", after="relu"),
        ),
    ),
    (
        convolution_goals.VERTICAL,
        (
            lambda: _convolution(**PLAIN),
            _convolution,
            lambda: _convolution(edits=_row(1, -2, 0, 2)),  # as it was
            lambda: _convolution(filters=["sobel_y"], edits=_row(1, 0, 1, 0)),
            lambda: _convolution(edits=NOTHING),
        ),
    ),
    (digit_goals.TORN, (lambda: _digit(FIVE_OR_TWO), _digit, lambda: _digit(SCRIBBLE))),
    (
        digit_goals.PREPARED,
        (lambda: _digit(CORNER), _digit, lambda: _digit(CORNER, strip=False)),
    ),
    (
        network_goals.SURVIVED,
        (
            lambda: _network("layer_1.0,layer_1.1,layer_1.2"),
            _network,
            lambda: _network("layer_1.0,layer_1.1"),
            lambda: _network("layer_1.0,layer_1.1,layer_1.2", []),
        ),
    ),
    (
        network_goals.LOWERED,
        (
            lambda: (network.ScoreQuestion("simple", "bytes"), {"right": 899, "of": 1000}),
            lambda: (network.ScoreQuestion("simple", "signed"), {"right": 990, "of": 1000}),
            lambda: (network.ScoreQuestion("simple", off="layer_1.0"), {"right": 1, "of": 1000}),
        ),
    ),
    (five_goals.APART, (lambda: _five(TWO_OR_SEVEN), _five, lambda: _five([]))),
    (five_goals.READ, (lambda: _five(SCRIBBLE), _five, lambda: _five(TWO_OR_SEVEN))),
    (
        cnn_goals.FAST,
        (
            lambda: _run("cnn_run"),
            lambda: _run("cnn_run", until=0),
            lambda: _cnn(0.01),
        ),
    ),
    (cnn_goals.DIVERGED, (lambda: _cnn(1.0), lambda: _cnn(0.01), lambda: _run("cnn_run"))),
    (
        hand_goals.BOTH,
        (
            lambda: _run("hand_run_rehearsal"),
            lambda: _run("hand_run_rehearsal", until=0),
            lambda: _run("hand_run"),
        ),
    ),
    (
        sine_goals.ALONE,
        (lambda: _run("sine_race"), lambda: _run("sine_race", until=0), lambda: _sgd(0.01)),
    ),
    (
        series_goals.BEYOND,
        (
            lambda: _weather(270),
            lambda: _weather(1),
            lambda: _trial("series", 0.01, 30, symbol="GOOG", scaling="log_returns"),  # 14 months
        ),
    ),
    (sine_goals.DIVERGED, (lambda: _sgd(1.0), lambda: _sgd(0.01), lambda: _run("sine_race"))),
    (
        words_goals.REMEMBERED,
        (
            lambda: _look("words_race", "reading", distance="16"),
            lambda: _look("words_race", "reading"),
            lambda: _look("words_race", "reading", 0, distance="16"),
        ),
    ),
    (
        words_goals.WRONG,
        (
            lambda: _look("words_race", "reading", distance="4", name="Conan"),
            lambda: _look("words_race", "reading"),
            lambda: _look("words_race", "reading", 0),
        ),
    ),
    (
        long_goals.SMALLEST_BIAS,
        (
            lambda: _gradients(length=100, forget_bias=_smallest()),
            _gradients,
            lambda: _gradients(length=50, forget_bias=2.0),
            lambda: _gradients(length=100, forget_bias=4.0),
        ),
    ),
    (
        long_goals.RNN_LASTS,
        (
            lambda: _gradients(length=100, scale=2.0),
            _gradients,
            lambda: _gradients(length=100, scale=4.0),
            lambda: _gradients(length=2),
        ),
    ),
    (
        text_goals.AGAIN,
        (
            lambda: _look("text_en", "sample", temperature="0.2"),
            lambda: _look("text_en", "sample"),
            lambda: _look("text_en", "sample", 0),
        ),
    ),
    (
        text_goals.BETTER,
        (
            lambda: _run("text_en"),
            lambda: _run("text_en", until=0),
            lambda: _run("text_en", until=80),
        ),
    ),
    (
        steps_goals.ONE_WORD,
        (
            lambda: _steps(temperature=0.1),
            _steps,
            lambda: _steps(mask="causal"),  # the first word can read itself alone
        ),
    ),
    (
        steps_goals.EVEN_ROW,
        (lambda: _steps(edits=_silent(4)), _steps),
    ),
    (
        trained_goals.ONE_CUT,
        (
            lambda: _trained({"from": 7, "to": 1}),
            _trained,
            lambda: _trained({"from": 7, "to": 1, "layer": 1, "head": 0}),
            lambda: _trained({"layer": 0}),
            lambda: _trained({"from": 7, "to": 1}, {"from": 7, "to": 5}),
        ),
    ),
    (
        trained_goals.WITHOUT_HEADS,
        (
            lambda: _heads((0, 1), (1, 1), (1, 2), (1, 3)),
            _trained,
            lambda: _heads((1, 1), (1, 2)),
            lambda: _heads(*((0, head) for head in range(4))),
        ),
    ),
    (
        vectors_goals.OPPOSED,
        (
            lambda: _cosine("man", "hen"),
            lambda: _cosine("king", "queen"),
        ),
    ),
    (vectors_goals.MISSED, (lambda: _analogy(1), lambda: _analogy(-1))),
    (
        transformer_goals.BEAM,
        (
            lambda: _transformer("the"),
            lambda: _transformer("the cat sat on the mat"),
            lambda: _transformer("the", mode="greedy"),
        ),
    ),
    (
        transformer_goals.MISTAKEN,
        (
            lambda: _transformer("0 5 0 4 0 0 4", "sort"),
            lambda: _transformer("the cat sat on the mat"),
            lambda: _transformer("cat"),  # no sentence: nothing is right
            lambda: _transformer("the cat sat on the mat", prefix=[task("en-ko").target_words[0]]),
        ),
    ),
    (
        bert_goals.LEFT,
        (lambda: _hidden(15), _hidden, lambda: _hidden(3), lambda: _hidden(game="draw")),
    ),
    (
        bert_goals.MANY_HIDDEN,
        (lambda: _hidden(3, 6, 7, 11), _hidden, lambda: _hidden(3, 4, 6, 7), lambda: _hidden(3, 6)),
    ),
    (
        pictures_goals.OWN_PICTURE,
        (
            lambda: _pictured(_own("camera")),
            lambda: _pictured("cat"),
            lambda: _pictured("camera"),
            lambda: _pictured(_own("moon")),
        ),
    ),
    (
        pictures_goals.COVERED,
        (
            lambda: _explained("occlusion", "cat"),
            lambda: _explained("gradcam", "cat"),
            lambda: _explained("occlusion", "camera"),
        ),
    ),
)
"""Of each goal: what reaches it, then what does not, the first of it what its page begins with."""


def _smallest() -> float:
    """The smallest forget bias with which enough of the gradient arrives."""
    steps_ = (round(bias / 10, 1) for bias in range(51))
    found = ((bias, gradients({"length": 100, "forget_bias": bias})) for bias in steps_)
    return next(b for b, answer in found if answer["cells"]["lstm"]["ratio"] >= long_goals.SHARE)


def _silent(row: int) -> Any:
    """Numbers set by hand: a query of zeros."""
    width = len(goals.read(_steps()[1])["matrices"]["Q"][0])
    return tuple((Cell("Q", 0, row, column), 0.0) for column in range(width))


@pytest.mark.parametrize(("goal", "states"), CASES, ids=lambda it: getattr(it, "name", ""))
def test_a_state_reaches_it_and_the_first_one_does_not(
    goal: Goal, states: tuple[Callable[[], Asked], ...]
) -> None:
    reaching, *others = states
    assert goals.reached([goal], *reaching()) == [goal.name]
    for place, other in enumerate(others):
        assert goals.reached([goal], *other()) == [], place
