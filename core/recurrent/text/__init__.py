"""A text that is learned letter by letter, and written on: what a network makes of it."""
