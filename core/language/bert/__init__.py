"""A small BERT: hidden words, next sentences, and what fine-tuning makes of them."""
