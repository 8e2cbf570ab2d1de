"""A next-word model whose last word depends on one read long before."""
