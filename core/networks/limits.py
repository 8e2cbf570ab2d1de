"""What a network that somebody brings may have: all of it is checked before it takes room."""

from __future__ import annotations

FILE = 40_000_000
"""Bytes of a file."""
STRUCTURE = 4_000_000
"""Bytes of an ONNX file that are no numbers: names, nodes, what exporters note beside them."""
FIELDS = 20_000
"""Nodes, weights and notes of an ONNX graph together."""
LAYERS = 256_000
"""Bytes of a list of layers."""
NODES = 2_000
WEIGHTS = 160_000_000
"""Bytes of all weights as they are computed with."""
ACTIVATIONS = 400_000_000
"""Bytes of all that the network computes of one input; everything is kept, to be looked at."""
MULTIPLY_ADDS = 5_000_000_000
"""Products and comparisons for one input."""
STEPS = 4_096
"""Places of a sequence that a recurrent layer goes through one by one."""
RANK = 8
"""Axes of a tensor."""
INPUT = 1_000_000
"""Numbers of one input."""
SMALL = 10_000
"""Numbers of a tensor that is computed even while only sizes are asked for: shapes, places."""
NAME = 80
"""Characters of a name of theirs that are kept."""
