r"""The arithmetic behind one gate or state: which numbers met which weights, and what came out.

A gate or candidate is a sum that a sigmoid or tanh squeezes; a cell or hidden state is put together
from a few gates. Both are read off the running network and added up here once more in the open, in
double precision; the tests hold the result equal to torch's within 1e-6.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from core.recurrent.cell.place import Place, read_place
from core.recurrent.cells import BLOCKS, GATES, Gates, Kind, kind_of, unroll, weights

TOP = 3
"""How many of the largest products from each side are listed; the rest is one number."""
TANH = frozenset({"candidate"})
"""Gates whose sum goes through tanh; the hidden state of the plain RNN does too."""

Worked = dict[str, Any]


def maps(network: nn.RNNBase, x: Tensor, layer: int = 0) -> Gates:
    """Every gate and state of one layer over time: name -> (T, H), in the order of computing.

    Args:
        network: RNN, GRU or LSTM, batch first.
        x: one series of inputs, (T, I).
        layer: counted from 0 at the input.

    Raises:
        ValueError: there is no such layer.
    """
    weights(network, layer)
    with torch.no_grad():
        found = unroll(network, x[None])[layer]
    return {name: gate[0] for name, gate in found.items()}


def place_of(query: Mapping[str, str]) -> Place:
    """The place that a question names in texts: gate, layer (0 if it does not say), time, unit.

    >>> place_of({"gate": "forget", "time": "4", "unit": "12"})
    Place(gate='forget', layer=0, time=4, unit=12)

    Raises:
        ValueError: it names none.
    """
    named = [query.get("gate", ""), query.get("layer", "0"), *map(query.get, ("time", "unit"))]
    return read_place(".".join(str(part) for part in named))


def number(network: nn.RNNBase, x: Tensor, place: Place) -> Worked:
    """The arithmetic of one number, as plain values.

    Args:
        network: RNN, GRU or LSTM, batch first.
        x: one series of inputs, (T, I).
        place: which gate or state, layer, time step and unit.

    Returns:
        "cell", "gate", "layer", "time", "unit" and "value", the network's own number; "latex" and
        "program", see there. For a sum moreover
            "terms"       the TOP largest products from x and the TOP largest from h, each
                          {"from": "x" | "h", "index", "input", "weight", "product"}
            "inputs"      {"sum": W_ih x, "rest": what of it `terms` leaves out}
            "hidden"      {"sum": W_hh h, "rest", "bias": b_hh}
            "b_ih", "b_hh", "biases": what is added outside the reset gate
            "reset"       the reset gate that the part from h is multiplied by, GRU's candidate only
            "before"      the sum; "activation" "sigmoid" or "tanh"
        and for a state
            "factors"     name -> number: gates, "c_before", "h_before", "tanh_c", ...
            "products"    [{"names": [factor, ...], "value"}], whose sum is the value

    Raises:
        ValueError: the network or the series has no such place.
    """
    kind = kind_of(network)
    weights(network, place.layer)
    if place.gate not in GATES[kind]:
        raise ValueError(f"The {kind.upper()} has {', '.join(GATES[kind])}; not {place.gate}.")
    if not 0 <= place.time < len(x):
        raise ValueError(f"The series has {len(x)} steps; there is no step {place.time + 1}.")
    if not 0 <= place.unit < network.hidden_size:
        raise ValueError(f"The cell has {network.hidden_size} units; there is no {place.unit}.")
    with torch.no_grad():
        layers = unroll(network, x[None, : place.time + 1])
    gates = layers[place.layer]
    shown: Worked = {
        "cell": kind,
        "gate": place.gate,
        "layer": place.layer,
        "time": place.time,
        "unit": place.unit,
        "value": gates[place.gate][0, place.time, place.unit].item(),
    }
    if place.gate in BLOCKS[kind]:
        below = x if place.layer == 0 else layers[place.layer - 1]["h"][0]
        shown |= _sum(network, kind, place, below[place.time].detach(), gates)
    else:
        shown |= _state(kind, place, gates)
    return shown | {"latex": latex(shown), "program": program(shown, network, x)}


def _sum(network: nn.RNNBase, kind: Kind, place: Place, x: Tensor, gates: Gates) -> Worked:
    """W_ih x + b_ih + W_hh h + b_hh of one unit, and the function that squeezes it."""
    row, h = _row(network, kind, place), _before(gates["h"], place.time)
    w = weights(network, place.layer)
    b_ih, b_hh = w.b_ih[row].item(), w.b_hh[row].item()
    x_terms, inputs = _largest("x", x, w.w_ih[row])
    h_terms, hidden = _largest("h", h, w.w_hh[row])
    reset = None
    if kind == "gru" and place.gate == "candidate":
        reset = gates["reset"][0, place.time, place.unit].item()
    biases = b_ih if reset is not None else b_ih + b_hh
    past = hidden["sum"] if reset is None else reset * (hidden["sum"] + b_hh)
    return {
        "terms": x_terms + h_terms,
        "inputs": inputs,
        "hidden": hidden | {"bias": b_hh},
        "b_ih": b_ih,
        "b_hh": b_hh,
        "biases": biases,
        "reset": reset,
        "before": inputs["sum"] + past + biases,
        "activation": "tanh" if place.gate in TANH or kind == "rnn" else "sigmoid",
    }


def _largest(source: str, inputs: Tensor, row: Tensor) -> tuple[list[Worked], Worked]:
    """The largest products of a row of weights with its inputs, all of them added up, the rest."""
    inputs, row = inputs.double(), row.detach().double()
    products = inputs * row
    largest = products.abs().topk(min(TOP, len(products))).indices
    terms = [
        {
            "from": source,
            "index": index,
            "input": inputs[index].item(),
            "weight": row[index].item(),
            "product": products[index].item(),
        }
        for index in largest.tolist()
    ]
    total = products.sum().item()
    rest = total - products[largest].sum().item() if len(products) > TOP else None
    return terms, {"sum": total, "rest": rest}


def _state(kind: Kind, place: Place, gates: Gates) -> Worked:
    """The gates of this unit that a cell or hidden state is put together from."""

    def now(name: str) -> float:
        return gates[name][0, place.time, place.unit].item()

    def before(name: str) -> float:
        return _before(gates[name], place.time)[place.unit].item()

    if kind == "gru":
        factors = {
            "one_minus_update": 1.0 - now("update"),
            "candidate": now("candidate"),
            "update": now("update"),
            "h_before": before("h"),
        }
        pairs = [["one_minus_update", "candidate"], ["update", "h_before"]]
    elif place.gate == "c":
        factors = {
            "forget": now("forget"),
            "c_before": before("c"),
            "input": now("input"),
            "candidate": now("candidate"),
        }
        pairs = [["forget", "c_before"], ["input", "candidate"]]
    else:
        factors = {"output": now("output"), "tanh_c": float(np.tanh(now("c")))}
        pairs = [["output", "tanh_c"]]
    products = [{"names": [a, b], "value": factors[a] * factors[b]} for a, b in pairs]
    return {"factors": factors, "products": products}


def _row(network: nn.RNNBase, kind: Kind, place: Place) -> int:
    """The row of torch's weight matrices that computes this unit of this gate."""
    return BLOCKS[kind].index(place.gate) * network.hidden_size + place.unit


