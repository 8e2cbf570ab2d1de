"""Attention in steps: every number from the embeddings to the output."""
