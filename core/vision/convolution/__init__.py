"""A convolution, opened: any input, any kernel, any setting that torch knows, and every sum."""
