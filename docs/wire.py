"""Writes the types of what travels between pages and pictures: `python -m docs.wire`.

Each page is run as it is, in English, and each live route is asked; what was sent then is what the
types in pages/kit/wire.d.ts describe. So a word that a picture asks for and the page does not have
is an error of the type check, and so is a number under a name that no answer holds.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import streamlit as st

PLAIN = orjson.OPT_SERIALIZE_NUMPY
FILE = Path(__file__).parents[1] / "pages" / "kit" / "wire.d.ts"

HEAD = """\
// What travels between a page and its picture, and between a picture and the live routes.
// Written by `python -m docs.wire` from what is really sent; do not edit.

"""

ELSEWHERE = ("guess",)
"""What pages/kit/types.d.ts describes, since it is alike on every page."""
PICTURES = {
    # component: its name here
    "forward_pass_digit": "Digit",
    "forward_pass_photo": "Photo",
    "forward_pass_convolution": "Conv",
    "forward_pass_pooling": "Pool",
    "forward_pass_plain": "Plain",
    "forward_pass_shuffled": "Shuffled",
    "forward_pass_arch": "Arch",
    "forward_pass_arch_five": "Five",
    "forward_pass_arch_fair": "Fair",
    "forward_pass_pictures": "Pictures",
    "forward_pass_network": "Network",
    "forward_pass_cnn": "Cnn",
    "forward_pass_hand": "Hand",
    "forward_pass_sine": "Sine",
    "forward_pass_series": "Series",
    "forward_pass_cell": "Cell",
    "forward_pass_gradients": "Long",
    "forward_pass_adding": "Adding",
    "forward_pass_text": "Writing",
    "forward_pass_attention_steps": "Steps",
    "forward_pass_trained": "Trained",
    "forward_pass_trained_run": "TrainedRun",
    "forward_pass_encoder": "Encoder",
    "forward_pass_vectors": "Vectors",
    "forward_pass_transformer": "Transformer",
    "forward_pass_transformer_run": "TransformerRun",
    "forward_pass_bert": "Bert",
    "forward_pass_bert_run": "BertRun",
    "forward_pass_bert_real": "BertReal",
    "forward_pass_bert_tokens": "BertTokens",
}

VISITS = (
    # page, query
    ("draw-a-digit", {}),
    ("photographed-handwriting", {}),
    ("convolution-and-pooling", {}),
    ("convolution-and-pooling", {"tab": "pooling"}),
    ("convolution-and-pooling", {"tab": "plain"}),
    ("lenet-alexnet-vgg", {}),
    ("real-pictures", {}),
    ("train-a-cnn", {}),
    ("train-a-cnn", {"tab": "hand"}),
    ("sine-live", {}),
    ("sine-live", {"data": "stocks"}),
    ("sine-live", {"data": "weather", "series_number": "lstm.error.3.1.2"}),
    ("inside-the-cell", {}),
    ("long-dependencies", {}),
    ("text-that-writes-itself", {}),
    ("attention-step-by-step", {}),
    ("attention-step-by-step", {"edits": "Q.0.1.2=-3.5"}),
    ("attention-in-a-trained-model", {}),
    ("attention-in-a-trained-model", {"head": "1.2", "cell": "8.2", "cuts": "x.x.8.2_1.2.x.x"}),
    ("attention-in-a-trained-model", {"number": "layer_0_attention_q.1.8.2"}),
    ("attention-in-a-trained-model", {"head": "1.2", "cell": "8.2", "cuts": "x.x.x.2"}),
    ("attention-in-a-trained-model", {"tab": "train"}),
    ("attention-in-a-trained-model", {"tab": "encoder"}),
    ("words-as-vectors", {}),
    ("transformer", {}),
    ("transformer", {"prefix": "고양이", "cell": "weights.1.2"}),
    ("transformer", {"tab": "train"}),
    ("bert", {}),
    ("bert", {"tab": "tune"}),
    ("bert", {"tab": "real"}),
    ("bert", {"tab": "tokens"}),
)


def main() -> None:
    """Write the file; with --check only say whether it is current."""
    text = written()
    if "--check" not in sys.argv:
        FILE.write_text(text, encoding="utf-8")
    elif text != FILE.read_text(encoding="utf-8"):
        sys.exit("pages/kit/wire.d.ts is not current: python -m docs.wire")


def written() -> str:
    """The types of all that was sent."""
    sent = visited()
    types = Types()
    for component in [*PICTURES, *sorted(set(sent) - set(PICTURES))]:
        types.root(f"{_name(component)}Data", sent[component])
    for name, values in [*answers(sent).items(), *saved().items()]:
        types.root(name, values)
    return HEAD + types.text()


def _name(component: str) -> str:
    """A picture's name here: as listed, or its own in capitals."""
    own = component.removeprefix("forward_pass_").title().replace("_", "")
    return PICTURES.get(component, own)


