"""Texts that word vectors are learned from."""
