"""Word vectors: skip-gram, CBOW, GloVe and PPMI + SVD on one corpus."""
