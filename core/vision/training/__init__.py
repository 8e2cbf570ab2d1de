"""Training a digit network live: the job "cnn", what can be looked at, what ships."""
