"""Photographed handwriting: from a photograph of a sheet to digits that a network reads.

`pictures` reads the file, `light` takes the light out, `threshold` says what is ink, `ruling` what
was printed, `cut` what belongs together, `path` where the pen went; then each digit goes the way of
a drawn one. Nothing here is learned but the network at the end.
"""
