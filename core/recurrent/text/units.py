"""What a single unit follows: its value over a text beside what can be read off the text.

Karpathy et al. (2015) found units that count the letters of a line or are on inside quotes. Here
every unit is held against every property that the text has, by one measure: the correlation of its
value after each letter with the property there. The control is the same text's property moved by
half of the text: how high the best of all units comes by chance.

    T letters, H units, P properties
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from core.recurrent.text.setting import TextSetting
from core.recurrent.text.texts import encoded, together
from core.recurrent.text.writer import Writer, trained
from core.schema import Refusal, mark
from core.training.job import State

READ = 1_500
"""Held-out letters that are read."""
SHOWN = 420
"""Of these, letters that are shown."""
TOP = 5
"""Units that are named for each property."""
_OPEN, _CLOSE, _BOTH = "`‘“「『《", "’”」』》'", '"'

NO_UNIT = mark("The cell has {count} units; there is no {unit}.")


def line(letters: list[str]) -> list[float]:
    """How many letters of the line stand before each one, itself included."""
    return _since(letters, lambda letter: letter == "\n")


def word(letters: list[str]) -> list[float]:
    """How many letters of the word."""
    return _since(letters, str.isspace)


def space(letters: list[str]) -> list[float]:
    """Whether each is a space or the end of a line: a word begins after it."""
    return [float(letter.isspace()) for letter in letters]


def quotes(letters: list[str]) -> list[float]:
    """Whether each stands inside quotes; an empty line ends them. ' between letters is none."""
    inside, found = False, []
    for place, letter in enumerate(letters):
        before, after = letters[place - 1 : place], letters[place + 1 : place + 2]
        between = bool(before and after) and before[0].isalpha() and after[0].isalpha()
        if letter in _BOTH:
            inside = not inside
        elif letter in _OPEN:
            inside = True
        elif letter in _CLOSE and not (letter in "'’" and between):
            inside = False
        elif letter == "\n" and before == ["\n"]:
            inside = False
        found.append(float(inside))
    return found


def _since(letters: list[str], ends: Callable[[str], bool]) -> list[float]:
    count, found = 0, []
    for letter in letters:
        count = 0 if ends(letter) else count + 1
        found.append(float(count))
    return found


PROPERTIES: Mapping[str, Callable[[list[str]], list[float]]] = {
    "line": line,
    "word": word,
    "space": space,
    "quotes": quotes,
}


def correlations(values: Tensor, follow: Tensor) -> Tensor:
    """Pearson's r of each unit with a property; 0 of one that never changes.

    Args:
        values: (T, H).
        follow: (T,).

    >>> correlations(torch.tensor([[1.0, 2.0], [2.0, 0.0], [3.0, -2.0]]), torch.arange(3.0))
    tensor([ 1., -1.])
    """
    values, follow = values.double(), follow.double()
    values = values - values.mean(0)
    follow = follow - follow.mean()
    lengths = values.norm(dim=0) * follow.norm()
    return torch.where(lengths > 1e-9, (follow @ values) / lengths.clamp(min=1e-9), 0.0).float()


@torch.no_grad()
def units(setting: TextSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """Which units follow what, and one unit over the text.

    The query: "property", a name of `PROPERTIES` ("line" without it), and "unit", one of the
    network; without it the one that follows the property best.

    Returns:
        "written": the characters that are shown, each with the number of letters in it; "values":
        of the unit, one for each letter, -1 to 1; "follow": of the property likewise; "unit", "r";
        "ranked": the best [unit, r] for each property that the text has; "chance": the largest |r|
        with each property moved by half of the text; "property": the one that was asked for.

    Raises:
        Refusal: the network has no such unit, or the text no such property.
    """
    model, text = trained(setting, state), setting.read_text()
    letters = [text.kinds[i] for i in text.held[:READ].tolist()]
    values = _read(model, encoded(text.kinds, letters))  # (T, H)
    follows = {name: torch.tensor(find(letters)) for name, find in PROPERTIES.items()}
    there = {name: follow for name, follow in follows.items() if follow.max() > follow.min()}
    found = {name: correlations(values, follow) for name, follow in there.items()}
    chosen = query.get("property") or next(iter(there))
    if chosen not in there:
        raise Refusal(mark("The text has nothing of that kind: {name}."), name=chosen)
    ranked = {name: r.abs().topk(min(TOP, len(r))).indices.tolist() for name, r in found.items()}
    unit = _unit(query.get("unit", ""), values.shape[1], ranked[chosen][0])
    half = len(letters) // 2
    return {
        "written": together(letters[:SHOWN]),
        "values": values[:SHOWN, unit].tolist(),
        "follow": there[chosen][:SHOWN].tolist(),
        "property": chosen,
        "unit": unit,
        "units": values.shape[1],
        "r": float(found[chosen][unit]),
        "ranked": {n: [[u, float(found[n][u])] for u in best] for n, best in ranked.items()},
        "chance": {
            name: float(correlations(values, follow.roll(half)).abs().max())
            for name, follow in there.items()
        },
        "letters": len(letters),
    }


def _unit(asked: str, count: int, best: int) -> int:
    if not asked:
        return best
    if not (asked.isascii() and asked.isdigit() and len(asked) < 5 and int(asked) < count):
        raise Refusal(NO_UNIT, count=count, unit=asked[:8])
    return int(asked)


def _read(model: Writer, letters: Tensor) -> Tensor:
    """The hidden state after each letter, (T, H)."""
    states = model.begin(1)
    x = model.seen(model.pieces.numbered(letters)[None])
    given: Any = (states[:1], states[1:]) if len(states) == 2 else states
    outputs: Tensor = model.rnn(x, given)[0]
    return outputs[0]
