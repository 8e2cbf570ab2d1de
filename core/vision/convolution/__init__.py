"""A convolution laid open: any input, any kernel, any setting that torch knows, and every sum."""
