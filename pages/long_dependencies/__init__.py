"""The page "Long dependencies"."""
