"""What each page says about fifty of its numbers, drawn by chance: value, sum, formula, program.

A long list of numbers or a program is kept as a few sums over it, so that a recording is short and
is held on any machine: the last digits of a convolution differ from processor to processor.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import torch

COUNT = 50
SHORT = 6
"""Numbers of a list that are kept as they are."""
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")

Said = dict[str, Any]
PAGES: dict[str, Callable[[], Iterator[Said]]] = {}


def page(name: str) -> Callable[[Callable[[], Iterator[Said]]], Callable[[], Iterator[Said]]]:
    """Enter a page's cells under the name of the page."""

    def entered(cells: Callable[[], Iterator[Said]]) -> Callable[[], Iterator[Said]]:
        PAGES[name] = cells
        return cells

    return entered


def numbers(value: Any) -> list[float]:
    """All numbers in lists within lists, in their order; no number counts as -1."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [number for part in value for number in numbers(part)]
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers(part)]
    if value is None or isinstance(value, str) or value != value:
        return [-1.0]
    return [max(-1e9, min(1e9, float(value)))]


def sums(found: list[float]) -> dict[str, float]:
    """A list of numbers in short."""
    weighted = sum((i % 97 + 1) * x for i, x in enumerate(found)) / (len(found) or 1)
    return {"count": len(found), "sum": sum(found), "weighted": weighted}


def shortened(value: Any) -> Any:
    """A field of a working as it is recorded."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        found = numbers(value)
        return found if len(found) <= SHORT else sums(found)
    if isinstance(value, dict):
        return {name: shortened(part) for name, part in value.items()}
    return value


def text(source: str) -> dict[str, Any]:
    """A program in short: what stands between its numbers, and its numbers."""
    words = hashlib.sha256(NUMBER.sub("#", source).encode()).hexdigest()[:16]
    letters = words.translate(str.maketrans("0123456789", "ghijklmnop"))  # compared as a word
    return {"words": letters, **sums([float(number) for number in NUMBER.findall(source)])}


@page("draw-a-digit")
def _draw() -> Iterator[Said]:
    from core.opened import latex, wire
    from core.vision import forward, networks
    from core.vision.hand import sample
    from core.vision.off import Off
    from core.vision.place import SHAPES, Place
    from core.vision.preprocess import Stages
    from core.vision.question import DrawingQuestion

    dice = random.Random(1)
    for number in range(COUNT):
        layer = list(SHAPES)[number % len(SHAPES)]
        place = Place(layer, *(dice.randrange(size) for size in SHAPES[layer]))
        off = {"conv1": (dice.randrange(32), place.map % 32)} if dice.random() < 0.3 else {}
        model = dice.choice(networks.MODELS)
        stages = Stages(pen=dice.random() < 0.7)
        question = DrawingQuestion(sample(dice.randrange(40)), model, stages, Off(**off), place)
        shown = forward.opened(question)
        yield {
            "cell": f"{model} {layer} {place.index}",
            "value": shown.value,
            "total": shown.total,
            "latex": latex(shown),
            "program": text(forward.program(question)),
            "working": shortened(wire(shown)),
        }


