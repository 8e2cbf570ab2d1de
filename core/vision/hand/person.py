"""Who holds the pen: slant, size, place, tremble, haste."""

import numpy as np
from numpy.random import Generator

from core.vision.drawing import SIDE, Drawing
from core.vision.hand.curves import Stroke


def write(strokes: list[Stroke], r: Generator, neat: bool = False) -> Drawing:
    """The strokes as a person would draw them.

    Args:
        strokes: in the unit box, densely sampled.
        r: decides everything about the person; the same state gives the same drawing.
        neat: a steady hand in the middle of the canvas, for examples that are shown.
    """
    care = 0.35 if neat else 1.0
    points = [s.copy() for s in strokes]
    points = _shape(points, r, care)
    if not neat:
        points = hasty(points, r)
    points = _sampled(points, 160 if neat else int(np.exp(r.uniform(np.log(8), np.log(300)))), r)
    if not neat and r.random() < 0.08:  # a pen whose lifting nobody noticed
        points = [np.concatenate(points)]
    points = trembling(points, r, 0.3 if neat else r.choice([0.3, 1.0, 2.5], p=[0.4, 0.45, 0.15]))
    return _on_canvas(points, r, neat)


def _shape(strokes: list[Stroke], r: Generator, care: float) -> list[Stroke]:
    """Aspect, a smooth bend of the paper, slant and turn."""
    width = 0.62 * np.exp(r.normal(0, 0.22 * care))
    slant = np.clip(r.normal(0.1, 0.22 * care), -0.55, 0.75)
    turn = r.normal(0, 0.09 * care)
    waves = (
        r.normal(0, 0.026 * care, (4, 2)),
        r.uniform(0.3, 1.3, (4, 2)),
        r.uniform(0, 2 * np.pi, 4),
    )
    shifts = r.normal(0, 0.018 * care, (len(strokes), 2))
    shifts[0] = 0
    cos, sin = np.cos(turn), np.sin(turn)
    out = []
    for stroke, shift in zip(strokes, shifts, strict=True):
        p = stroke + shift
        for size, frequency, phase in zip(*waves, strict=True):
            p = p + np.sin(2 * np.pi * (stroke @ frequency) + phase)[:, None] * size
        x, y = (p[:, 0] - 0.5) * width, p[:, 1] - 0.5
        x = x - slant * y
        out.append(np.stack([cos * x - sin * y, sin * x + cos * y], axis=1))
    return out


def hasty(strokes: list[Stroke], r: Generator) -> list[Stroke]:
    """Ends too short or too long, hooks where the pen lands or leaves, gaps where it skips."""
    out: list[Stroke] = []
    for stroke in strokes:
        p = stroke
        if len(p) > 12 and r.random() < 0.3:
            p = p[
                r.integers(0, max(1, len(p) // 14)) : len(p) - r.integers(0, max(1, len(p) // 14))
            ]
        if r.random() < 0.2:
            p = np.concatenate([p, p[-1:] + (p[-1] - p[max(-3, -len(p))]) * r.uniform(0.5, 2.5)])
        if r.random() < 0.15:
            p = np.concatenate([p[:1] + r.normal(0, 0.03, 2), p])
        if r.random() < 0.12:
            p = np.concatenate([p, p[-1:] + r.normal(0, 0.035, 2)])
        if len(p) > 20 and r.random() < 0.06:
            cut = int(r.integers(6, len(p) - 6))
            out += [p[:cut], p[cut + int(r.integers(0, 2)) :]]
        else:
            out.append(p)
    return out


def _sampled(strokes: list[Stroke], total: int, r: Generator) -> list[Stroke]:
    """About `total` points in all, as a device reports them: evenly in time, not in space."""
    lengths = [float(np.hypot(*np.diff(s, axis=0).T).sum()) for s in strokes]
    whole = sum(lengths) or 1.0
    uneven, phase = r.uniform(0, 0.12), r.uniform(0, 2 * np.pi)
    out = []
    for stroke, length in zip(strokes, lengths, strict=True):
        count = max(2 if length < 0.25 else 3, round(total * length / whole))
        u = np.linspace(0, 1, count)
        u = np.clip(
            u + uneven * (np.sin(2 * np.pi * u + phase) - np.sin(phase)) / (2 * np.pi), 0, 1
        )
        along = np.append(0, np.cumsum(np.hypot(*np.diff(stroke, axis=0).T)))
        at = u * along[-1]
        out.append(
            np.stack(
                [np.interp(at, along, stroke[:, 0]), np.interp(at, along, stroke[:, 1])], axis=1
            )
        )
    return out


def trembling(strokes: list[Stroke], r: Generator, much: float) -> list[Stroke]:
    """A slow waver and a fast tremble."""
    out = []
    for stroke in strokes:
        n = len(stroke)
        knots = r.normal(0, 0.007 * much, (max(3, n // 12), 2))
        at = np.linspace(0, len(knots) - 1, n)
        slow = np.stack([np.interp(at, np.arange(len(knots)), k) for k in knots.T], axis=1)
        out.append(stroke + slow + r.normal(0, 0.0025 * much, (n, 2)))
    return out


def _on_canvas(strokes: list[Stroke], r: Generator, neat: bool) -> Drawing:
    every = np.concatenate(strokes)
    low, high = every.min(0), every.max(0)
    extent = float((high - low).max()) or 1.0
    size = r.uniform(600, 680) if neat else np.exp(r.uniform(np.log(110), np.log(980)))
    room = np.maximum(SIDE - (high - low) * size / extent - 40, 0)
    corner = 20 + room * (0.5 if neat else r.random(2))
    return Drawing.of([((s - low) * size / extent + corner).tolist() for s in strokes])
