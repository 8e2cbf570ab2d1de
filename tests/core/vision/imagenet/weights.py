"""What the tests of real networks need: weights that a package ships."""

from __future__ import annotations

import pytest

from core.vision.imagenet.networks import ready

needs_weights = pytest.mark.skipif(
    "lite0" not in ready(), reason="requirements-pictures.txt is not installed"
)
