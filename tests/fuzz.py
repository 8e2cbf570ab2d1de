"""Questions for every route of the dashboard: valid ones, and what becomes of them by chance.

`python -m benchmarks faults.fuzz_posts` asks many, tests/faults/test_fuzz.py a few.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from starlette.routing import BaseRoute, Route

from core.schema import Table
from core.training import export
from core.vision.finetune.example import strange
from core.vision.hand import sample
from core.vision.ink import as_text
from pages import registry
from pages.kit import assets, recall, routes
from pages.kit.room import api as room
from pages.kit.routes import Live
from pages.kit.run import api as runs
from tests.golden.links import RUBBISH, SAMPLES, TEXTS

OWNER = "somebody-who-asks-by-chance"
DRAWING = sample(3).lists()
SHOWN = {"drawing": DRAWING, "place": {"layer": "conv2", "map": 3, "row": 4, "column": 5}}
STEPS: dict[str, Any] = {"words": "the fox ran", "kind": "self", "heads": 4, "mask": "causal"}
STEPS["place"] = {"matrix": "Q", "head": 0, "row": 1, "column": 2}
SENTENCE: dict[str, Any] = {"sentence": "the dog ate the pie because it was ripe", "model": "2x4"}
SENTENCE |= {"cuts": [{"layer": None, "head": None, "from": 6, "to": 1}]}
TRANSLATED = {"task": "sort", "text": "3 1 2", "block": "softmax", "head": 1}
HIDDEN: dict[str, Any] = {"text": "the soup was warm", "hide": [2]}
GRADIENT = {"length": 12, "forget_bias": 1.5, "scale": 0.9, "hidden": 7, "seed": 3}
CELLS = {"step": 5}
HAND = {"drawings": [[each.label, as_text(each.ink)] for each in strange(6, 1)], "data": "pen"}


@dataclass(frozen=True)
class Question:
    """One request.

    Attributes:
        path: its query left out.
        query: of the address.
        body: what is posted, as JSON; None: it is read.
        raw: the bytes that are posted instead.
        root: what the path is below.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Any = None
    raw: bytes | None = None
    root: str = assets.PREFIX

    @property
    def method(self) -> str:
        return "GET" if self.body is None and self.raw is None else "POST"

    @property
    def address(self) -> str:
        query = f"?{urlencode(self.query, errors='replace')}" if self.query else ""
        return f"{self.root}{quote(self.path, errors='replace')}{query}"

    @property
    def content(self) -> bytes | None:
        if self.raw is not None or self.body is None:
            return self.raw
        return json.dumps(self.body).encode()


SEEDS: tuple[Question, ...] = (
    Question("/trace", body=SHOWN),
    Question("/why", body={"drawing": DRAWING}),
    Question("/sample/17"),
    Question("/convolution", body={"source": "matrix", "matrix": "1 2 0;3 4 1;0 1 5", "stride": 2}),
    Question("/pooling", body={"drawing": DRAWING, "setting": {"kind": "average", "window": 3}}),
    Question("/plain", body={"drawing": DRAWING}),
    Question("/architecture/lenet5"),
    Question("/architectures/drawing", body={"drawing": DRAWING, "stage": "pool1"}),
    Question("/architectures/number", body={"drawing": DRAWING, "number": "vgg.logits.3"}),
    Question("/fair"),
    Question("/gradients", body=GRADIENT),
    Question("/gradients/number", body={"setting": GRADIENT, "number": CELLS}),
    Question("/attention/steps", body=STEPS),
    Question("/attention/trained", body=SENTENCE),
    Question("/attention/encoders"),
    Question("/language/transformer", body=TRANSLATED),
    Question("/language/transformer/score", body={"task": "sort", "part": "texts"}),
    Question("/attention/trained/score", body={"model": "1x1", "part": "hidden"}),
    Question("/bert/answer", body=HIDDEN),
    Question("/bert/score", body={"language": "ko", "part": "swapped"}),
    Question("/bert/number", body={"about": HIDDEN}),
    Question("/prepared", body={"drawing": DRAWING}),
    Question("/runs", (("owner", OWNER),)),
    Question("/runs", body={"owner": OWNER, "job": "hand", "config": HAND, "play": False}),
    Question("/runs", body={"owner": OWNER, "job": "sine", "config": {"hidden": 8}, "play": True}),
    Question("/engine"),
)
"""Each is answered as it is."""


def about(run: str) -> tuple[Question, ...]:
    """Questions about a run; whether they are answered depends on its state."""
    read = ("", "/at/1", "/look/weight", "/look/answer")
    read += tuple(f"/export/{kind}" for kind in export.KINDS)
    verbs: dict[str, dict[str, Any]] = {
        "play": {},
        "step": {"count": 2},
        "pause": {},
        "rate": {"learning_rate": 0.01},
        "fork": {"step": 1},
        "stop": {},
        "reset": {},
    }
    posted = [Question(f"/runs/{run}/{verb}", body=body) for verb, body in verbs.items()]
    adopt = Question("/adopt", body={"run": run, "step": 1})
    return (*(Question(f"/runs/{run}{path}") for path in read), *posted, adopt)


