"""Why not a plain network: what a fully connected layer costs."""
