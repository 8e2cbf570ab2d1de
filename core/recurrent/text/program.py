"""The runnable program of a run that learns a text: the same letters and steps in plain torch."""

from __future__ import annotations

import base64
import unicodedata
import zlib

from core.recurrent.program import NETWORKS
from core.recurrent.text import texts
from core.recurrent.text.learning import LEAST, SPREAD
from core.recurrent.text.pieces import OFTEN
from core.recurrent.text.setting import BATCH, EMBEDDING, TextSetting
from core.recurrent.text.writer import FORGET_BIAS, QUIET
from core.recurrent.text.writing import FIRST, Manner

_READ = """TABLES = []  # pairs, triples, ... that the text holds {often} times, as sorted codes


def places(letters):  # of the pieces that end at each letter; 0: there is none
    found = [letters + 1]
    for table in TABLES:
        code = codes(letters, found[-1])
        at = torch.searchsorted(table, code).clamp(max=len(table) - 1)
        found.append(torch.where(table[at] == code, at, 0))
    return found


def codes(letters, place):
    before = torch.cat([place.new_zeros(1), place[:-1]])
    return torch.where(before > 0, before * len(KINDS) + letters, -1)


def numbered(letters):
    columns, first = [letters], len(KINDS)
    for table, place in zip(TABLES, places(letters)[1:], strict=True):
        columns.append(first + place)
        first += len(table)
    return torch.stack(columns, -1)


for _ in range({glance} - 1):
    code, count = codes(letters, places(letters)[-1]).unique(return_counts=True)
    TABLES.append(torch.cat([torch.tensor([-2]), code[(count >= {often}) & (code >= 0)]]))
ROWS = len(KINDS) + sum(map(len, TABLES))
"""
_SEEN = """    def seen(self, x):  # while it learns, pieces are left out as a whole
        x = self.embed(x)
        there = nn.functional.dropout(torch.ones_like(x[:, :, 1:, :1]), {dropout!r}, self.training)
        return torch.cat([x[:, :, :1], x[:, :, 1:] * there], 2).flatten(2)

"""


def source(setting: TextSetting, rates: tuple[tuple[int, float], ...]) -> str:
    """A program that repeats the run, prints its losses, and writes a sample at the end."""
    whole = texts.read(setting.text) if setting.text else texts.shipped(setting.language)
    packed = base64.b85encode(zlib.compress(whole.encode(), 9)).decode()
    form = "NFD" if setting.unit == "jamo" else "NFC"
    assert unicodedata.normalize("NFC", whole) == whole
    drop = f"nn.functional.dropout(outputs, {setting.dropout!r}, self.training)"
    chance = f"torch.manual_seed((SEED + (1 + step) * {SPREAD}) % 2**32)" if setting.dropout else ""
    clip = f"nn.utils.clip_grad_norm_(model.parameters(), {setting.clip!r})" if setting.clip else ""
    size = EMBEDDING * setting.glance
    read = _READ.format(glance=setting.glance, often=OFTEN) if setting.glance > 1 else ""
    rows = "ROWS" if read else "len(KINDS)"
    numbers = "numbered(letters)" if read else "letters"
    target = "[..., 0]" if read else ""
    quiet = f"\n        self.embed.weight.data[len(KINDS):] *= {QUIET!r}" if read else ""
    seen = _SEEN.format(dropout=setting.dropout) if read else ""
    x = "self.seen(x)" if read else "self.embed(x)"
    steps = "\n".join(f"    {line}" for line in (chance,) if line)
    clipped = "\n".join(f"    {line}" for line in (clip,) if line)
    return f'''"""A text that writes itself: {setting.cell.upper()}, hidden size {setting.hidden}, \
context {setting.context}, seed {setting.seed}."""

import base64
import math
import unicodedata
import zlib
from collections import Counter

import torch
from torch import nn

HIDDEN, CONTEXT, STEPS, SEED = {setting.hidden}, {setting.context}, {setting.steps}, {setting.seed}
BATCH = {BATCH}
RATES = {list(rates)!r}  # (from this step on, learning rate)
{NETWORKS}

WHOLE = zlib.decompress(base64.b85decode("{packed}")).decode()
CUT = len(WHOLE) - min({texts.HELD}, len(WHOLE) // 10)  # what comes after it is held out
train = unicodedata.normalize("{form}", WHOLE[:CUT])
common = [letter for letter, _ in Counter(train).most_common({texts.MAX_KINDS})]
KINDS = ["{texts.UNKNOWN}", *sorted(letter for letter in common if letter != "{texts.UNKNOWN}")]
NUMBER = {{letter: i for i, letter in enumerate(KINDS)}}
letters = torch.tensor([NUMBER.get(letter, 0) for letter in train])
length = max(1, (len(letters) - 1) // (BATCH * CONTEXT)) * CONTEXT
at = (torch.arange(BATCH)[:, None] * length + torch.arange(length + 1)) % len(letters)
{read}streams = {numbers}[at]


class Writer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding({rows}, {EMBEDDING}){quiet}
        self.rnn = NETWORKS["{setting.cell}"]({size}, HIDDEN, batch_first=True)
        if isinstance(self.rnn, nn.LSTM):
            with torch.no_grad():
                self.rnn.bias_ih_l0[HIDDEN : 2 * HIDDEN] += {FORGET_BIAS!r}
        self.out = nn.Linear(HIDDEN, len(KINDS))

{seen}    def forward(self, x, state):
        outputs, state = self.rnn({x}, state)
        return self.out({drop if setting.dropout else "outputs"}), state


def detached(state):  # the gradient of a step ends here: truncated
    return tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()


torch.manual_seed(SEED)
model, state = Writer(), None
optimiser = torch.optim.Adam(model.parameters(), lr=RATES[0][1])
for step in range(STEPS):
    rate = [rate for begin, rate in RATES if begin <= step][-1]
    rate *= {LEAST!r} + {1 - LEAST!r} * (1 + math.cos(math.pi * step / STEPS)) / 2
    optimiser.param_groups[0]["lr"] = rate
    place = step % ((streams.shape[1] - 1) // CONTEXT)
    state = None if place == 0 else detached(state)
    stretch = streams[:, place * CONTEXT : (place + 1) * CONTEXT + 1]
{steps}
    scores, state = model(stretch[:, :-1], state)
    loss = nn.functional.cross_entropy(scores.flatten(0, 1), stretch[:, 1:]{target}.flatten())
    optimiser.zero_grad()
    loss.backward()
{clipped}
    optimiser.step()
    if step + 1 in (1, STEPS) or step % 50 == 49:
        print(step + 1, loss.item())

model.eval()
generator, state = torch.Generator().manual_seed(0), None
letters = torch.tensor([NUMBER.get({FIRST!r}, 0)])
with torch.no_grad():
    for _ in range(300):
        scores, state = model({numbers}[-1:][None], state)
        shares = (scores[0, 0] / {Manner().temperature!r}).softmax(-1)
        letters = torch.cat([letters, torch.multinomial(shares, 1, generator=generator)])
print(unicodedata.normalize("NFC", "".join(KINDS[i] for i in letters[1:])))
'''
