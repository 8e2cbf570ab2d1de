"""The page "Attention in a trained model"."""
