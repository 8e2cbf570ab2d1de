"""The tab "Train it" of "Attention in a trained model"."""
