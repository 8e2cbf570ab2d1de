"""The numbers of a block of a decoding, and how one of them comes about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from core.language.transformer.decode import Decoding
from core.language.transformer.question import BlockCell
from core.language.transformer.rules import rules
from core.language.transformer.trace import Pass, arrays
from core.language.transformer.views import BEAM, Address, Matrix, matrices
from core.opened import Opened, Rules, wire
from core.schema import Refusal, mark

WHOLE = 1024
"""Numbers at most of a sum of products that the picture draws."""


@dataclass(frozen=True)
class Block:
    """A block with its matrices.

    Attributes:
        task, name: of the network, and of the block.
        seen: the pass that it belongs to.
        trace: all arrays of the pass.
        matrices: of the block.
        first: the row of the first matrix row in a `BlockCell`: of a beam search, the node.
    """

    task: str
    name: str
    seen: Pass
    trace: dict[str, Tensor]
    matrices: list[Matrix]
    first: int = 0

    def number(self, cell: BlockCell) -> Number:
        """One of its numbers.

        Raises:
            Refusal: there is no such matrix, or it has no such row or column.
        """
        matrix = next((each for each in self.matrices if each.name == cell.matrix), None)
        if matrix is None:
            names = [each.name for each in self.matrices]
            raise Refusal(mark("This block shows {names}."), names=names)
        row, (rows, columns) = cell.row - self.first, matrix.values.shape
        if not 0 <= row < rows or cell.column >= columns:
            raise Refusal(
                mark("This matrix has {rows} rows and {columns} columns."),
                rows=rows,
                columns=columns,
            )
        declared, at = rules(self.seen), matrix.cell(row, cell.column)
        return Number(self, matrix, declared, declared.open(self.trace, at))


@dataclass(frozen=True)
class Number:
    """A number of a pass, opened.

    Attributes:
        block, matrix: that show it.
        rules: of all numbers of the pass.
        shown: the number.
    """

    block: Block
    matrix: Matrix
    rules: Rules
    shown: Opened


def numbers_of(decoding: Decoding, name: str, layers: int, cell: BlockCell | None) -> Block:
    """A block of a decoding; of a beam search the target that the cell is about.

    Raises:
        Refusal: there is no such block, or no such target.
    """
    node = 0
    if name == BEAM:
        node = cell.row if cell else decoding.best
    seen = decoding.path(node) if node else decoding.seen
    trace = arrays(seen)
    shown = matrices(seen, trace, Address.of(name, layers), decoding.question.head)
    return Block(decoding.question.task, name, seen, trace, shown, node)


@torch.inference_mode()
def number(decoding: Decoding, layers: int) -> Number:
    """The number that the question opens; without one, what the last step reads most of the source.

    Raises:
        Refusal: it has no such block or number.
    """
    question = decoding.question
    if question.block is not None and question.cell is not None:
        block = numbers_of(decoding, question.block, layers, question.cell)
        return block.number(question.cell)
    block = numbers_of(decoding, f"decoder.{layers - 1}.cross", layers, None)
    most = block.trace[f"decoder_{layers - 1}_cross_weights"][question.head, -1].argmax()
    return block.number(BlockCell("weights", len(decoding.seen.target) - 1, int(most)))


def block(decoding: Decoding, layers: int) -> dict[str, Any] | None:
    """The block that the question opens, as JSON; None if it opens none."""
    question = decoding.question
    if question.block is None:
        return None
    block = numbers_of(decoding, question.block, layers, question.cell)
    opened = block.number(question.cell).shown if question.cell else None
    return {
        "name": question.block,
        "head": question.head,
        "first": block.first,
        "matrices": [
            {
                "name": matrix.name,
                "array": matrix.array,
                "before": [] if matrix.head is None else [matrix.head],
                "values": np.ascontiguousarray(matrix.values.numpy()),
                "rows": list(matrix.rows),
                "columns": None if matrix.columns is None else list(matrix.columns),
            }
            for matrix in block.matrices
        ],
        "opened": opened and wire(opened, whole=WHOLE),
    }