# -- what is sent -------------------------------------------------------------------------------


def visited() -> dict[str, list[Any]]:
    """What each component was sent when each page was shown once.

    Must run before any page is imported: it takes the place of the components.
    """
    sent: dict[str, list[Any]] = {}

    def component(name: str, **_: Any) -> Callable[..., None]:
        def mount(*, data: Any = None, **_: Any) -> None:
            # where our routes begin the browser adds itself: see pages/kit/assets.py
            told = {key: value for key, value in data.items() if key not in ELSEWHERE}
            sent.setdefault(name, []).append(json.loads(json.dumps({**told, "base": ""})))

        return mount

    st.components.v2.component = component  # type: ignore[assignment]
    from streamlit.testing.v1 import AppTest

    from pages.registry import PAGES

    others = [(page.path, {}) for page in PAGES if (page.path, {}) not in VISITS]
    for path, query in (*VISITS, *others):
        app = AppTest.from_function(_page, kwargs={"path": path}, default_timeout=120)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if app.exception:
            raise RuntimeError(f"{path} {query}: {app.exception[0].message}")
    return sent


def _page(path: str) -> None:
    from pages.registry import PAGES

    next(entry for entry in PAGES if entry.path == path).module.page()


def answers(sent: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """What the live routes answer to the questions of the pictures' first views."""
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from pages.kit import routes
    from pages.registry import PAGES

    by_name: dict[str, list[Any]] = {}
    client = TestClient(Starlette(routes=[*routes.served(routes.of(PAGES))]))
    for name, path, question in questions({key: data[0] for key, data in sent.items()}):
        address = f"/forward-pass/{path}"
        answer = client.get(address) if question is None else client.post(address, json=question)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.text}")
        by_name.setdefault(name, []).append(_read(answer.content))
    return by_name


def _read(body: bytes) -> Any:
    """JSON, or the JSON head of a binary answer."""
    if body[:1] in b"{[":
        return json.loads(body)
    (length,) = struct.unpack("<I", body[:4])
    return json.loads(body[4 : 4 + length])


BLANK = "A" * 1046
"""A picture without ink, as it travels."""
WORD_VIEWS = ("words", "similar", "map", "tsne", "window", "counts")
SUM = ("king", "man", "woman")
PAIR = {"centre": "king", "context": "palace"}
SAVED: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    # name of the answer, shipped run, what is computed of its last state, query
    ("CellReading", "words_race", "reading", {}),
    ("CellGates", "words_race", "gates", {}),
    ("CellGates", "sine_race", "gates", {}),
    ("WritingSampleAnswer", "text_en", "sample", {}),
    ("WritingUnitsAnswer", "text_en", "units", {}),
    ("WritingReachAnswer", "text_en", "reach", {}),
    ("ShapeAnswer", "cnn_run", "shape", {}),
    ("MapsAnswer", "cnn_run", "maps", {"image": BLANK}),
    ("KernelAnswer", "cnn_run", "kernel", {"layer": "conv2", "in": "1"}),
    ("AugmentedAnswer", "cnn_run", "augmented", {"image": BLANK}),
    ("CountedAnswer", "cnn_run", "confusion", {}),
    ("DigitsAnswer", "cnn_run", "mistakes", {}),
    ("RescoredAnswer", "cnn_run", "rescored", {}),
    ("RescoredAnswer", "cnn_run", "rescored", {"edits": '{"stride": {"conv1": 2}}'}),
    ("TaughtAnswer", "hand_run", "said", {"image": BLANK}),
    *((f"Vectors{name.title()}Answer", "vectors_skip_gram_en", name, {}) for name in WORD_VIEWS),
    ("VectorsNearAnswer", "vectors_skip_gram_en", "near", {"word": "king"}),
    ("VectorsAnalogyAnswer", "vectors_skip_gram_en", "analogy", dict(zip("abc", SUM, strict=True))),
    ("VectorsCellAnswer", "vectors_skip_gram_en", "cell", {"row": "king", "column": "palace"}),
    ("VectorsCellAnswer", "vectors_ppmi_svd_en", "cell", {"row": "king", "column": "palace"}),
    ("VectorsSampledStep", "vectors_skip_gram_en", "opened", PAIR),
    ("VectorsGloveStep", "vectors_glove_en", "opened", PAIR),
    ("VectorsPpmiStep", "vectors_ppmi_svd_en", "opened", PAIR),
)


