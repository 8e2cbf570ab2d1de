"""How a tokenizer is learned: byte-pair merges of a text, and what its pieces are worth."""
