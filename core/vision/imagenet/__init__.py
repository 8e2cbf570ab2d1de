"""Networks of ImageNet's 1,000 classes on real pictures."""
