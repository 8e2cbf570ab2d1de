"""The small pictures of sequences in and out."""

from __future__ import annotations

import base64
from xml.etree import ElementTree

from core.figures.unrolled import unrolled


def test_a_box_stands_for_each_state_input_and_output() -> None:
    address = unrolled(6, range(3), range(3, 6))
    drawn = ElementTree.fromstring(base64.b64decode(address.partition(",")[2]))
    fills = [box.get("fill") for box in drawn.iter("{http://www.w3.org/2000/svg}rect")]
    assert [fills.count(f"var(--{tone})") for tone in ("ink", "grey", "positive")] == [6, 3, 3]
    lines = drawn.findall("{http://www.w3.org/2000/svg}path")
    assert len(lines) == 5 + 3 + 3
