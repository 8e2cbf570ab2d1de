"""The adding problem: a sum of two numbers that were marked long ago."""
