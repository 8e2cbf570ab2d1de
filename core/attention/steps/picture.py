"""What can be taken away: the weights as a picture, and every number on the way as a table."""

from __future__ import annotations

import csv
import io

import numpy as np

from core.attention.steps.question import StepsQuestion, example, read_words
from core.attention.steps.trace import PER_HEAD, Steps, steps
from core.attention.steps.words import EXAMPLE_PAIRS
from core.figures.word_map import small, word_map


def table(run: Steps) -> bytes:
    """Every number as CSV in UTF-8: matrix, head, row, column, value; heads count from 1."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("matrix", "head", "row", "column", "value"))
    for name, values in run.values.items():
        if name == "heads":  # the same numbers as Z
            continue
        for index, value in np.ndenumerate(values.numpy()):
            head = index[0] + 1 if name in PER_HEAD else ""
            writer.writerow((name, head, *index[-2:], f"{value:.9g}"))
    return text.getvalue().encode()


def picture(run: Steps, row: int, column: int) -> bytes:
    """The weights of the first head, with one row and its winner marked, as SVG."""
    question = run.question
    return word_map(run["A"][0].numpy(), question.asking, question.looked_at, row, column)


def thumbnail(language: str) -> str:
    """The weights of a language's example, computed here and now, as the data URL of an SVG."""
    words = read_words(example(language)[0])
    query, key = (words.index(word) for word in EXAMPLE_PAIRS[language])
    run = steps(StepsQuestion(words))
    weights = run.values["A"][0].numpy()
    return small(weights, words, words, query, key, float(weights.max()))
