"""The page "Words as vectors"."""
