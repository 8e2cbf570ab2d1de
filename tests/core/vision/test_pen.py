import numpy as np
import pytest

from core.vision.pen import measure
from core.vision.preprocess import PEN_PIXELS, Placement, paint


@pytest.mark.parametrize("width", [2.0, PEN_PIXELS, 3.5])
def test_a_pen_of_known_width_is_measured(width: float) -> None:
    r = np.random.default_rng(0)
    bars = [
        paint(
            [np.array([[14 + lean, 5], [14 - lean, 23]]) + r.random(2)], Placement(1, 0, 0, width)
        )
        for lean in (*np.linspace(-2.2, -2, 20), *np.linspace(2, 2.2, 20))
    ]
    pen = measure(np.stack(bars))
    assert pen.widths[1] == pytest.approx(width, abs=0.05)
    assert pen.edge[0.0] == pytest.approx(0.5, abs=0.05)
    assert pen.edge[-0.75] > 0.95
    assert pen.edge[0.75] < 0.05
