"""The page "Train a CNN"."""
