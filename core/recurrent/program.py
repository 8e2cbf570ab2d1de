"""What the programs of runs that race recurrent networks have in common."""

from __future__ import annotations

from textwrap import dedent, indent

from core.recurrent.race import Cell, kinds

NETWORKS = """\
NETWORKS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
torch.set_num_threads(1)"""


def layer(inputs: int) -> str:
    """The recurrent layer of a module's `__init__`, with the bias of the forget gate."""
    return f"""\
        self.rnn = NETWORKS[kind]({inputs}, HIDDEN, batch_first=True)
        if kind == "lstm":
            with torch.no_grad():
                self.rnn.bias_ih_l0[HIDDEN : 2 * HIDDEN] += FORGET_BIAS"""


def training(cell: Cell, model: str, *, loss: str, backward: str, end: str) -> str:
    """The loop over the members of a race, as `core.recurrent.race` takes it.

    Args:
        cell: who takes part.
        model: makes the network of a kind.
        loss: lines that draw a batch from `batches` and compute its loss.
        backward: what the gradients are of.
        end: lines that print what has been learned.
    """
    members = ", ".join(f'"{kind}"' for kind in kinds(cell))
    return f"""\
for kind in [{members}]:
    torch.manual_seed(SEED)
    model = {model}(kind)
    optimiser = torch.optim.Adam(model.parameters(), lr=RATES[0][1])
    batches = torch.Generator().manual_seed(SEED)
    for step in range(STEPS):
        optimiser.param_groups[0]["lr"] = [rate for begin, rate in RATES if begin <= step][-1]
{indent(dedent(loss).strip(), 8 * " ")}
        optimiser.zero_grad()
        {backward}.backward()
        if CLIP:
            nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimiser.step()
{indent(dedent(end).strip(), 4 * " ")}
"""