@page("convolution")
def _convolution() -> Iterator[Said]:
    from core.opened import latex
    from core.vision.convolution.answer import _opened
    from core.vision.convolution.question import ConvolutionQuestion
    from core.vision.convolution.rules import opened, program
    from core.vision.convolution.slide import slide
    from core.vision.convolution.source import write_matrix
    from core.vision.convolution.values import OutputCell
    from core.vision.impossible import Impossible

    dice = random.Random(2)
    made = 0
    while made < COUNT:
        shape = [dice.randint(1, most) for most in (4, 9, 9)]
        values = torch.randn(shape, generator=torch.Generator().manual_seed(made))
        matrix = {"source": "matrix", "matrix": write_matrix(values.round(decimals=2).tolist())}
        other = {"source": "sample", "seed": made, "normalised": True}
        source: dict[str, Any] = matrix if dice.random() < 0.8 else other
        try:
            question = ConvolutionQuestion(
                **source,
                filters=tuple(
                    dice.choices(("random", "sobel_x", "gabor", "gauss"), k=dice.randint(1, 4))
                ),
                rows=dice.randint(1, 5),
                columns=dice.randint(1, 5),
                padding=dice.choice([0, 1, 2, 3, "same", "valid"]),
                stride=dice.randint(1, 3),
                mode=dice.choice(["zeros", "zeros", "reflect", "replicate", "circular"]),
                dilation=dice.randint(1, 2),
                groups=dice.choice([1, 1, 2]),
                transposed=dice.random() < 0.3,
                output_padding=dice.choice([0, 0, 1]),
                after=dice.choice(["none", "relu", "tanh", "sigmoid", "gelu", "leaky"]),
                flipped=dice.random() < 0.3,
                bias=(0.5, -1.25),
                dice=made,
                place=OutputCell(dice.randrange(4), dice.randrange(9), dice.randrange(9)),
            )
        except Impossible:
            continue
        made += 1
        slid = slide(question)
        shown = opened(slid)
        yield {
            "cell": f"{question.setting} {question.cell}",
            "value": shown.value,
            "total": (shown.inner or shown).total,
            "latex": latex(shown),
            "program": text(program(slid)),
            "working": shortened(_opened(slid)),
        }


@page("pooling")
def _pooling() -> Iterator[Said]:
    from core.vision.hand import sample
    from core.vision.impossible import Impossible
    from core.vision.pooling import formula as pooling_formula
    from core.vision.pooling.answer import answer
    from core.vision.pooling.layer import PoolingSetting
    from core.vision.pooling.question import PoolingQuestion, fitting, inputs

    dice = random.Random(3)
    made = 0
    while made < COUNT:
        try:
            setting = PoolingSetting(
                dice.choice(["max", "average"]),
                dice.randint(1, 5),
                dice.randint(1, 5),
                dice.randint(0, 2),
                dice.random() < 0.5,
            )
            question = fitting(
                PoolingQuestion(
                    sample(made),
                    dice.choice(["drawing", "sample", "matrix", "map"]),
                    setting=setting,
                    row=dice.randrange(20),
                    column=dice.randrange(20),
                    layer=dice.choice(["conv1", "relu1", "conv2", "relu2"]),
                )
            )
        except Impossible:
            continue
        made += 1
        x = inputs(question, [(0, 0)])[0]
        cell = answer(question)["cell"]
        program = pooling_formula.program(x, setting, cell["row"], cell["column"])
        yield {
            "cell": f"{question.source} {setting} {cell['row']} {cell['column']}",
            "value": cell["number"]["value"],
            "latex": pooling_formula.size(setting, *x.shape),
            "program": text(program),
            "working": shortened(cell),
        }


@page("inside-the-cell")
def _cell() -> Iterator[Said]:
    from core.recurrent.cell.gates import number
    from core.recurrent.cell.place import Place
    from core.recurrent.cells import GATES, KINDS, NETWORKS

    dice = random.Random(4)
    places = [(kind, gate) for kind in KINDS for gate in GATES[kind]]
    for made in range(COUNT):
        kind, gate = places[made % len(places)]
        inputs, hidden, layers = dice.choice([1, 3, 8]), dice.choice([2, 6, 24]), 2
        with torch.random.fork_rng():
            torch.manual_seed(made)
            network = NETWORKS[kind](inputs, hidden, layers, batch_first=True)
        x = torch.randn(9, inputs, generator=torch.Generator().manual_seed(made))
        place = Place(gate, dice.randrange(2), dice.randrange(9), dice.randrange(hidden))
        shown = number(network, x, place)
        yield {
            "cell": f"{kind} {inputs} {hidden} {place}",
            "value": shown["number"]["value"],
            "total": shown["number"]["total"],
            "latex": shown["latex"],
            "program": text(shown["program"]),
            "working": shortened(shown["number"]),
        }


