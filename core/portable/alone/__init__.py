"""What our modules use of other packages, in few lines: it travels in programs that are taken away.

There each module stands under the package's own name, so that PyTorch and numpy are enough.
"""
