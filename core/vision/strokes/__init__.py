"""The other way to read a hand: not the picture that the pen leaves, but the way that it took."""
