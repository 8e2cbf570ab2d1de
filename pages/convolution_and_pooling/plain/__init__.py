"""The tab "Why not a plain network"."""