def of_routes(live: Iterable[Live | BaseRoute]) -> tuple[Question, ...]:
    """A question for every route, read and posted, with what it says of itself in its body.

    Whatever its address needs is made up, so that many are refused.
    """
    asked = []
    for each in live:
        body: Any = {}
        if isinstance(each, Live):
            record = getattr(each.question, "__self__", None)
            with suppress(TypeError, ValueError):  # it has fields without a default
                body = record().write() if isinstance(record, type) else {}
        for path in {route.path for route in routes.served([each]) if isinstance(route, Route)}:
            root = assets.PREFIX if path.startswith(assets.PREFIX) else ""
            below = re.sub(r"{\w+}", "nothing", path.removeprefix(root))
            asked += [Question(below, root=root), Question(below, body=body, root=root)]
    return tuple(asked)


EVERY: tuple[Live | BaseRoute, ...] = (
    *routes.of(registry.PAGES),
    recall.route(registry.PAGES),
    *runs.routes(),
    *room.routes(),
)
"""All that dashboard.py serves beside the pages."""
ROUTES = of_routes(EVERY)


STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, -(2**62), 1e308, -0.0, 0.5, 1e-300),
    *(
        "",
        " ",
        "0",
        "NaN",
        "x" * 5_000,
        "\0",
        "\N{HANGUL SYLLABLE GA}",
        "\N{PARTY POPPER}",
        "../..",
    ),
    *("'); import os; os.system('x", "<script>", "__class__", "\u2028", "1e999", "\u0661"),
    *([], {}, [[]], [{}], [None], {"": None}, [0] * 300, [[0, 0]] * 50, {"a": {"b": {"c": 1}}}),
)


def by_chance(chance: random.Random, seeds: Sequence[Question] = SEEDS) -> Question:
    """A valid question, or one that was changed in up to four places."""
    question = chance.choice(seeds)
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        question = _changed(chance, question)
    return question


def _changed(chance: random.Random, question: Question) -> Question:
    kind = chance.randrange(8)
    if question.method == "GET" or kind == 0:
        if question.query and kind < 5:
            query = list(question.query)
            at = chance.randrange(len(query))
            query[at] = query[at][0], str(chance.choice(STRANGE))[:2_000]
            return replace(question, query=tuple(query))
        if kind < 6:
            extra = chance.choice(("owner", "step", "index", "after", "word", "language", "x"))
            more = (extra, str(chance.choice(STRANGE))[:2_000])
            return replace(question, query=(*question.query, more))
        parts = question.path.split("/")
        parts[chance.randrange(1, len(parts))] = str(chance.choice(STRANGE))[:200]
        return replace(question, path="/".join(parts))
    if kind == 1:
        content = bytearray(question.content or b"")
        for _ in range(chance.randrange(1, 4)):
            if content:
                content[chance.randrange(len(content))] = chance.randrange(256)
        cut = chance.randrange(len(content) + 1) if chance.random() < 0.3 else len(content)
        return replace(question, raw=bytes(content[:cut]))
    body = copy.deepcopy(question.body)
    return replace(question, body=_mutated(chance, body))


def _mutated(chance: random.Random, value: Any) -> Any:
    """One place of a JSON value is another: replaced, repeated, left out, nested or renamed."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        name = chance.choice(sorted(value))
        match chance.randrange(5):
            case 0:
                del value[name]
            case 1:
                value[str(chance.choice(STRANGE))[:50]] = value[name]
            case _:
                value[name] = _mutated(chance, value[name])
        return value
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        match chance.randrange(5):
            case 0:
                del value[at]
            case 1:
                value.insert(at, copy.deepcopy(value[at]))
            case _:
                value[at] = _mutated(chance, value[at])
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and chance.random() < 0.5:
        return chance.choice((value + 1, value - 1, -value, value * 1000, value / 3, float(value)))
    return chance.choice((*STRANGE, [value], {"x": value}))


def link_by_chance(chance: random.Random, table: Table) -> dict[str, str]:
    """The query of a lesson link of a page, some of it readable and some of it not."""
    texts = (*TEXTS, *RUBBISH, *(str(value)[:300] for value in STRANGE))
    query = {}
    for name in chance.sample(sorted(table.fields), chance.randrange(len(table.fields) + 1)):
        field = table[name]
        own = (*SAMPLES.get(name, ()), field.format(field.default))
        query[name] = chance.choice(own if chance.random() < 0.6 else texts)
    if chance.random() < 0.3:
        query[str(chance.choice(STRANGE))[:60]] = chance.choice(texts)
    if chance.random() < 0.3:
        query["hide"] = chance.choice((*texts, ",".join(table.fields), next(iter(table.fields))))
    return query
