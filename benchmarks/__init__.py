"""Every figure that the README claims, measured again by `python -m benchmarks`.

A measurement is a function with `@measures(...)`; the figures that it yields are named there, with
their goals. To add one, write it into the file of its topic, or into a new file that `__main__`
imports.
"""
