"""The shipped map of words as a small picture."""

from __future__ import annotations

import functools

import torch
from PIL import Image, ImageDraw, ImageFont

from core.figures.image import data_url, png
from core.figures.palette import ACCENT, INK, PAPER
from core.language.embeddings.job import JOB, model_of
from core.language.embeddings.projection import projection, unit
from core.training import shipped

WIDTH, HEIGHT = 480, 300
_EDGE, _DOT = 52, 6
_PAIRS = (("man", "king"), ("woman", "queen"), ("boy", "prince"), ("girl", "princess"))


@functools.cache
def thumbnail() -> str:
    """The eight people of the shipped skip-gram run, common to royal joined, as a PNG data URL."""
    recording = shipped.load("vectors_skip_gram_en")
    setting = JOB.read(recording.config)
    corpus = setting.corpus()
    vectors = model_of(setting, recording.saved[-1].state).words()
    index = corpus.index
    words = [word for pair in _PAIRS for word in pair]
    chosen = [index[word] for word in words]
    fit = torch.tensor(chosen)
    points = projection(corpus, vectors, 2, fit)(unit(vectors)[fit])
    low, high = points.min(0).values, points.max(0).values
    room = torch.tensor([WIDTH, HEIGHT]) - 2 * _EDGE
    places = (points - low) / (high - low) * room + _EDGE
    at = {word: (float(x), float(y)) for word, (x, y) in zip(words, places.tolist(), strict=True)}
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    for common, royal in _PAIRS:
        draw.line((at[common], at[royal]), ACCENT, 4)
    font = ImageFont.load_default(22)
    male = {word for pair in _PAIRS[::2] for word in pair}
    for word, (x, y) in at.items():
        draw.ellipse((x - _DOT, y - _DOT, x + _DOT, y + _DOT), INK)
        lift, anchor = (-12, "mb") if word in male else (12, "mt")
        draw.text((x, y + lift), word, INK, font, anchor)
    return data_url(png(image))
