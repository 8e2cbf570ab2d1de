"""A letter's probability opened, down to the weights of the cell.

A share of the scores of all letters, each read from the hidden state by a linear layer; the hidden
state comes about by the rules of its cell, which reads the embedding of the letter before.

T letters written, V kinds, H hidden size, E numbers of a letter, G blocks of a cell
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from core import sampling
from core.opened import Cell, Dot, Lookup, Moved, Rules, Softmax, latex, program, wire
from core.opened.linked import NUMBER_FIELD
from core.recurrent.cell import gates
from core.recurrent.cells import Kind
from core.recurrent.text.setting import EMBEDDING, TextSetting
from core.recurrent.text.writer import Writer, trained
from core.recurrent.text.writing import Manner, manner, write
from core.training.job import State


def rules(kind: Kind, how: Manner, glance: int = 1) -> Rules:
    """How all numbers come about; arrays have a row for each letter that is written."""
    return Rules(
        *(sampling.rules("probabilities") if how.cuts else ()),
        Softmax("probabilities", "scores", temperature=how.temperature),
        Dot("scores", "t k, v k, v -> t v", "h", "w_out", "b_out"),
        Lookup("x", "table", "read") if glance == 1 else Moved("x", "table", "x_at"),
        *gates.made(kind),
        symbols=gates.symbols(kind)
        | sampling.SYMBOLS
        | {"probabilities": "p", "scores": "s", "w_out": "W", "b_out": "b", "table": "E"},
    )


@torch.no_grad()
def arrays(model: Writer, read: Tensor, how: Manner) -> dict[str, Tensor]:
    """Every array that the rules speak of.

    Args:
        model: in evaluation.
        read: the letters that it reads, (T,).
        how: it is written.

    Returns:
        "x" (T, E), the gates and states of the cell (T, H), "scores" and "probabilities" (T, V),
        where some letters may not be drawn what `core.sampling.arrays` adds (T, V),
        "read" (T,), "x_at" (T, G E), where in the table each number that is read stands, and the
        weights "table" (R, E), "w_ih", "w_hh", "b_ih", "b_hh", "w_out" (V, H)
        and "b_out" (V,).
    """
    numbers = model.pieces.numbered(read)
    found = gates.arrays(model.rnn, model.seen(numbers[None])[0], 0)
    scores = model.out(found["h"])
    probabilities = (scores / how.temperature).softmax(-1)
    if how.cuts:
        found |= sampling.arrays(probabilities, how.top_k, how.top_p)
    return found | {
        "read": read,
        "x_at": (numbers.reshape(len(read), -1, 1) * EMBEDDING + torch.arange(EMBEDDING)).flatten(
            1
        ),
        "table": model.embed.weight.detach(),
        "scores": scores,
        "probabilities": probabilities,
        "w_out": model.out.weight.detach(),
        "b_out": model.out.bias.detach(),
    }


def number(setting: TextSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The arithmetic of a number of what is written.

    The query holds the fields of `core.recurrent.text.writing.Manner`, and "number", as it stands
    in a link; without it the probability of the first letter that was drawn.

    Raises:
        Refusal: there is no such number.
    """
    model, how = trained(setting, state), manner(query)
    known = setting.read_text()
    read, drawn = write(model, known, how)
    text = query.get("number", "")
    cell = NUMBER_FIELD.parse(text) or Cell("probabilities", (0, int(drawn[0])))
    shown = rules(setting.cell, how, setting.glance).open(arrays(model, read, how), cell)
    return {
        "number": text,
        "labels": [known.kinds[i] for i in read.tolist()],
        "opened": wire(shown),
        "latex": latex(shown),
        "program": program(shown),
    }
