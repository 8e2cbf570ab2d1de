"""The gradient on its way back through time."""
