"""The shelf of pretrained models: its routes, words and picture."""
