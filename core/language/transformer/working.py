"""How one number of a block came to be: the numbers that went into it, by kind.

lookup   weight x factor, the factor sqrt(D)
position sin or cos of position x rate
add      left + right
dot      sum of left x right, plus bias
scale    score / divisor
mask     the scaled score, or minus infinity where it may not be read
softmax  exp(x - max) / sum of the row's
norm     (x - mean) / sqrt(variance + eps) x weight + bias
relu     the larger of x and 0
given    it came in from the block before
"""

from __future__ import annotations

import math
from typing import Any

from torch import Tensor, nn

from core.language.transformer.views import (
    Address,
    Matrix,
    Pass,
    added,
    attention,
    entering,
    normalisation,
)

Working = dict[str, Any]


def working(
    seen: Pass, at: Address, head: int, shown: list[Matrix], name: str, row: int, column: int
) -> Working:
    """The numbers behind one cell of one of the matrices of a block.

    Args:
        seen: the forward pass.
        at: the block.
        head: of an attention.
        shown: the block's matrices.
        name: of the matrix.
        row: of the cell.
        column: of the cell.

    Raises:
        ValueError: there is no such matrix or cell.
    """
    matrix = next((matrix for matrix in shown if matrix.name == name), None)
    if matrix is None:
        raise ValueError(f"This block shows {', '.join(matrix.name for matrix in shown)}.")
    rows, columns = matrix.values.shape
    if not (0 <= row < rows and 0 <= column < columns):
        raise ValueError(f"This matrix has {rows} rows and {columns} columns.")
    found = _kind(seen, at, head, {one.name: one.values for one in shown}, name, row, column)
    value = float(matrix.values[row, column])
    return {
        "matrix": name,
        "row": row,
        "column": column,
        "value": value if math.isfinite(value) else None,
        **found,
    }


def _kind(
    seen: Pass, at: Address, head: int, m: dict[str, Tensor], name: str, row: int, column: int
) -> Working:
    if name in ("probabilities", "weights"):
        return _softmax(m["logits" if name == "probabilities" else "masked"][row], column)
    if at.part == "linear" and name == "logits":
        return _dot(m["x"][row], seen.model.embedding.weight[column], None)
    if name in ("embedding", "positions", "sum") and at.stack:
        return _front(seen, at, m, name, row, column)
    if at.part in ("attention", "cross") and name not in ("x", "memory"):
        return _attention(seen, at, head, m, name, row, column)
    if at.part == "feed" and name != "x":
        return _feed(seen, at, m, name, row, column)
    if at.part.startswith("norm") and name in ("added", "out"):
        return _norm(seen, at, m, name, row, column)
    return {"kind": "given"}


def _front(
    seen: Pass, at: Address, m: dict[str, Tensor], name: str, row: int, column: int
) -> Working:
    width = seen.model.embedding.embedding_dim
    if name == "sum":
        return {
            "kind": "add",
            "left": float(m["embedding"][row, column]),
            "right": float(m["positions"][row, column]),
        }
    if name == "embedding":
        index = seen.words.index(seen.rows(at.stack)[row])
        weight = float(seen.model.embedding.weight[index, column])
        return {"kind": "lookup", "weight": weight, "factor": math.sqrt(width)}
    if not seen.model.shape["positions"]:
        return {"kind": "given"}
    rate = 10_000.0 ** (-(column - column % 2) / width)
    return {
        "kind": "position",
        "position": row,
        "column": column,
        "rate": rate,
        "angle": row * rate,
        "function": "cos" if column % 2 else "sin",
    }


def _attention(
    seen: Pass, at: Address, head: int, m: dict[str, Tensor], name: str, row: int, column: int
) -> Working:
    layer, trace = seen.layer(at.stack, at.layer)
    module = attention(layer, at.part)
    if name in ("q", "k", "v"):
        size = module.width // module.heads
        line = "qkv".index(name) * module.width + head * size + column
        read = m["x"] if name == "q" else m.get("memory", m["x"])
        return _dot(read[row], module.inward.weight[line], module.inward.bias[line])
    if name == "scores":
        return _dot(m["q"][row], m["k"][column], None)
    if name == "scaled":
        return {"kind": "scale", "score": float(m["scores"][row, column]), "divisor": module.scale}
    if name == "masked":
        open_ = math.isfinite(float(m["masked"][row, column]))
        return {"kind": "mask", "scaled": float(m["scaled"][row, column]), "open": open_}
    if name == "mixed":
        return _dot(m["weights"][row], m["v"][:, column], None)
    attended = trace.attended if at.part == "attention" else trace.crossed
    assert attended is not None
    beside = attended.attention.heads[0].transpose(0, 1).flatten(1)  # the heads side by side
    return _dot(beside[row], module.output.weight[column], module.output.bias[column])


def _feed(
    seen: Pass, at: Address, m: dict[str, Tensor], name: str, row: int, column: int
) -> Working:
    layer, trace = seen.layer(at.stack, at.layer)
    if name == "inner":
        return {"kind": "relu", "x": float(m["before"][row, column])}
    linear, x = (
        (layer.linear1, entering(trace)[0]) if name == "before" else (layer.linear2, m["inner"])
    )
    return _dot(x[row], linear.weight[column], linear.bias[column])


def _norm(
    seen: Pass, at: Address, m: dict[str, Tensor], name: str, row: int, column: int
) -> Working:
    layer, trace = seen.layer(at.stack, at.layer)
    if name == "added":
        x, output, _ = added(trace, at.part)
        left, right = float(x[0, row, column]), float(output[0, row, column])
        return {"kind": "add", "left": left, "right": right}
    module: nn.LayerNorm = normalisation(layer, at.part)
    line = m["added"][row]
    return {
        "kind": "norm",
        "x": float(line[column]),
        "mean": float(line.mean()),
        "variance": float(line.var(correction=0)),
        "eps": module.eps,
        "weight": float(module.weight[column]),
        "bias": float(module.bias[column]),
    }


def _dot(left: Tensor, right: Tensor, bias: Tensor | None) -> Working:
    return {
        "kind": "dot",
        "left": left.tolist(),
        "right": right.tolist(),
        "bias": None if bias is None else float(bias),
    }


def _softmax(row: Tensor, column: int) -> Working:
    exps = (row - row.max()).exp()
    x = float(row[column])
    return {
        "kind": "softmax",
        "x": x if math.isfinite(x) else None,
        "row": [value if math.isfinite(value) else None for value in row.tolist()],
        "max": float(row.max()),
        "exps": exps.tolist(),
        "sum": float(exps.sum()),
    }
