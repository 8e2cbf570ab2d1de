"""torchvision, whichever build of torch stands beside it: import it from here, nowhere else.

    from core.torchvision_pair import torchvision

A CPU build of torch cannot load the compiled operators of the torchvision wheel that package
indexes serve by default. torchvision notices and goes on without them, except that it describes the
shapes of two operators, `nms` and `qnms`, which then do not exist, so that the import fails.
Declaring the two (their signatures only; calling them still fails, with torch's own words) is
enough for datasets, transforms and models, none of which use them.
"""

import sys

import torch

_MISSING = "operator torchvision::"
_SIGNATURE = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_declared = None  # torch forgets the operators when the library that declared them is collected


def _declare() -> None:
    global _declared
    _declared = torch.library.Library("torchvision", "FRAGMENT")  # type: ignore[no-untyped-call]
    for name in ("nms", "qnms"):
        _declared.define(name + _SIGNATURE)  # type: ignore[no-untyped-call]


def _forget_half_import() -> None:
    for name in [n for n in sys.modules if n == "torchvision" or n.startswith("torchvision.")]:
        del sys.modules[name]


try:
    import torchvision
except RuntimeError as error:
    if _MISSING not in str(error):
        raise
    _forget_half_import()
    _declare()
    import torchvision

__all__ = ["torchvision"]
