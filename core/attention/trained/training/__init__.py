"""Training the networks of *it*, and measuring what they can do."""
