"""Recurrent networks: series, cells, gates, and gradients through time."""
