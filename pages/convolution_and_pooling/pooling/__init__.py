"""The tab "Pooling"."""
