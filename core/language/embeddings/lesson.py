"""The shipped map of words as a small picture."""

from __future__ import annotations

import torch

from core.figures.sketch import Sketch
from core.language.embeddings.job import JOB, model_of
from core.language.embeddings.projection import projection, unit
from core.training import shipped

WIDTH, HEIGHT = 320, 112
_EDGE = 30
_PAIRS = {
    "en": (("man", "king"), ("woman", "queen"), ("boy", "prince"), ("girl", "princess")),
    "ko": (("남자", "왕"), ("여자", "여왕"), ("소년", "왕자"), ("소녀", "공주")),
}


def thumbnail(language: str) -> str:
    """Eight people of a shipped skip-gram run, common to royal joined, as an SVG's data URL."""
    recording = shipped.load(f"vectors_skip_gram_{language}")
    setting = JOB.read(recording.config)
    corpus = setting.corpus()
    vectors = model_of(setting, recording.saved[-1].state).words()
    pairs = _PAIRS[language]
    words = [word for pair in pairs for word in pair]
    fit = torch.tensor([corpus.index[word] for word in words])
    points = projection(corpus, vectors, 2, fit)(unit(vectors)[fit])
    low, high = points.min(0).values, points.max(0).values
    room = torch.tensor([WIDTH - 2.4 * _EDGE, HEIGHT - 1.6 * _EDGE])
    places = (points - low) / (high - low) * room + torch.tensor([1.2 * _EDGE, 0.8 * _EDGE])
    at = {word: (x, y) for word, (x, y) in zip(words, places.tolist(), strict=True)}
    sketch = Sketch(WIDTH, HEIGHT)
    for common, royal in pairs:
        sketch.line([at[common], at[royal]], "accent", 2.5)
    male = {word for pair in pairs[::2] for word in pair}
    for word, (x, y) in at.items():
        sketch.dot(x, y, 3)
        sketch.text(x, y + (-12 if word in male else 12), word, anchor="middle")
    return sketch.url()