def saved() -> dict[str, list[Any]]:
    """What shipped runs answer about a saved state."""
    from core.address import find
    from core.training import shipped
    from core.training.jobs import JOBS

    by_name: dict[str, list[Any]] = {}
    for name, recording, view, query in SAVED:
        run = shipped.load(recording)
        job = find(JOBS[run.job])
        answer = job.inspections[view](job.read(run.config), run.saved[-1].state, query)
        by_name.setdefault(name, []).append(json.loads(orjson.dumps(answer, option=PLAIN)))
    return by_name


Asked = tuple[str, str, Any]


def questions(sent: dict[str, Any]) -> Iterator[Asked]:
    """(name of the answer, address, question): as the pictures ask them."""
    digit = sent["forward_pass_digit"]["view"]
    drawing = digit["drawing"]
    about = {"drawing": drawing, "model": "notes", "stages": digit["stages"], "off": {}}
    for layer in ("input", "conv1", "relu1", "pool1", "conv2", "fc1", "logits", "probabilities"):
        place = {"layer": layer, "map": 0, "row": 0, "column": 0}
        yield "Trace", "trace", {**about, "place": place, "strip": layer == "conv1"}
    yield "Reasons", "why", about
    yield "StrokesAnswer", "strokes", about
    yield "PhotoAnswer", "photo", {"corrected": [{"row": 100, "column": 120, "label": 3}]}
    yield "PhotoAnswer", "photo", {"threshold": 0.95}
    conv = {**sent["forward_pass_convolution"]["view"]}
    del conv["opened"]  # asked for on its own
    for change in ({}, {"transposed": True}, {"after": "relu"}):
        yield "ConvAnswer", "convolution", {**conv, **change, "only_cell": False, "turn": 0}
    pool = {**sent["forward_pass_pooling"]["view"]}
    del pool["opened"]
    setting = {key: pool.pop(key) for key in ("kind", "window", "stride", "padding", "ceil")}
    for kind, view in (("max", "gradient"), ("average", "lost"), ("max", "shift")):
        question = {**pool, "setting": {**setting, "kind": kind}, "view": view, "drawing": drawing}
        yield "PoolAnswer", "pooling", question
    plain = dict(sent["forward_pass_plain"]["view"])
    shuffle = plain.pop("shuffle")
    del plain["number"]  # asked for on its own
    yield "PlainAnswer", "plain", {"layers": plain, "shuffle": shuffle, "drawing": drawing}
    for net in ("lenet5", "alexnet", "vgg16"):
        yield "ArchAnswer", f"architecture/{net}", None
    yield "StacksAnswer", "architectures/stacks", {"net": "lenet5", "drawing": drawing}
    yield "FairAnswer", "fair", None
    yield "NetworksAnswer", "pictures/networks", None
    pictures = {"network": "lite0", "picture": "cat"}
    yield "PicturesAnswer", "pictures/answer", pictures
    one = {**pictures, "array": "stem_conv", "map": 0}
    yield "PicturesPeaksAnswer", "pictures/peaks", {**one, "own": []}
    for method in ("gradcam", "occlusion"):
        heat = {**pictures, "method": method, "target": 282}
        yield "PicturesHeatAnswer", "pictures/heat", heat
    own = {"net": "simple", "drawing": drawing, "scale": "signed", "layer": "layer_1"}
    yield "NetworkAnswer", "networks/pass", own
    yield "NetworkAnswer", "networks/pass", {"net": "it", "layer": "layer_1"}
    yield "NetworkScore", "networks/score", {"net": "lenet5", "scale": "signed"}
    yield "FiveAnswer", "architectures/drawing", {"drawing": drawing, "stage": "last"}
    long = sent["forward_pass_gradients"]["view"]
    yield (
        "LongAnswer",
        "gradients",
        {
            key: long[key]
            for key in long
            if key in ("length", "forget_bias", "scale", "hidden", "seed")
        },
    )
    steps = sent["forward_pass_attention_steps"]
    about = {"words": steps["example"][0], "context": steps["example"][1], "edits": []}
    view = {key: value for key, value in steps["view"].items() if key != "edits"}
    edits = [[{"matrix": "Q", "head": 0, "row": 1, "column": 2}, -3.5]]
    kinds = {"kind": "cross", "positions": True, "edits": edits, "words": "it blorps"}
    for matrix in ("P", "C", "Q"):
        place = {"matrix": matrix, "head": 0, "row": 1, "column": 2}
        yield "StepsAnswer", "attention/steps", {**view, **about, **kinds, "place": place}
    for matrix in ("E", "Wq", "Q", "S", "scaled", "masked", "exp", "A", "Z", "O"):
        place = {"matrix": matrix, "head": 0, "row": 1, "column": 1}
        yield "StepsAnswer", "attention/steps", {**view, **about, "place": place}
    trained = sent["forward_pass_trained"]["view"]
    question = {
        "sentence": trained["sentence"],
        "model": trained["model"],
        "renormalise": trained["renormalise"],
        "maps": "weights",
        "head": {"layer": 0, "head": 0},
    }
    cell = {"layer": 0, "head": 0, "from": 0, "to": 1}
    yield "TrainedAnswer", "attention/trained", {**question, "cuts": [], "cell": None}
    cuts = [{"layer": 0, "head": 0}]
    yield "TrainedAnswer", "attention/trained", {**question, "cuts": cuts, "cell": cell}
    for array, index in (("logits", [0, 1]), ("probabilities", [0, 1]), ("norm_out", [0, 1])):
        number = {"array": array, "index": index}
        yield "TrainedAnswer", "attention/trained", {**question, "cell": cell, "number": number}
    question["sentence"] = "the cat sat"
    yield "TrainedAnswer", "attention/trained", {**question, "cuts": [], "cell": None}
    transformer = sent["forward_pass_transformer"]
    view = {
        key: transformer["view"][key] for key in ("beams", "temperature", "seed", "head", "top_k")
    }
    text = transformer["tasks"][0]["examples"][0]
    for mode in ("greedy", "beam", "sample"):
        yield (
            "TransformerAnswer",
            "language/transformer",
            {
                **view,
                "task": transformer["tasks"][0]["name"],
                "text": "cat" if mode == "sample" else text,  # no sentence: it has no truth
                "mode": mode,
                "prefix": [],
                "block": {"greedy": "decoder.0.cross", "beam": "encoder.0.feed"}.get(mode),
                "cell": None,
            },
        )
    bert = sent["forward_pass_bert"]
    about = {"language": bert["model"]}
    hidden = bert["examples"]["hidden"][0]
    pair = {"text": hidden["text"], "next": hidden["next"]}
    yield "HiddenAnswer", "bert/answer", {**about, **pair, "game": "hidden", "hide": hidden["hide"]}
    masked = {**about, "game": "hidden", "text": f"{hidden['text']} [MASK]"}
    yield "HiddenAnswer", "bert/answer", masked
    for array, index in (("logits", [1, 2]), ("layer_0_attention_weights", [0, 1, 2])):
        place = {"array": array, "index": index}
        yield "NumberAnswer", "bert/number", {"about": masked, "place": place}
    draw = {"game": "draw", "seed": 1, "share": 0.15}
    yield "DrawAnswer", "bert/answer", {**about, **pair, **draw}
    follows = bert["examples"]["follows"][0]
    pair = {"text": follows["text"], "next": follows["next"]}
    yield "FollowsAnswer", "bert/answer", {**about, **pair, "game": "follows"}
    review = {"game": "sentiment", "text": bert["examples"]["sentiment"][0]["text"]}
    yield "SentimentAnswer", "bert/answer", {**about, **review}
    row = bert["examples"]["answer"][0]
    row = {"question": row["question"], "passage": row["passage"]}
    yield "SpanAnswer", "bert/answer", {**about, **row, "game": "answer"}
    tokens = sent["forward_pass_bert_tokens"]
    cut = {"language": tokens["model"], "sentence": tokens["sentence"]}
    for step in (0, 5):
        yield "TokensAnswer", "bert/tokens", {**cut, "step": step}
    write = {"game": "write", "length": 6, "seed": 0, "temperature": 1.0}
    yield "WriteAnswer", "bert/answer", {**about, "text": hidden["text"].split()[0], **write}


