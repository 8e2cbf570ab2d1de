"""Pooling: forward, where its gradient goes, what it forgets, what it forgives."""
