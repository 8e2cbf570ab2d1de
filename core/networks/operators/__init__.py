"""The operators of ONNX that are computed here, each a function over torch.

They follow the specification at onnx.ai/onnx/operators; tests hold them equal to onnxruntime.
"""

from core.networks.operators import functions, recurrent, reductions, shapes, windows
from core.networks.operators.call import OPERATORS, Call, Operator, supported

__all__ = [
    "OPERATORS",
    "Call",
    "Operator",
    "functions",
    "recurrent",
    "reductions",
    "shapes",
    "supported",
    "windows",
]
