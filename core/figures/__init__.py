"""Figures and the colours that they share."""
