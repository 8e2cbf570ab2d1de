"""Networks that somebody brings: read, held to limits, run by an interpreter of ours, and opened.

`opening.read` makes a `graph.Graph` of an ONNX file or of safetensors with a list of layers. No
code of a file runs, and no other file is opened. `running.sizes` goes through the graph without
numbers first, so that what is too large is refused before it takes room; `running.run` computes it.
"""
