"""The page "Transformer"."""
