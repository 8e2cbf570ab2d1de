"""A next-word model whose last word needs one said long before."""