def _before(states: Tensor, time: int) -> Tensor:
    """The state (H,) of the step before; zeros before the first, as in torch."""
    return states[0, time - 1] if time else torch.zeros_like(states[0, 0])


SYMBOLS = {
    "input": "i", "forget": "f", "output": "o", "reset": "r", "update": "z", "c": "c", "h": "h",
}  # fmt: skip
"""The letter of each gate and state; a candidate is g in the LSTM and n in the GRU."""


def symbol(kind: Kind, gate: str) -> str:
    """The letter of a gate in torch's documentation.

    >>> symbol("gru", "candidate"), symbol("lstm", "forget")
    ('n', 'f')
    """
    return ("n" if kind == "gru" else "g") if gate == "candidate" else SYMBOLS[gate]


def latex(shown: Worked) -> str:
    """The equation of one number, with the numbers of this state, three places."""
    kind: Kind = shown["cell"]
    t, j = shown["time"] + 1, shown["unit"]
    letter = symbol(kind, shown["gate"])
    left, value = f"{letter}_{{{t},{j}}}", f"{shown['value']:.3f}"
    if "factors" in shown:
        g = symbol(kind, "candidate")
        written = {
            "h": {
                "gru": rf"(1 - z_t)\,{g}_t + z_t\,h_{{t-1}}",
                "lstm": r"o_t \tanh(c_t)",
            }.get(kind, ""),
            "c": rf"f_t\,c_{{t-1}} + i_t\,{g}_t",
        }[shown["gate"]]
        numbers = " + ".join(
            r" \cdot ".join(_bracketed(shown["factors"][name]) for name in product["names"])
            for product in shown["products"]
        )
        return f"{left} = {written} = {numbers} = {value}"
    squeeze = r"\tanh" if shown["activation"] == "tanh" else r"\sigma"
    x, h = f"W_{{x{letter}}} x_t", f"W_{{h{letter}}} h_{{t-1}}"
    b_x, b_h = f"b_{{x{letter}}}", f"b_{{h{letter}}}"
    inputs, hidden = shown["inputs"]["sum"], shown["hidden"]["sum"]
    if shown["reset"] is None:
        words = f"{x} + {b_x} + {h} + {b_h}"
        numbers = f"{inputs:.3f} {shown['b_ih']:+.3f} {hidden:+.3f} {shown['b_hh']:+.3f}"
    else:
        words = rf"{x} + {b_x} + r_t\,({h} + {b_h})"
        numbers = (
            rf"{inputs:.3f} {shown['b_ih']:+.3f} + {shown['reset']:.3f}\,"
            rf"({hidden:.3f} {shown['b_hh']:+.3f})"
        )
    return rf"{left} = {squeeze}({words}) = {squeeze}({numbers}) = {value}"


