"""Drawn digits, convolution and what a trained network makes of them."""
