"""What ImageNet's 1,000 classes are called: torchvision ships the names with its networks."""

from __future__ import annotations

from functools import cache


@cache
def labels() -> tuple[str, ...]:
    """The names in English, in the order of the classes.

    >>> labels()[282], len(labels())
    ('tiger cat', 1000)
    """
    from core.torchvision_pair import torchvision  # a second of import, for this page only

    return tuple(torchvision.models.AlexNet_Weights.IMAGENET1K_V1.meta["categories"])