def _bracketed(value: float) -> str:
    return f"({value:.3f})" if value < 0 else f"{value:.3f}"


def program(shown: Worked, network: nn.RNNBase, x: Tensor) -> str:
    """A program of plain PyTorch that computes the number from what its step is given; prints it.

    Every input and weight that takes part stands in it, so it needs no file.
    """
    kind: Kind = shown["cell"]
    place = Place(shown["gate"], shown["layer"], shown["time"], shown["unit"])
    named = f"{place.gate} of the {kind.upper()}, layer {place.layer + 1}, "
    lines = [
        f'"""{named}step {place.time + 1}, unit {place.unit}: {shown["value"]:.6f}."""',
        "",
        "import torch",
        "",
    ]
    if "factors" in shown:
        lines += [f"{name} = torch.tensor({_text(v)})" for name, v in shown["factors"].items()]
        lines += ["", f"value = {' + '.join(' * '.join(p['names']) for p in shown['products'])}"]
    else:
        with torch.no_grad():
            layers = unroll(network, x[None, : place.time + 1])
        below = x if place.layer == 0 else layers[place.layer - 1]["h"][0]
        w, row = weights(network, place.layer), _row(network, kind, place)
        lines += [
            f"x = {_tensor(below[place.time])}  # what the cell reads, x_t",
            f"h = {_tensor(_before(layers[place.layer]['h'], place.time))}  # h_(t-1)",
            f"w_ih = {_tensor(w.w_ih[row])}  # weight_ih_l{place.layer}[{row}]",
            f"w_hh = {_tensor(w.w_hh[row])}  # weight_hh_l{place.layer}[{row}]",
            f"b_ih, b_hh = {_text(shown['b_ih'])}, {_text(shown['b_hh'])}",
        ]
        past = "h @ w_hh + b_hh"
        if shown["reset"] is not None:
            lines.append(f"reset = {_text(shown['reset'])}  # the reset gate of this unit")
            past = f"reset * ({past})"
        lines += ["", f"value = torch.{shown['activation']}(x @ w_ih + b_ih + {past})"]
    return "\n".join([*lines, "print(value.item())", ""])


def _text(value: float) -> str:
    """The shortest digits that give the same float32."""
    return str(float(np.format_float_scientific(np.float32(value))))


def _tensor(values: Tensor) -> str:
    return f"torch.tensor([{', '.join(_text(v) for v in values.tolist())}])"