@page("attention-step-by-step")
def _steps() -> Iterator[Said]:
    from core.attention.steps.program import program
    from core.attention.steps.question import MASKS, Cell, StepsQuestion, example, read_words
    from core.attention.steps.rules import fitting, open_number
    from core.attention.steps.trace import steps
    from core.opened import latex, wire

    dice = random.Random(5)
    words = read_words(example("en")[0])
    matrices = "E P X EC PC C Wq Wk Wv Q K V S scaled masked exp A Z Wo O".split()
    for made in range(COUNT):
        name = matrices[made % len(matrices)]
        cross = name in ("EC", "PC", "C") or dice.random() < 0.3
        heads = dice.choice([1, 2, 4])
        head = dice.randrange(heads) if name in ("S", "scaled", "masked", "exp", "A") else 0
        cell = Cell(name, head, dice.randrange(6), dice.randrange(5))
        edit = Cell("Q", 0, dice.randrange(4), dice.randrange(8))
        question = StepsQuestion(
            words[: dice.randint(6, 10)],
            ("one", "two", "three", "mat", "cat", "it") if cross else (),
            "cross" if cross else "self",
            dice.choice(["hand", "random"]),
            seed=made,
            positions=name in ("P", "PC") or dice.random() < 0.5,
            scaled=dice.random() < 0.7,
            mask=dice.choice(["none", "padding"] if cross else MASKS),
            temperature=dice.choice([0.5, 1.0, 2.0]),
            heads=heads,
            edits=((edit, 1.5), (cell, -0.75))[: 2 if made % 9 == 8 else 1]
            if name not in ("P", "PC", "exp") and dice.random() < 0.4
            else (),
            place=cell,
        )
        run = steps(question)
        cell = fitting(run, cell)
        shown = open_number(run, cell)
        yield {
            "cell": f"{cell} {question.kind} {question.mask} {question.heads}",
            "value": None if shown.value == float("-inf") else shown.value,
            "latex": latex(shown),
            "program": text(program(run, cell)),
            "working": shortened(wire(shown)),
        }


@page("attention-in-a-trained-model")
def _trained() -> Iterator[Said]:
    from core.attention.trained import lesson as trained_lesson
    from core.attention.trained import program
    from core.attention.trained.question import ReferentQuestion
    from core.attention.trained.shipped import EXAMPLES, network
    from core.opened import latex

    dice = random.Random(6)
    for made in range(COUNT):
        sentence = EXAMPLES["en"][made % len(EXAMPLES["en"])]
        model = dice.choice(["2x4", "1x1"])
        shape = network(model).model.shape
        words = len(sentence.split())
        place = {
            "layer": dice.randrange(shape["layers"]),
            "head": dice.randrange(shape["heads"]),
            "from": dice.randrange(words),
            "to": dice.randrange(words),
        }
        cuts = [{"to": dice.randrange(words)}] if dice.random() < 0.3 else []
        asked = {"sentence": sentence, "model": model, "cell": place, "cuts": cuts}
        question = ReferentQuestion.read(asked | {"renormalise": dice.random() < 0.5})
        found = trained_lesson.seen(question)
        weight = found.numbers.open_weight()
        yield {
            "cell": f"{model} {list(place.values())} {cuts}",
            "value": weight.value,
            "latex": latex(weight),
            "program": text(program.picture(question)),
            "number": text(program.number(found.numbers, weight, question)),
            "working": shortened(found.cell),
        }


