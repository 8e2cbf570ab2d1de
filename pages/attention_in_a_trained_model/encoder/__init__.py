"""The tab "A real encoder" of "Attention in a trained model"."""
