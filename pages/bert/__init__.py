"""The page "BERT"."""
