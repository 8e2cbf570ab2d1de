"""One number of the small BERT, opened: of which forward pass, how it comes about, its program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import orjson
import torch
from torch import Tensor

from core.language.bert import shelf
from core.language.bert.model import Bert
from core.language.bert.pieces import SPECIAL, joined, vocabulary
from core.language.bert.question import MAX_LENGTH, GameQuestion
from core.language.bert.rules import rules
from core.language.bert.setting import STARTS, Start
from core.language.bert.trace import Pass, arrays, weights
from core.language.bert.writing import ORDERS, Order, Written, by_twin, filled
from core.opened import Cell, Opened, Rules, whole_program, wire
from core.portable import HERE
from core.schema import Record, choice, listed, maybe, nested, text, whole

Net = Literal[
    "both", "left", "draw", "pretrained", "frozen", "scratch", "fill", "left_nats", "fill_nats"
]
NETS: tuple[Net, ...] = get_args(Net)
WIDE = 96
"""Columns of a matrix at most that the picture draws whole; of a wider one it gets one row."""
_ATTENDED = ("scores", "scaled", "masked", "weights")
_CLASSES = {"follows": ("no", "yes"), "sentiment": ("negative", "positive")}


@dataclass(frozen=True)
class Place(Record):
    """Where a number stands.

    Attributes:
        net: which network. Of hidden words "both" sides or the "left" one; "draw"; of fine-tuning
            its beginning; of writing "left" or "fill", or how the text hangs together:
            "left_nats", "fill_nats".
        step: of writing, from 0.
        array: see `trace`.
        index: in the array.

    >>> Place.read({"array": "logits", "index": [5, 7]})
    Place(net='both', step=0, array='logits', index=(5, 7))
    """

    net: Net = choice(NETS)
    step: int = whole(0, 0, MAX_LENGTH)
    array: str = text("", 60)
    index: tuple[int, ...] = listed(whole(low=0, high=99_999), 0, 3, ())


@dataclass(frozen=True)
class NumberQuestion(Record):
    """Which number of which game.

    Attributes:
        about: the game.
        place: of the number; see `fitting` for one that this game does not have.
        order: of the masks that are filled in writing.
    """

    about: GameQuestion = nested(GameQuestion)
    place: Place | None = maybe(nested(Place))
    order: Order = choice(ORDERS)


@dataclass(frozen=True)
class Reading:
    """A forward pass that a game shows numbers of.

    Attributes:
        seen: the pass.
        net, step: see `Place`.
        first: where the number is that is opened first; the largest of its row where the last
            place in it is -1.
        files: of the shipped weights, each with what stands before the keys in it.
    """

    seen: Pass
    net: Net
    step: int
    first: Cell
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Number:
    """A number, opened.

    Attributes:
        question: what was asked.
        reading: the pass.
        tokens: that were read.
        rules, trace: of all numbers of the pass.
        shown: the number.
    """

    question: NumberQuestion
    reading: Reading
    tokens: tuple[str, ...]
    rules: Rules
    trace: dict[str, Tensor]
    shown: Opened

    @property
    def place(self) -> Place:
        """Where it stands."""
        cell = self.shown.cell
        return Place(self.reading.net, self.reading.step, cell.array, cell.index)

    @property
    def columns(self) -> Sequence[str] | None:
        """What the columns of its array are called; None: they are only counted."""
        array = self.shown.cell.array
        pieces = vocabulary(self.question.about.language).pieces
        if array in ("logits", "allowed_logits", "probabilities"):
            return pieces
        if array == "targets":
            return [pieces[i] for i in self.trace["target_ids"].tolist()]
        if array.startswith("span_"):
            first, last = (self.trace[f"span_{end}"].tolist() for end in ("first", "last"))
            pairs = zip(first, last, strict=True)
            return [joined(self.tokens[a : b + 1]) or "[CLS]" for a, b in pairs]
        head, _, kind = array.partition("_")
        if head in _CLASSES and kind in ("logits", "probabilities"):
            return _CLASSES[head]
        attended = "_attention_" in array and array.rpartition("_")[2] in _ATTENDED
        return self.tokens if attended or head == "ends" else None

    @property
    def rows(self) -> Sequence[str]:
        """What the rows of its array are called; of a single row nothing."""
        array = self.shown.cell.array
        if array.startswith("ends_"):
            return ("start", "end")
        rows = self.trace[array].shape[-2:-1]
        return self.tokens if rows == (len(self.tokens),) else ("[CLS]",) if rows else ("",)


@torch.inference_mode()
def number(question: NumberQuestion, run: Bert | None = None) -> Number:
    """Open a number.

    Args:
        question: which.
        run: the network of a run, instead of the shipped ones.

    Raises:
        WeightsError: shipped weights are missing or damaged.
    """
    reading = reading_of(question, run)
    declared, trace = rules(reading.seen), arrays(reading.seen)
    place = question.place
    known = place is not None and place.net == reading.net and place.array in declared.by_name
    wanted = Cell(place.array, place.index) if place is not None and known else reading.first
    shown = declared.open(trace, fitting(wanted, trace))
    pieces = vocabulary(question.about.language).pieces
    tokens = tuple(pieces[i] for i in reading.seen.ids[0].tolist())
    return Number(question, reading, tokens, declared, trace, shown)


def fitting(cell: Cell, trace: dict[str, Tensor]) -> Cell:
    """The nearest number that the array has; where the last place is -1 the largest of its row.

    >>> fitting(Cell("x", (4, -1)), {"x": torch.tensor([[0.0, 2.0], [3.0, 1.0]])})
    Cell(array='x', index=(1, 0))
    """
    values = trace[cell.array]
    padded = (0,) * values.dim() + cell.index
    wanted = padded[len(padded) - values.dim() :]
    index = tuple(min(at, size - 1) for at, size in zip(wanted, values.shape, strict=True))
    if index and index[-1] < 0:
        index = (*index[:-1], int(values[index[:-1]].argmax()))
    return Cell(cell.array, index)


def reading_of(question: NumberQuestion, run: Bert | None = None) -> Reading:
    """The forward pass that a place is about: its network, and what that reads."""
    about = question.about
    net: Net = "both" if question.place is None else question.place.net
    if about.game == "write":
        return _writing(question, net)
    if about.game in ("sentiment", "answer"):
        start: Start = net if net in STARTS else STARTS[0]
        model = run or shelf.tuned(about.language, about.game, start)
        row = (0, 1) if about.game == "sentiment" else (0, -1)
        array = "sentiment_probabilities" if about.game == "sentiment" else "ends_probabilities"
        files = shelf.tuned_files(about.language, about.game, start)
        return Reading(
            Pass(model, *about.ids(), head=about.game), start, 0, Cell(array, row), files
        )
    left = run.left if run else about.game == "hidden" and net == "left"
    net = "left" if left else "both"
    model = run or shelf.network(about.language, left)
    ids, segments = about.ids()
    files = ((shelf.name(about.language, left), ""),)
    if about.game == "follows":
        seen = Pass(model, ids, segments, "follows")
        return Reading(seen, net, 0, Cell("follows_probabilities", (0, 1)), files)
    attention = Cell("layer_0_attention_weights", (0, 0, -1))
    if about.game == "draw":
        drawn = about.drawn()
        rows = drawn.chosen[0].nonzero()[:, 0]
        truth = (rows, ids[0, rows]) if len(rows) else None
        seen = Pass(model, drawn.ids, segments, truth=truth, mean=True)
        return Reading(seen, "draw", 0, Cell("loss", ()) if truth else attention, files)
    places = about.places
    seen = Pass(model, ids if left else about.masked(), segments)
    first = Cell("probabilities", (places[0] - left, -1)) if places else attention
    return Reading(seen, net, 0, first, files)


def _writing(question: NumberQuestion, net: Net) -> Reading:
    """Of one step of writing, or of the twin that says how likely a text is."""
    about = question.about
    by_left = net in ("left", "left_nats")
    twin, encoder = shelf.network(about.language, True), shelf.network(about.language)
    text: Written = by_twin(about, twin) if by_left else filled(about, encoder, question.order)
    if net.endswith("_nats"):
        rows = torch.arange(text.given, len(text.ids))
        seen = _segment(twin, text.ids, truth=(rows - 1, torch.tensor(text.ids)[rows]))
        files = ((shelf.name(about.language, True), ""),)
        return Reading(seen, net, 0, Cell("surprise", ()), files)
    step = min(question.place.step if question.place else 0, len(text.steps) - 1)
    taken = text.steps[step]
    model = twin if by_left else encoder
    seen = _segment(model, taken.read, barred=True, temperature=about.temperature or 1.0)
    first = Cell("probabilities", (taken.row, taken.token))
    files = ((shelf.name(about.language, by_left), ""),)
    return Reading(seen, "left" if by_left else "fill", step, first, files)


def _segment(model: Bert, ids: list[int], **options: Any) -> Pass:
    whole_text = torch.tensor([ids])
    return Pass(model, whole_text, torch.zeros_like(whole_text), **options)


def answer(question: NumberQuestion) -> bytes:
    """The number of a shipped network as JSON."""
    return orjson.dumps(reply(number(question)), option=orjson.OPT_SERIALIZE_NUMPY)


def reply(number: Number) -> dict[str, Any]:
    """What the picture paints, as plain values and arrays of numpy.

    "arrays": all of the pass; of that of the number "values", two axes, "rows" and "columns" (null
    where they are only counted), "before": its head or nothing; "top": the first row that is sent,
    of a wide matrix the only one.
    """
    array, index = number.shown.cell.array, number.shown.cell.index
    values = number.trace[array].float()
    before = list(index[:-2])
    matrix = values[tuple(before)].reshape(-1, values.shape[-1] if values.dim() else 1)
    rows, top = number.rows, 0
    if matrix.shape[1] > WIDE:
        top = index[-2] if len(index) > 1 else 0
        matrix, rows = matrix[top : top + 1], rows[top : top + 1]
    columns = number.columns
    return {
        "place": number.place.write(),
        "arrays": list(number.rules.by_name),
        "heads": number.trace["layer_0_attention_weights"].shape[0],
        "before": before,
        "top": top,
        "values": np.ascontiguousarray(matrix.numpy()),
        "rows": list(rows),
        "columns": None if columns is None else list(columns),
        "tokens": list(number.tokens),
        "opened": wire(number.shown),
    }


def program(number: Number) -> str:
    """A program that computes the number all the way from the tokens, and prints it."""
    trace, seen = number.trace, number.reading.seen
    given = {name: [f"{name} = {weight.read('')}"] for name, weight in weights(seen).items()}
    for name, value in trace.items():
        if name not in given and not value.is_floating_point() and value.dim() == 1:
            given[name] = [f"{name} = torch.tensor({value.tolist()})"]
    given["ids"] = [f"{given['ids'][0]}  # {' '.join(number.tokens)}"]
    count = len(number.tokens)
    only = ".tril()" if seen.model.left else ""
    given["allowed"] = [f"allowed = torch.ones({count}, {count}, dtype=torch.bool){only}"]
    if "nameable" in trace:
        given["nameable"] = [f"nameable = torch.arange({len(trace['nameable'])}) >= {len(SPECIAL)}"]
    loading = ["w = {}"]
    for file, prefix in number.reading.files:
        loading.append(f'for name, tensor in load_file("models/{file}.safetensors").items():')
        if prefix:
            loading.append(f'    if name.startswith("{prefix}"):')
            loading.append(f'        w[name.removeprefix("{prefix}")] = tensor.float()')
        else:
            loading.append("    w[name] = tensor.float()")
    return whole_program(
        number.rules,
        trace,
        number.shown,
        imports=["from safetensors.torch import load_file", "", *loading],
        given=given,
        note=HERE,
    )
