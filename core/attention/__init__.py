"""Attention: queries, keys and values, heads and masks, and who "it" is."""
