"""What a hand draws, in time: the places of the pen, and the questions that the page asks."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import orjson

from core.vision.hand import sample

Path = list[list[int]]


@lru_cache(maxsize=64)
def strokes(number: int, moves: int) -> list[Path]:
    """A sample with about `moves` places of the pen, evenly apart, in canvas units."""
    paths = [stroke.astype(float) for stroke in sample(number).strokes]
    lengths = [float(np.hypot(*np.diff(path, axis=0).T).sum()) for path in paths]
    return [
        _even(path, max(2, round(moves * length / sum(lengths))))
        for path, length in zip(paths, lengths, strict=True)
    ]


def _even(path: np.ndarray, count: int) -> Path:
    along = np.append(0, np.cumsum(np.hypot(*np.diff(path, axis=0).T)))
    at = np.linspace(0, along[-1], count)
    places = np.stack([np.interp(at, along, axis) for axis in path.T], axis=1)
    places_of_pen: Path = np.rint(places).astype(int).tolist()
    return places_of_pen


@lru_cache(maxsize=64)
def questions(number: int, moves: int) -> list[tuple[bytes, bytes]]:
    """What the page posts while a sample is drawn, place by place: without the strip, and with."""
    so_far: list[Path] = []
    bodies = []
    for path in strokes(number, moves):
        so_far.append([])
        for place in path:
            so_far[-1].append(place)
            question = {
                "drawing": so_far,
                "model": "ours",
                "stages": {"crop": True, "fit": True, "centre": True, "pen": True},
                "off": {},
                "place": {"layer": "conv1", "map": 12, "row": 14, "column": 9},
            }
            plain, full = (orjson.dumps(question | {"strip": on}) for on in (False, True))
            bodies.append((plain, full))
    return bodies
