"""The page "Sine, live"."""
