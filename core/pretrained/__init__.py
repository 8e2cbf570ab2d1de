"""Pretrained models that somebody else trained: where they lie, and how one is fetched."""
