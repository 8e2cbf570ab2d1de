"""The sentences of *it*: their words, how they are made, how they are read."""
