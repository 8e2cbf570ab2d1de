"""Does a convolution need neighbours? The experiment with shuffled pixels."""
