r"""How one number comes about, declared once for each array, and told in four languages.

A page's trace is a mapping from names to tensors. `Rules` say of each array how its numbers are
computed; an opened cell then has its value, the parts that enter, a formula with the numbers of
this state, a program that prints the value, and JSON for the picture.

>>> import torch
>>> from core.opened import Cell, Dot, Rules, Softmax, latex, program
>>> rules = Rules(Dot("S", "i k, j k -> i j", "Q", "K"), Softmax("A", "S"))
>>> q, k = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0, 1.0], [0.0, 1.0]])
>>> trace = {"Q": q, "K": k, "S": q @ k.mT, "A": (q @ k.mT).softmax(-1)}
>>> score = rules.open(trace, Cell("S", (0, 0)))
>>> score.value, score.total
(5.0, 5.0)
>>> [part.box for part in score.parts]
[(range(0, 1), range(0, 2)), (range(0, 1), range(0, 2))]
>>> print(latex(score))
S_{0,0} = \sum_{k=0}^{1} Q_{0,k}\, K_{0,k} = 1.000 \cdot 3.000 + 2.000 \cdot 1.000 = 5.000
>>> exec(program(score))
5.0
"""

from core.opened.count import Count
from core.opened.functions import (
    Activation,
    BatchNorm,
    Exponential,
    Gather,
    Hit,
    LayerNorm,
    Lookup,
    Mask,
    Moved,
    Position,
    Ramp,
    Scale,
    Softmax,
    Standard,
    Sum,
)
from core.opened.latex import latex
from core.opened.measures import (
    Capped,
    Chain,
    Combination,
    CrossEntropy,
    Length,
    Logarithm,
    MeanSquare,
    Monomial,
    Outer,
    Share,
    Total,
    Unit,
)
from core.opened.parts import Cell, Opened, Part, Rule, Rules, Trace
from core.opened.program import literal, program, whole_program
from core.opened.recurrent import Factor, Gate, Recurrence
from core.opened.routed import Routed
from core.opened.rules import Conv, Dot, Given, Pool
from core.opened.wire import wire

__all__ = [
    "Activation",
    "BatchNorm",
    "Capped",
    "Cell",
    "Chain",
    "Combination",
    "Conv",
    "Count",
    "CrossEntropy",
    "Dot",
    "Exponential",
    "Factor",
    "Gate",
    "Gather",
    "Given",
    "Hit",
    "LayerNorm",
    "Length",
    "Logarithm",
    "Lookup",
    "Mask",
    "MeanSquare",
    "Monomial",
    "Moved",
    "Opened",
    "Outer",
    "Part",
    "Pool",
    "Position",
    "Ramp",
    "Recurrence",
    "Routed",
    "Rule",
    "Rules",
    "Scale",
    "Share",
    "Softmax",
    "Standard",
    "Sum",
    "Total",
    "Trace",
    "Unit",
    "latex",
    "literal",
    "program",
    "whole_program",
    "wire",
]