# -- what it looks like ---------------------------------------------------------------------------

HINTS = {
    # fields that are empty or null in all that is sent here
    "hidden": "string[]",
    "unknown": "string[]",
    "seen": "number[]",
    "card": "any",
}
READ = {
    # what a picture adds when it reads the bytes behind the head of a binary answer
    "TraceLayer": ("codes: Int8Array",),
    "TraceStrip": ("codes: Uint8Array",),
    "ConvAnswerInput": ("values: Float32Array",),
    "ConvAnswerOutput": ("values: Float32Array",),
}
SHARED = {"TrainingWords": "lookingBack"}
"""Interfaces of what those with such a field have in common."""
MAPS = frozenset(
    {"DigitViewStages", "DigitShapes", "CellGatesCells", "CellGatesCell", "CellGatesPrediction"}
)
"""Tables that are looked up by a computed name, besides those of sentences and of alike things."""


class Types:
    """Interfaces for values, each shape once."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}
        self._texts: list[str] = []

    def text(self) -> str:
        """All interfaces, in the order in which they were found; what many share is one of them."""
        texts = self._texts
        for name, field in SHARED.items():
            members = [text for text in texts if f"\n  {field}: " in text]
            lines = members[0].split("\n")[1:-2]
            alike = [line for line in lines if all(f"\n{line}\n" in text for text in members)]
            base = "\n".join([f"interface {name} {{", *alike, "}\n"])
            texts = [_extending(text, name, alike) if text in members else text for text in texts]
            texts.insert(0, base)
        return "\n".join(texts)

    def root(self, name: str, values: list[Any]) -> None:
        """An interface of this name for values that are alike."""
        body = self._body(name, values)
        self._texts.append(f"interface {name} {body}\n")

    def of(self, name: str, values: list[Any]) -> str:
        """The type of some values that stand in the same place."""
        kinds: dict[str, list[Any]] = {}
        for value in values:
            kinds.setdefault(_kind(value), []).append(value)
        if set(kinds) == {"null"}:
            return "any"
        written = [self._one(kind, name, same) for kind, same in sorted(kinds.items())]
        return " | ".join(sorted(set(written), key=lambda text: (text == "null", text)))

    def _one(self, kind: str, name: str, values: list[Any]) -> str:
        if kind == "list":
            return self._list(name, values)
        if kind == "dict":
            return self._dict(name, values)
        return kind

    def _list(self, name: str, values: list[Any]) -> str:
        if (length := _tuple(values)) is not None:
            places = (self.of(f"{name}{i}", [value[i] for value in values]) for i in range(length))
            return f"[{', '.join(places)}]"
        items = [item for value in values for item in value]
        if not items:
            return "any[]"
        inner = self.of(_single(name), items)
        return f"({inner})[]" if " | " in inner else f"{inner}[]"

    def _dict(self, name: str, values: list[Any]) -> str:
        keys = {key for value in values for key in value}
        plain = all(re.fullmatch(r"[A-Za-z_]\w*", key) for key in keys)
        if not keys or not plain or name in MAPS or _table(values):
            items = [item for value in values for item in value.values()]
            return f"Record<string, {self.of(_single(name), items) if items else 'any'}>"
        body = self._body(name, values)
        if body not in self._named:
            self._named[body] = name
            self._texts.append(f"interface {name} {body}\n")
        return self._named[body]

    def _body(self, name: str, values: list[dict[str, Any]]) -> str:
        lines = []
        for key in dict.fromkeys(key for value in values for key in value):
            there = [value[key] for value in values if key in value]
            optional = "?" if len(there) < len(values) else ""
            hint = HINTS.get(key, "") if key == "card" or not any(there) else ""
            written = hint or self.of(name.removesuffix("Data") + _camel(key), there)
            lines.append(f"  {key}{optional}: {written};\n")
        lines += [f"  {field};\n" for field in READ.get(name, ())]
        return "{\n" + "".join(lines) + "}"


def _extending(text: str, base: str, fields: list[str]) -> str:
    head, *lines = text.split("\n")
    rest = [line for line in lines if line not in fields]
    return "\n".join([head.replace(" {", f" extends {base} {{"), *rest])


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else type(value).__name__


def _tuple(values: list[list[Any]]) -> int | None:
    """The length of lists whose places mean different things, such as [name, count]."""
    lengths = {len(value) for value in values}
    if len(lengths) != 1 or not 2 <= (length := lengths.pop()) <= 4:
        return None
    kinds = [{_kind(value[i]) for value in values} - {"null"} for i in range(length)]
    same = all(kind == kinds[0] for kind in kinds)
    return None if same and not (len(values) > 1 and kinds[0] == {"string"}) else length


def _table(values: list[dict[str, Any]]) -> bool:
    """Whether the names are data too: sentences or alike things, each under a name."""
    items = [item for value in values for item in value.values()]
    if all(isinstance(item, str) for item in items):
        return True
    keys = {tuple(item) if isinstance(item, dict) else None for item in items}
    return len(items) > len(values) and len(keys) == 1 and keys != {None}


def _camel(key: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in key.split("_"))


def _single(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


if __name__ == "__main__":
    main()
