"""The page "Convolution and pooling"."""
