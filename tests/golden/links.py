"""Lesson links as they were recorded, and the texts to record them from.

`python -m tests.golden.links` writes `links.json` again, for a field that is new.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from core.schema import Choice, Flag, Number, Text, Whole
from core.vision.drawing import Drawing
from pages import registry

FILE = Path(__file__).with_suffix(".json")
DRAWN = Drawing.of([[[0.3, 0.2], [0.5, 0.9]]]).encode()
MATRIX = "1 2;3 4"
SAMPLES = {
    "drawing": ("", DRAWN, "sample", "sampl", "%%%"),
    "stages": ("", "crop", "fit,centre", "crop,fit,centre,pen", "pen,crop", "ink"),
    "place": (
        *("", "conv2.5.3.3", "fc1.300", "fc1.03", "conv1.9.13", "0.13.14", "1.0.0", "c.1.0.7"),
        *("candidate.0.12.30", "forget.0.03.0", "A.0.7.1", "Q.0.1.2", "A.3.1.1", "B.0.0.0"),
    ),
    "off": ("conv1.3.17", "conv1.3.17,conv2.5", "conv2.5,conv1.3", "conv1.3.3", "fc1.2"),
    "matrix": (MATRIX, "1 2;3", "0 0 0 0;0 1 1 0;0 1 1 0;0 0 0 0", "a b;c d"),
    "pool_matrix": (MATRIX, "1 3 2 1;2 9 1 1;1 3 2 3;5 6 1 2", "x"),
    "filters": ("identity", "sobel_x,sobel_y", "ours.conv1.3", "sobel_z", ",".join(["box"] * 9)),
    "padding": ("0", "3", "same", "valid", "9", "full", "01"),
    "bias": ("0.5", ",0.5", "1,-2.5,", "1e3", "x", "1,2,3,4,5,6,7"),
    "edits": (
        *("0.0.1.2=-0.5", "0.0.0.0=1,0.0.2.2=3.25", "0.0.1=5", "Q.0.7.1=-0.5", "X.0.0.0=101"),
        *("A.0.1.0=0.25,S.0.2.2=-3.0", "P.0.0.0=1.0"),
    ),
    "values": (
        *(",".join(str(i * i % 7) for i in range(60)), "1.5,2,3.25", "1,,2", "1,a", "1", "2e12,1"),
    ),
    "words": ("The cat sat", "one " * 11, "  two   words", "고양이가 앉았다"),
    "context": ("A dog ran", "x" * 31),
    "head": ("1.1", "2.4", "0.1", "2", "1.x"),
    "enc_head": ("1.1", "12.12", "0.0"),
    "cell": ("8.2", "1.1", "8"),
    "cuts": ("x.x.8.2_2.1.x.x", "1.1.x.x", "x.x.x", "1.1.1.0"),
    "text": ("A cat sat. A dog ran.", "#2", "왕 - 남자", "two\nlines"),
    "covered": ("1", "1.4", "x", "none", "0", "4.1", "1,4"),
    "real_hide": ("1", "2.5", "x", "none"),
    "picture": (),
    "corrected": ("120.88.7", "120.88.-1,300.40.3", "1.2", "x"),
    "number": ("scores.10.3", "probabilities.1.2", "", "1.2", "h.x"),
}
"""Texts of fields with a codec of their own, readable and not."""
TEXTS = ("", "cat", "고양이 & dog", "#2", "a" * 41, "a" * 402, "two\nlines", "100%=+")
RUBBISH = ("", "maybe", "nan", "inf", "1e400", "-1", "1.5", "1_000", " 3", "٣", "9" * 20, "true")


def record() -> dict[str, Any]:
    """What each page's table makes of its samples today."""
    return {
        entry.path: {
            "fields": {name: facts(field) for name, field in entry.table.fields.items()},
            "links": [
                query if found == (query, []) else [query, *found]
                for query in _queries(entry.table)
                for found in [answer(entry.table, query)]
            ],
        }
        for entry in registry.PAGES
        if entry.table
    }


def facts(field: Any) -> list[Any]:
    """What a control and a link know of a field: default, bounds, step, choices, in a link?"""
    known = vars(field.kind)
    high = known.get("high", known.get("longest"))
    choices = [str(option) for option in known.get("options", ())]
    default = field.format(field.default)
    return [default, known.get("low"), high, known.get("step"), choices, field.linked]


def answer(table: Any, query: str) -> tuple[str, list[str]]:
    """The link that opens what a link has opened, and what was ignored with its reason."""
    values, hidden, ignored = table.read(dict(parse_qsl(query, keep_blank_values=True)))
    link = urlencode(table.link(values, hidden))
    return link, [f"{part.name}={part.text}: {part.reason}" for part in ignored]


def _queries(table: Any) -> Iterator[str]:
    draw = random.Random(table.page)
    good = {name: list(_good(field, draw)) for name, field in table.fields.items()}
    yield ""
    for name, texts in good.items():
        for text in (*texts, draw.choice(RUBBISH)):
            yield urlencode({name: text})
    for _ in range(12):
        some = [name for name in good if good[name] and draw.random() < 0.4]
        state = {name: draw.choice(good[name]) for name in some}
        state = {name: text for name, text in state.items() if len(text) < 40}
        if draw.random() < 0.3:
            state["hide"] = ",".join(draw.sample([*good, "nothing"], 2))
        yield urlencode(state)
    yield urlencode({"lang": "ko", "present": "1", "unknown": "3", "hide": "unknown"})


def _good(field: Any, draw: random.Random) -> Iterator[str]:
    if field.name in SAMPLES:
        yield from SAMPLES[field.name]
        return
    match field.kind:
        case Choice(options):
            yield from map(str, options)
        case Text():
            yield from draw.sample(TEXTS, 2)
        case Flag():
            yield from "01"
        case Whole(low, high):
            yield from map(str, (low, high, draw.randint(low, high), low - 1, high + 1))
        case Number(low, high):
            yield from map(repr, (low, high, draw.uniform(low, high), high + 1.0))
        case _:
            raise AssertionError(f"No sample of {field.name}.")


def dumped(found: dict[str, Any]) -> str:
    """A line for each link."""
    lines = []
    for path, page in found.items():
        fields = ",\n".join(
            f"   {json.dumps(name)}: {json.dumps(known, ensure_ascii=False)}"
            for name, known in page["fields"].items()
        )
        links = ",\n".join(
            "   " + json.dumps(each, ensure_ascii=False, separators=(",", ":"))
            for each in page["links"]
        )
        body = f'  "fields": {{\n{fields}\n  }},\n  "links": [\n{links}\n  ]'
        lines.append(f" {json.dumps(path)}: {{\n{body}\n }}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(dumped(record()), encoding="utf-8")