@page("transformer")
def _transformer() -> Iterator[Said]:
    from core.language.transformer import lesson, numbers, program
    from core.language.transformer.answer import reply
    from core.language.transformer.networks import network
    from core.language.transformer.question import DecodingQuestion
    from core.language.transformer.tasks import task
    from core.language.transformer.views import names
    from core.opened import latex, wire

    dice = random.Random(7)
    sentence = task("en-ko").examples[0]
    shipped = network("en-ko")
    blocks = names(shipped.shape["layers"])
    for made in range(COUNT):
        block = blocks[made % len(blocks)]
        asked = {"task": "en-ko", "text": sentence, "block": block}
        asked |= {"head": dice.randrange(shipped.shape["heads"])}
        matrices = reply(shipped.model, DecodingQuestion.read(asked))["block"]["matrices"]
        matrix = dice.choice(matrices)
        rows, columns = matrix["values"].shape
        cell = {"row": dice.randrange(rows), "column": dice.randrange(columns)}
        cell |= {"matrix": matrix["name"]}
        found = lesson.number(DecodingQuestion.read(asked | {"cell": cell}))
        yield {
            "cell": f"{block} {asked['head']} {list(cell.values())}",
            "value": found.shown.value,
            "total": found.shown.total,
            "latex": latex(found.shown),
            "program": text(program.number(found)),
            "working": shortened(wire(found.shown, whole=numbers.WHOLE)),
        }


@page("bert")
def _bert() -> Iterator[Said]:
    from core.language.bert import numbers
    from core.language.bert.numbers import NumberQuestion
    from core.opened import latex, wire

    dice = random.Random(9)
    pair = {"text": "the rose was withered.", "next": "he sighed and left the garden."}
    games: list[tuple[dict[str, Any], tuple[str, ...]]] = [
        ({"game": "hidden", **pair, "hide": [4, 7]}, ("both", "left")),
        ({"game": "draw", **pair, "share": 0.4}, ("draw",)),
        ({"game": "follows", **pair}, ("both",)),
        ({"game": "sentiment", "text": "the soup was tasty."}, ("pretrained", "scratch")),
        ({"game": "answer", "question": "who?", "passage": "tom read."}, ("frozen",)),
        ({"game": "write", "text": "mina ate", "temperature": 0.7}, ("left", "fill", "left_nats")),
    ]
    for made in range(COUNT):
        about, nets = games[made % len(games)]
        asked = {"about": about, "place": {"net": dice.choice(nets), "step": dice.randrange(3)}}
        first = numbers.number(NumberQuestion.read(asked))
        array = dice.choice(list(first.rules.by_name))
        index = [dice.randrange(size) for size in first.trace[array].shape]
        asked["place"] |= {"array": array, "index": index}
        found = numbers.number(NumberQuestion.read(asked))
        yield {
            "cell": f"{about['game']} {list(vars(found.place).values())}",
            "value": None if found.shown.value == float("-inf") else found.shown.value,
            "latex": latex(found.shown),
            "program": text(numbers.program(found)),
            "working": shortened(wire(found.shown)),
        }


@page("words-as-vectors")
def _vectors() -> Iterator[Said]:
    from core.language.embeddings.inspections import inspections
    from core.language.embeddings.job import JOB, model_of
    from core.language.embeddings.setting import VectorsSetting

    dice = random.Random(8)
    kinds: list[dict[str, Any]] = [
        {"method": "skip_gram", "objective": "softmax"},
        {"method": "skip_gram", "objective": "negative"},
        {"method": "cbow", "objective": "softmax"},
        {"method": "glove"},
        {"method": "ppmi_svd"},
    ]
    asking = inspections(model_of)
    for made in range(COUNT):
        kind = kinds[made % len(kinds)]
        setting = VectorsSetting(**kind, dimension=10, epochs=1, seed=made)
        state = JOB.start(setting)[0]
        words = setting.corpus().words
        context = dice.sample(words[:60], 4 if kind["method"] == "cbow" else 1)
        query = {"centre": dice.choice(words[:60]), "context": ",".join(context)}
        shown = asking["opened"](setting, state, query)
        shown.pop("words")
        yield {
            "cell": f"{kind} {query}",
            "value": shown.get("loss"),
            "working": shortened(shown),
        }
